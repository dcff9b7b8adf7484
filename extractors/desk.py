"""A desk of the reading room: a child process that reads file after file, under limits of memory and time.

`Desk` is how the run sees it, `sit_down` what the child does. A desk is started as a fresh program, so that
one can be set up inside threads, Prefect runs and Dask workers alike, and leads a process group, so that a
program called to help with a file ends with it. Files are handed over by the bundle and answered likewise, as
most take a millisecond; which of them is in hand stands in memory that both sides see.
"""

import gc
import io
import math
import mmap
import os
import pickle
import re
import resource
import select
import signal
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

from extractors.garbage import look_for_garbage_seldom

OUT_OF_MEMORY, LEFT_TO_REST = 86, 87  # exit codes that no parser ends with by itself

_SECONDS_TO_START = 120.0  # for a Python to start, import and prepare itself, on the slowest machine
_LARGEST_BUNDLE_BYTES = 32 * 1024  # two of them fit into the pipe, so that handing over never has to wait
_LARGEST_BUNDLE = 32  # files
_SECONDS_OF_A_BUNDLE = 0.1  # so that the other desks find something to do too, and a watcher sees progress
_LARGEST_ANSWER_BYTES = 64 * 1024**2  # a real report's is some 10 kB; the run must be able to hold it
_AMPLE_ANSWERS_BYTES = 1024**2
_AGED_AT = 0.5  # of the memory allowed: a desk that has kept so much makes way for a fresh one
_LINE = 256  # bytes, more than a line of `statm` has
# Within so much of the limit Python gets no memory even to raise MemoryError, and may try for ever.
_CHOKING_BYTES = 4 * 1024**2

# The desks are what runs side by side; a library that opened a thread for each core of a large machine would
# fill the address space before it had read anything.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

# The child looks for modules where its parent does, and nowhere else: never in the current folder as such.
_CHILD = (
    "import sys; handle, hand, memory, *sys.path[:] = sys.argv[1:];"
    "from extractors.desk import sit_down; sit_down(int(handle), int(hand), int(memory))"
)

_NAMES_A_SECRET = re.compile("PASSWORD|SECRET|TOKEN|WEBHOOK|AUTH|CREDENTIAL|_KEY", re.IGNORECASE)

File = tuple[int, tuple[Any, ...]]  # its position among all files, and what the reader is called with


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one file may take: bytes of address space in each process, and seconds."""

    memory_bytes: int
    seconds: float

    @property
    def memory_in_words(self) -> str:
        """The limit of memory as a person reads it."""
        return f"{self.memory_bytes // 1024**2:,} MB of memory"


class Hand:
    """What a desk has in hand, in memory that the room sees too: a file's number, and when it was begun.

    Between files nothing is in hand. Times are those of `monotonic`, which all processes share.
    """

    _CONTENT = struct.Struct("=Qd")
    _NOTHING = math.inf

    def __init__(self, handle: int) -> None:
        self._memory = mmap.mmap(handle, self._CONTENT.size)

    @classmethod
    def create(cls) -> tuple[int, "Hand"]:
        """Return an empty hand, and the handle by which a child gets hold of it."""
        handle = os.memfd_create("hand")
        os.truncate(handle, cls._CONTENT.size)
        hand = cls(handle)
        hand.begin(0, cls._NOTHING)
        return handle, hand

    @property
    def begun(self) -> int:
        """How many files the desk has begun to read, over its whole life."""
        return int(self._CONTENT.unpack_from(self._memory)[0])

    @property
    def seconds(self) -> float:
        """How long the file in hand has been there; negative where there is none."""
        return monotonic() - float(self._CONTENT.unpack_from(self._memory)[1])

    def begin(self, number: int, moment: float) -> None:
        """Note down that the file of this number was begun at a moment."""
        self._CONTENT.pack_into(self._memory, 0, number, moment)

    def rest(self) -> None:
        """Note down that nothing is in hand."""
        self.begin(self.begun, self._NOTHING)


class Desk:
    """One child process as the run sees it, and the files laid on it, in the order in which it reads them."""

    def __init__(
        self,
        reader: Callable[..., Any],
        limits: Limits,
        temporary_folder: str,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        self.files: deque[File] = deque()
        self.is_open = False  # once it has imported the reader, and prepared itself
        self.appetite = 1  # files that it is likely to read within the time of a bundle
        self._answered = 0
        self._limits = limits
        self._must_open_by = monotonic() + _SECONDS_TO_START
        handle, self._hand = Hand.create()
        self.connection, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-c", _CHILD, str(theirs.fileno()), str(handle)),
                    *(str(limits.memory_bytes), *sys.path),
                ],
                pass_fds=[theirs.fileno(), handle],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**_environment_without_secrets(), "TMPDIR": temporary_folder},
                start_new_session=True,
            )
        os.close(handle)
        self.connection.send((reader, prepare))

    @property
    def has_ended(self) -> bool:
        """Whether the child is no more, whoever ended it."""
        return self._process.poll() is not None

    @property
    def has_room(self) -> bool:
        """Whether another bundle may be laid down, behind the one in hand: so the desk never waits."""
        return len(self.files) <= self.appetite

    def lay_down(self, files: Sequence[File]) -> Sequence[File]:
        """Hand files over, and return those that are too many for now; the first one never is.

        Raises `ValueError` for arguments that hold the file itself instead of saying where it is.
        """
        calls: list[bytes] = []
        room = _LARGEST_BUNDLE_BYTES
        for _, arguments in files:
            call = pickle.dumps(arguments, pickle.HIGHEST_PROTOCOL)
            if len(call) > _LARGEST_BUNDLE_BYTES:
                raise ValueError(f"{len(call):,} bytes of arguments")
            room -= len(call)
            if room < 0:
                break
            calls.append(call)
        with suppress(BrokenPipeError):  # the desk has just ended; that will be seen when it is listened to
            self.connection.send(calls)
        self.files.extend(files[: len(calls)])
        return files[len(calls) :]

    def listen(self) -> Iterator[tuple[int, Any]]:
        """Yield the position and the result of each file answered; none where the desk says that it is open.

        Raises `EOFError` or `OSError` where the desk has ended.
        """
        message = io.BytesIO(self.connection.recv_bytes())
        if not self.is_open:
            self.is_open = True
            return
        count, seconds = _Answers.HEAD.unpack(message.read(_Answers.HEAD.size))
        answers = pickle.Unpickler(message)  # one for all of them: what they have in common stands there once
        for _ in range(count):
            self._answered += 1
            position, _ = self.files.popleft()
            yield position, answers.load()
        likely = _SECONDS_OF_A_BUNDLE * count / max(seconds, 1e-6)
        self.appetite = max(1, min(_LARGEST_BUNDLE, int(likely)))

    def take_in_hand(self) -> File:
        """Take away the file in hand, or else the next one; those before it have lost their answers."""
        place = max(0, self._hand.begun - self._answered - 1)
        file = self.files[place]
        del self.files[place]
        return file

    def excess(self) -> str:
        """Return in words what the file in hand has taken too much of, or nothing."""
        is_late = self._hand.seconds > self._limits.seconds
        if is_late or (not self.is_open and monotonic() > self._must_open_by):
            return f"more than {self._limits.seconds:g} seconds"
        if _address_space(self._process.pid) > self._limits.memory_bytes - _CHOKING_BYTES:
            return f"more than {self._limits.memory_in_words}"
        return ""

    def clear(self) -> int:
        """End the child and every program it has called, and return its exit code."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self.connection.close()
        return self._process.wait()


def _environment_without_secrets() -> dict[str, str]:
    """Return what a desk, and the programs that it calls, may know: a file might take one of them over."""
    known = {name: value for name, value in os.environ.items() if not _NAMES_A_SECRET.search(name)}
    return {**known, **_ONE_THREAD}


def sit_down(handle: int, hand_handle: int, memory_bytes: int) -> None:
    """Read file after file: the whole life of a child process, called by nobody else.

    `handle` is the file descriptor of the connection to the room, `hand_handle` that of the memory shared
    with it, `memory_bytes` the limit of memory.
    """
    resource.setrlimit(resource.RLIMIT_AS, (_most_allowed(memory_bytes),) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # an abort must not leave its memory in a file
    room, hand = Connection(handle), Hand(hand_handle)
    Thread(target=_leave_with_the_room, args=[room], daemon=True).start()
    reader, prepare = room.recv()
    if prepare:
        prepare()
    gc.freeze()  # what it has learnt by now is kept for ever, and need not be searched
    look_for_garbage_seldom()
    statm = os.open("/proc/self/statm", os.O_RDONLY)  # kept open: it is read after every file
    room.send_bytes(b"open")
    for bundle in _bundles_from(room):
        answers = _Answers(room)
        for call in bundle:
            hand.begin(hand.begun + 1, monotonic())
            answers.add(reader, pickle.loads(call))
            hand.rest()
            is_aged = _bytes_said_by(os.pread(statm, _LINE, 0)) > _AGED_AT * memory_bytes
            if is_aged or answers.are_due:
                answers.send()
            if is_aged:
                os._exit(LEFT_TO_REST)
        answers.send()


def _most_allowed(memory_bytes: int) -> int:
    """Return a limit of memory, or the one that the run itself was started under where that is lower."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    return memory_bytes if most == resource.RLIM_INFINITY else min(memory_bytes, most)


def _bundles_from(room: Connection) -> Iterator[list[bytes]]:
    with suppress(EOFError):  # the room has closed
        while True:
            yield room.recv()


class _Answers:
    """The results of a bundle, pickled together: reports of one form have most of their texts in common."""

    HEAD = struct.Struct("=Id")  # how many, and the seconds that they took

    def __init__(self, room: Connection) -> None:
        self._room = room
        self._begin()

    @property
    def are_due(self) -> bool:
        """Whether they should wait for no others: they have taken their time, or fill their room."""
        is_time = monotonic() - self._since > _SECONDS_OF_A_BUNDLE
        return is_time or self._buffer.tell() > _AMPLE_ANSWERS_BYTES

    def add(self, reader: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        """Read a file and put its result to the others."""
        before = self._buffer.tell()
        try:
            self._pickler.dump(reader(*arguments))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)  # at once: there is no memory left to tidy up with
        if self._buffer.tell() - before > _LARGEST_ANSWER_BYTES:
            os._exit(OUT_OF_MEMORY)
        self._count += 1

    def send(self) -> None:
        """Send what there is and begin anew."""
        if self._count:
            head = self.HEAD.pack(self._count, monotonic() - self._since)
            self._room.send_bytes(head + self._buffer.getvalue())
            self._begin()

    def _begin(self) -> None:
        self._count, self._since = 0, monotonic()
        self._buffer = io.BytesIO()
        self._pickler = pickle.Pickler(self._buffer, pickle.HIGHEST_PROTOCOL)


def _address_space(pid: int) -> int:
    """Return the bytes that the limit of memory is measured on; none for a process that has ended."""
    # getrusage would not do: its peak begins with that of the parent, before the child became a program.
    return _bytes_said_by(Path(f"/proc/{pid}/statm").read_bytes())


def _bytes_said_by(statm: bytes) -> int:
    pages, *_ = statm.split(maxsplit=1)
    return int(pages) * resource.getpagesize()


def _leave_with_the_room(room: Connection) -> None:
    """End this process and its group as soon as the other end is closed, however the run ended."""
    watch = select.poll()
    watch.register(room, 0)  # a hang-up is always told
    watch.poll()
    os.killpg(0, signal.SIGKILL)
