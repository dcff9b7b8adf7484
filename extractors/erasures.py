"""Erasures: that something about a person was erased on request, and what must not be taken in again.

    originals/erasures.json

The file stands among the originals, from which everything else can be made anew, so that an erasure outlives
the warehouse. It names nobody: the address stands there as its SHA-256, and so does each message.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from extractors.durable import write_whole
from extractors.submission import submission_id_of

FILE = "erasures.json"


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure: its day, why it was made, whose address (SHA-256), and how much of what went.

    `messages` are the SHA-256 of messages whose bytes were erased; a mailbox may still hold them.
    """

    erased_on: date
    reason: str
    address: str
    messages: tuple[str, ...]
    counts: Mapping[str, int]


class Erasures:
    """What was erased in one folder of originals."""

    def __init__(self, originals: Path) -> None:
        self._file = originals / FILE

    def all(self) -> tuple[Erasure, ...]:
        """Return every erasure, the first one first; `ValueError` for a file that cannot be read."""
        if not self._file.exists():
            return ()
        return tuple(_erasure(**written) for written in json.loads(self._file.read_bytes())["erasures"])

    def add(self, erasure: Erasure) -> None:
        """Write down an erasure, on disk before this returns; a mistaken file is not written over."""
        written = [asdict(one) | {"erased_on": one.erased_on.isoformat()} for one in (*self.all(), erasure)]
        content = json.dumps({"erasures": written}, ensure_ascii=False, indent=1) + "\n"
        write_whole({self._file: content.encode()})

    def messages(self) -> frozenset[str]:
        """Return the SHA-256 of every message that was erased, and must not be taken from a mailbox again."""
        return frozenset(message for erasure in self.all() for message in erasure.messages)


def hash_of(address: str) -> str:
    """Return the SHA-256 under which an address, folded, is remembered as erased."""
    return submission_id_of(address.encode())


def _erasure(
    *, erased_on: str, reason: str, address: str, messages: list[str], counts: dict[str, int]
) -> Erasure:
    return Erasure(date.fromisoformat(erased_on), reason, address, tuple(messages), counts)
