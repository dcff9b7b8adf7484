"""Mail authentication: whether the mailbox's own server vouches that a message is from whom it says.

Anybody can write any address into the From line. The server that takes a message in can check it (SPF, DKIM,
DMARC) and notes the outcome in a header `Authentication-Results` under its own name (RFC 8601). Notes under
that name which a message brings along are its server's duty to remove; others' notes count for nothing.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes

from extractors.mail_header import AS_WRITTEN, sender_of, words_of

_HEADER = "Authentication-Results"
_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"(dmarc|dkim|spf)\s*=\s*([a-z]+)")
_DOMAIN = re.compile(r"(?:header\.[di]|smtp\.mailfrom)\s*=\s*\"?(?:[^\s;@\"]*@)?([^\s;\"]+)")


@dataclass(frozen=True, slots=True)
class _Result:
    """What one check found; `domain` is the one whose signature or path was checked."""

    method: str
    outcome: str
    domain: str


def is_vouched_for(content: bytes, server: str) -> bool:
    """Whether a server noted that a message truly is from the domain of its From line.

    DMARC decides where that domain publishes it; elsewhere a signature or a path of that very domain must
    have passed. No note of that server, or several that contradict each other, vouch for nothing.
    """
    message = message_from_bytes(content, policy=AS_WRITTEN)
    name, _, domain = sender_of(message).lower().rpartition("@")
    notes = (words_of(note) for note in message.get_all(_HEADER, []))
    results = [result for note in notes for result in _results(note, server)]
    decisive = {one.outcome for one in results if one.method == "dmarc" and one.outcome != "none"}
    if decisive or not name:
        return decisive == {"pass"}
    of_the_domain = {one.outcome for one in results if one.method != "dmarc" and one.domain == domain}
    return "pass" in of_the_domain


def _results(note: str, server: str) -> list[_Result]:
    """Return what a note says; nothing where it is another server's."""
    author, *checks = _COMMENT.sub(" ", note).lower().split(";")
    if author.split()[:1] != [server.lower()]:
        return []
    return [
        _Result(result[1], result[2], domain[1].rstrip(".") if (domain := _DOMAIN.search(check)) else "")
        for check in checks
        if (result := _RESULT.match(check.strip()))
    ]
