"""The reading room: where files from strangers are read, at desks that no file can harm.

Whatever ends a desk, a bomb, an abort deep inside a parser or a hang, costs the one file that was read at it:
that file is refused, and those waiting behind it are read at another desk. docs/reliability.md says why no
ready-made pool of processes does this.
"""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from enum import StrEnum
from multiprocessing.connection import wait
from tempfile import TemporaryDirectory
from time import monotonic
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from extractors.desk import LEFT_TO_REST, OUT_OF_MEMORY, Desk, File, Limits
from extractors.refusal import UnreadableFile

_LOOK_EVERY_SECONDS = 0.25  # at what the desks take while they are silent
# To open a desk takes a second of a processor. Another one is opened for so many files, or where those at
# hand turn out to take as long as this.
_MANY_FILES = 300
_LONG_SECONDS = 2.0

_Result = TypeVar("_Result")


class Interruption(StrEnum):
    """Why the reading of a file was broken off."""

    TOO_DEMANDING = "too_demanding"  # over its time or memory, or it brought a parser down
    READER_FAILED = "reader_failed"  # an exception that nobody expected: a fault of ours


class NoDesk(RuntimeError):  # noqa: N818 (named for what the operator reads)
    """No process could be started in which files are read."""


class ReadingRoom(Generic[_Result]):
    """Reads files by calling `reader` at up to `desks` desks; a context manager, since desks must be cleared.

    `reader` is a function that can be imported by its name. Its arguments and its result are pickled, and say
    where a file is rather than what it holds. Desks are opened when there is something to lay on them, or
    to come, and stay open for what is read next. At each of them `prepare` is called first, another such
    function, so that the desk learns before a file comes what all files need.
    """

    def __init__(
        self,
        reader: Callable[..., _Result],
        limits: Limits,
        desks: int,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        self._reader = reader
        self._prepare = prepare
        self._limits = limits
        self._most_desks = desks
        self._desks: list[Desk] = []
        self._begun = 0.0
        self._temporary = TemporaryDirectory(prefix="protibedon-", ignore_cleanup_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for desk in self._desks:
            desk.clear()
        self._temporary.cleanup()  # a program that was ended has left its files here

    def expect(self, files: int) -> None:
        """Open the desks that so many files need, which begin while their files are still on the way."""
        wanted = self._most_desks if files >= _MANY_FILES else min(files, 1)
        while len(self._desks) < wanted:
            self._open_desk()

    def read(self, files: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, _Result | UnreadableFile]]:
        """Yield the position of each file and what the reader gave for it, as soon as it has.

        `files` holds the arguments of each call. A file whose reading was broken off gives an
        `UnreadableFile` whose reason is an `Interruption`. Raises `NoDesk` where none can be opened.
        """
        self._clear_useless_desks()
        pile = _Pile(enumerate(files))
        self._begun = monotonic()
        while self._lay_out(pile):
            for desk in self._next_to_attend():
                yield from self._attend(desk, pile)

    def _lay_out(self, pile: "_Pile") -> bool:
        """Lay files on the desks as long as there is room; return whether any desk has one."""
        while pile and (desk := self._desk_with_room(pile)):
            share = -(
                -len(pile) // (2 * self._most_desks)
            )  # towards the end, something is left for each desk
            pile.put_back(desk.lay_down(pile.take(min(desk.appetite, share))))
        return any(desk.files for desk in self._desks)

    def _desk_with_room(self, pile: "_Pile") -> Desk | None:
        least_busy = min(self._desks, key=lambda desk: len(desk.files), default=None)
        if least_busy is None or (least_busy.files and self._another_desk_pays(pile)):
            return self._open_desk()
        return least_busy if least_busy.has_room else None

    def _open_desk(self) -> Desk:
        self._desks.append(Desk(self._reader, self._limits, self._temporary.name, self._prepare))
        return self._desks[-1]

    def _clear_useless_desks(self) -> None:
        """Take away the desks that have ended between two readings, and those still at one that was left.

        A file laid on the first would be blamed for its end; the others would answer for what nobody awaits.
        """
        for desk in [desk for desk in self._desks if desk.has_ended or desk.files]:
            self._desks.remove(desk)
            desk.clear()

    def _another_desk_pays(self, pile: "_Pile") -> bool:
        is_long = len(pile) >= _MANY_FILES or monotonic() - self._begun > _LONG_SECONDS
        return is_long and len(self._desks) < self._most_desks

    def _next_to_attend(self) -> list[Desk]:
        """Wait a moment for desks that say something, that have ended, or that take more than they may."""
        busy = [desk for desk in self._desks if desk.files]
        heard = wait([desk.connection for desk in busy], _LOOK_EVERY_SECONDS)
        return [desk for desk in busy if desk.connection in heard or desk.excess()]

    def _attend(self, desk: Desk, pile: "_Pile") -> Iterator[tuple[int, _Result | UnreadableFile]]:
        if desk.connection.poll():  # also where its time is over: it was we who came late
            with suppress(EOFError, OSError):  # all that comes from a desk that has ended
                yield from desk.listen()
                return
            yield from self._break_off(desk, pile)
        elif excess := desk.excess():
            yield from self._break_off(desk, pile, excess)

    def _break_off(self, desk: Desk, pile: "_Pile", excess: str = "") -> Iterator[tuple[int, UnreadableFile]]:
        """Clear a desk, refuse the file in hand unless the desk merely went to rest, take the others back."""
        self._desks.remove(desk)
        exit_code = desk.clear()
        if not desk.is_open:
            told = f"with {self._limits.memory_in_words}; exit code {exit_code}"
            raise NoDesk(f"no reading process could be started ({told})")
        if exit_code != LEFT_TO_REST:
            position, _ = desk.take_in_hand()
            too_much = UnreadableFile(Interruption.TOO_DEMANDING, excess)
            yield position, too_much if excess else _refusal(exit_code, self._limits)
        pile.put_back(desk.files)


class _Pile:
    """The files not yet laid out; those taken back from a desk come first."""

    def __init__(self, files: Iterable[File]) -> None:
        self._files = deque(files)

    def __len__(self) -> int:
        return len(self._files)

    def take(self, most: int) -> list[File]:
        return [self._files.popleft() for _ in range(min(most, len(self._files)))]

    def put_back(self, files: Iterable[File]) -> None:
        self._files.extendleft(reversed([*files]))


def _refusal(exit_code: int, limits: Limits) -> UnreadableFile:
    """Return what the end of a desk says of the file that was read at it."""
    if exit_code in (OUT_OF_MEMORY, -signal.SIGKILL):  # SIGKILL: the machine itself ran out of memory
        return UnreadableFile(Interruption.TOO_DEMANDING, f"more than {limits.memory_in_words}")
    if exit_code < 0:
        return UnreadableFile(Interruption.TOO_DEMANDING, signal.Signals(-exit_code).name)
    return UnreadableFile(Interruption.READER_FAILED, f"exit code {exit_code}")
