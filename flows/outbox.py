"""The outbox: every mail that is written, as an .eml file in the folder of its state.

    outbox/receipt-….eml            waits to be sent
    outbox/sending/receipt-….eml    is being handed to the server
    outbox/sent/receipt-….eml       the server has taken it
    outbox/refused/receipt-….eml    the server will never take it
    outbox/doubtful/receipt-….eml   a run ended while the server was taking it

A mail changes its state by one rename, forced to disk, and is never written again while any folder holds it.
So nothing is sent twice, whenever a run may be killed; a person decides what became of a doubtful mail, and
moves the file (docs/decisions/0007-mail-at-most-once.md).
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from extractors.durable import force_to_disk, write_whole

_KIND = ".eml"


class State(StrEnum):
    """What has become of a mail, by the folder it stands in."""

    WAITING = "."
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    DOUBTFUL = "doubtful"


class Outbox:
    """The folder of mail. It is made when it is first held."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the outbox to this run until the block ends; another run waits, and a killed one lets it go.

        What is being sent as this begins was being sent by a run that was killed: it becomes doubtful.
        """
        for state in State:
            (self.folder / state).mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder / ".held", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            for name in self.names(State.SENDING):
                self.move(name, State.SENDING, State.DOUBTFUL)
            yield
        finally:
            os.close(handle)

    def names(self, state: State, prefix: str = "") -> list[str]:
        """Return the names of the mails in a state that begin with a prefix, in their order."""
        return sorted(path.stem for path in (self.folder / state).glob(f"{prefix}*{_KIND}"))

    def all_names(self, prefix: str = "") -> list[str]:
        """Return the names of the mails in any state that begin with a prefix, in their order."""
        return sorted(name for state in State for name in self.names(state, prefix))

    def holds(self, name: str) -> bool:
        """Whether a mail of this name was ever written."""
        return any(self.path(name, state).exists() for state in State)

    def put(self, name: str, content: bytes) -> bool:
        """Let a mail wait to be sent, and return whether it does: not where its name was written before.

        The file is seen whole or not at all.
        """
        if self.holds(name):
            return False
        write_whole({self.path(name, State.WAITING): content})
        return True

    def read(self, name: str, state: State) -> bytes:
        """Return the bytes of a mail; raises `FileNotFoundError` where none of that name is in that state."""
        return self.path(name, state).read_bytes()

    def move(self, name: str, before: State, after: State) -> None:
        """Let a mail change its state, on disk before this returns."""
        self.path(name, before).replace(self.path(name, after))
        force_to_disk(self.folder / after)
        force_to_disk(self.folder / before)

    def rewrite(self, name: str, state: State, content: bytes) -> None:
        """Put other bytes in a mail's place, where something about a person must be erased from it."""
        write_whole({self.path(name, state): content})

    def withdraw(self, name: str) -> None:
        """Take back a mail that waits and has lost its reason."""
        self.path(name, State.WAITING).unlink()

    def path(self, name: str, state: State) -> Path:
        """Return where a mail of a name stands when it is in a state."""
        return self.folder / state / f"{name}{_KIND}"
