"""A refused file: the finding that tells an office why nothing was read from what it sent."""

from extractors.refusal import Refusal, UnsafeContent
from transforms.finding import Finding, finding
from transforms.reference import load_toml


def refused_file(file_name: str, refusal: Refusal) -> Finding:
    """Return `unsafe_content` or `unreadable_file`, its sentence completed with the reason.

    The reasons' words stand in `reference/words.toml`; a kind of file without words of its own is told to be
    one that is not read yet.
    """
    code = "unsafe_content" if isinstance(refusal, UnsafeContent) else "unreadable_file"
    reasons = load_toml("words.toml")[code]
    words = reasons.get(refusal.reason_code) or reasons["unread_kind"]
    return finding(
        code, raw_text=refusal.detail, file=file_name, reason_bn=words["bn"], reason_en=words["en"]
    )
