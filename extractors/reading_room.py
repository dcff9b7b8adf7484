"""The reading room: where files from strangers are read, at desks that no file can harm.

A desk is a child process of its own, with a limit of memory and a clock beside it. Whatever ends it, a bomb,
an abort deep inside a parser or a hang, costs the one file that lay on it: that file is refused, and those
waiting behind it are read at another desk. Desks are started as fresh programs, so that a room can be opened
inside threads, Prefect runs and Dask workers alike, and each leads a process group, so that a program called
to help with a file ends with it (why no ready-made pool does this: docs/reliability.md).
"""

import os
import pickle
import resource
import select
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from extractors.refusal import UnreadableFile

_HANDED_AHEAD = 2  # files on a desk: the one being read, and the next, so that no desk waits for the post
_LARGEST_ANSWER_BYTES = 64 * 1024 * 1024  # a real report's is some 10 kB; the run must be able to hold it
_AGED_AT = 0.5  # of the memory allowed: a desk that has kept so much makes way for a fresh one
_SECONDS_TO_START = 60.0  # for a Python to start and import, on the slowest machine

_OUT_OF_MEMORY, _LEFT_TO_REST = 86, 87  # exit codes that no parser ends with by itself

# The child looks for modules where its parent does, and nowhere else: never in the current folder as such.
_CHILD = (
    "import sys; handle, memory, *sys.path[:] = sys.argv[1:];"
    "from extractors.reading_room import sit_down; sit_down(int(handle), int(memory))"
)

_Result = TypeVar("_Result")
_File = tuple[int, tuple[Any, ...]]  # its position among all files, and what the reader is called with


class Interruption(StrEnum):
    """Why the reading of a file was broken off."""

    TOO_DEMANDING = "too_demanding"  # over its time or memory, or it brought a parser down
    READER_FAILED = "reader_failed"  # an exception that nobody expected: a fault of ours


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one file may take: bytes of address space in each process, and seconds."""

    memory_bytes: int
    seconds: float


class ReadingRoom(Generic[_Result]):
    """Reads files by calling `reader` at up to `desks` desks; a context manager, since desks must be cleared.

    `reader` is a function that can be imported by its name; its arguments and its result are pickled. Desks
    are opened when there is something to lay on them.
    """

    def __init__(self, reader: Callable[..., _Result], limits: Limits, desks: int) -> None:
        self._reader = reader
        self._limits = limits
        self._most_desks = desks
        self._desks: list[_Desk] = []
        self._scratch = TemporaryDirectory(prefix="protibedon-", ignore_cleanup_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for desk in self._desks:
            desk.clear()
        self._scratch.cleanup()  # a program that was ended has left its temporary files here

    def read(self, files: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, _Result | UnreadableFile]]:
        """Yield the position of each file and what the reader gave for it, as soon as it has.

        `files` holds the arguments of each call. A file whose reading was broken off gives an
        `UnreadableFile` whose reason is an `Interruption`. Raises `RuntimeError` where no desk can be opened.
        """
        pile = _Pile(enumerate(files))
        while self._lay_out(pile):
            for desk in self._next_to_attend():
                yield from self._attend(desk, pile)

    def _lay_out(self, pile: "_Pile") -> bool:
        """Lay files on the desks as long as there is room; return whether any desk has one."""
        while (file := pile.take()) is not None:
            desk = self._desk_with_room()
            if desk is None:
                pile.put_back([file])
                break
            desk.lay_down(file)
        return any(desk.files for desk in self._desks)

    def _desk_with_room(self) -> "_Desk | None":
        least_busy = min(self._desks, key=lambda desk: len(desk.files), default=None)
        if (least_busy is None or least_busy.files) and len(self._desks) < self._most_desks:
            self._desks.append(_Desk(self._reader, self._limits, self._scratch.name))
            return self._desks[-1]
        return least_busy if least_busy and len(least_busy.files) < _HANDED_AHEAD else None

    def _next_to_attend(self) -> list["_Desk"]:
        """Wait for the first desks that say something, that have ended, or whose time is up."""
        busy = [desk for desk in self._desks if desk.files]
        patience = max(0.0, min(desk.seconds_left() for desk in busy))
        heard = wait([desk.connection for desk in busy], patience)
        return [desk for desk in busy if desk.connection in heard or desk.seconds_left() <= 0]

    def _attend(self, desk: "_Desk", pile: "_Pile") -> Iterator[tuple[int, _Result | UnreadableFile]]:
        is_silent = not desk.connection.poll()
        if not is_silent:
            with suppress(EOFError, OSError):  # all that comes from a desk that has ended
                yield from desk.listen()
                return
        self._desks.remove(desk)
        exit_code = desk.clear()
        if not desk.is_open:
            raise RuntimeError(f"no reading process could be started (exit code {exit_code})")
        refusal = self._refusal_for_time() if is_silent else self._refusal(exit_code)
        if refusal:
            position, _ = desk.files.popleft()
            yield position, refusal
        pile.put_back(desk.files)

    def _refusal_for_time(self) -> UnreadableFile:
        return UnreadableFile(Interruption.TOO_DEMANDING, f"more than {self._limits.seconds:g} seconds")

    def _refusal(self, exit_code: int) -> UnreadableFile | None:
        """Return what the end of a desk means for the file on it; `None` for a desk that went to rest."""
        if exit_code == _LEFT_TO_REST:
            return None
        if exit_code in (_OUT_OF_MEMORY, -signal.SIGKILL):  # SIGKILL: the machine itself ran out of memory
            megabytes = self._limits.memory_bytes // 1024**2
            return UnreadableFile(Interruption.TOO_DEMANDING, f"more than {megabytes:,} MB of memory")
        if exit_code < 0:
            return UnreadableFile(Interruption.TOO_DEMANDING, signal.Signals(-exit_code).name)
        return UnreadableFile(Interruption.READER_FAILED, f"exit code {exit_code}")


class _Pile:
    """The files not yet laid out; those taken back from a desk come first."""

    def __init__(self, files: Iterable[_File]) -> None:
        self._files = iter(files)
        self._returned: deque[_File] = deque()

    def take(self) -> _File | None:
        return self._returned.popleft() if self._returned else next(self._files, None)

    def put_back(self, files: Iterable[_File]) -> None:
        self._returned.extendleft(reversed([*files]))


class _Desk:
    """One child process, and the files laid on it, of which it reads the first."""

    def __init__(self, reader: Callable[..., Any], limits: Limits, scratch: str) -> None:
        self.files: deque[_File] = deque()
        self.is_open = False
        self._seconds = limits.seconds
        self._deadline = monotonic() + _SECONDS_TO_START
        self.connection, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _CHILD, str(theirs.fileno()), str(limits.memory_bytes), *sys.path],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "TMPDIR": scratch},
                start_new_session=True,
            )
        self.connection.send(reader)

    def lay_down(self, file: _File) -> None:
        """Hand a file over; its time starts when the desk is open and free for it."""
        _, arguments = file
        with suppress(BrokenPipeError):  # the desk has just ended; that will be seen when it is attended
            self.connection.send(arguments)
        if not self.files and self.is_open:
            self._deadline = monotonic() + self._seconds
        self.files.append(file)

    def seconds_left(self) -> float:
        """Return how long the desk may stay silent."""
        return self._deadline - monotonic()

    def listen(self) -> Iterator[tuple[int, Any]]:
        """Yield the result of the file in hand, or nothing where the desk says that it is open.

        Raises `EOFError` or `OSError` where the desk has ended.
        """
        message = self.connection.recv_bytes()
        self._deadline = monotonic() + self._seconds
        if self.is_open:
            position, _ = self.files.popleft()
            yield position, pickle.loads(message)
        self.is_open = True

    def clear(self) -> int:
        """End the child and every program it has called, and return its exit code."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self.connection.close()
        return self._process.wait()


def sit_down(handle: int, memory_bytes: int) -> None:
    """Read file after file at one desk: the whole life of a child process, called by nobody else.

    `handle` is the file descriptor of the connection to the room, `memory_bytes` the limit of memory.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # an abort must not leave its memory in a file
    room = Connection(handle)
    Thread(target=_leave_with_the_room, args=[room], daemon=True).start()
    reader = room.recv()
    room.send_bytes(b"open")
    for arguments in _files_from(room):
        room.send_bytes(_answer(reader, arguments))
        if _has_aged(memory_bytes):
            os._exit(_LEFT_TO_REST)


def _files_from(room: Connection) -> Iterator[tuple[Any, ...]]:
    with suppress(EOFError):  # the room has closed
        while True:
            yield room.recv()


def _answer(reader: Callable[..., Any], arguments: tuple[Any, ...]) -> bytes:
    try:
        answer = pickle.dumps(reader(*arguments), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)  # at once: there is no memory left to tidy up with
    if len(answer) > _LARGEST_ANSWER_BYTES:
        os._exit(_OUT_OF_MEMORY)
    return answer


def _has_aged(memory_bytes: int) -> bool:
    # What the limit counts. The peak that getrusage tells would be that of the parent before it became us.
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize() > _AGED_AT * memory_bytes


def _leave_with_the_room(room: Connection) -> None:
    """End this process and its group as soon as the other end is closed, however the run ended."""
    watch = select.poll()
    watch.register(room, 0)  # a hang-up is always told
    watch.poll()
    os.killpg(0, signal.SIGKILL)
