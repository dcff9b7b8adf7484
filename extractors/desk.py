"""A desk of the reading room: a child process that reads file after file, under limits of memory and time.

`Desk` is how the run sees it, `sit_down` what the child does. A desk is started as a fresh program, so that
one can be set up inside threads, Prefect runs and Dask workers alike, and leads a process group, so that a
program called to help with a file ends with it.
"""

import os
import pickle
import resource
import select
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

OUT_OF_MEMORY, LEFT_TO_REST = 86, 87  # exit codes that no parser ends with by itself

_SECONDS_TO_START = 60.0  # for a Python to start and import, on the slowest machine
_LARGEST_CALL_BYTES = 32 * 1024  # two of them fit into the pipe, so that handing over never has to wait
_LARGEST_ANSWER_BYTES = 64 * 1024**2  # a real report's is some 10 kB; the run must be able to hold it
_AGED_AT = 0.5  # of the memory allowed: a desk that has kept so much makes way for a fresh one
# Within so much of the limit Python gets no memory even to raise MemoryError, and may try for ever.
_CHOKING_BYTES = 4 * 1024**2

# The desks are what runs side by side; a library that opened a thread for each core of a large machine would
# fill the address space before it had read anything.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

# The child looks for modules where its parent does, and nowhere else: never in the current folder as such.
_CHILD = (
    "import sys; handle, memory, *sys.path[:] = sys.argv[1:];"
    "from extractors.desk import sit_down; sit_down(int(handle), int(memory))"
)

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


class Desk:
    """One child process as the run sees it, and the files laid on it, of which it reads the first."""

    def __init__(self, reader: Callable[..., Any], limits: Limits, temporary_folder: str) -> None:
        self.files: deque[File] = deque()
        self.is_open = False  # once it has imported the reader
        self._limits = limits
        self._deadline = monotonic() + _SECONDS_TO_START
        self.connection, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _CHILD, str(theirs.fileno()), str(limits.memory_bytes), *sys.path],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, **_ONE_THREAD, "TMPDIR": temporary_folder},
                start_new_session=True,
            )
        self.connection.send(reader)

    def lay_down(self, file: File) -> None:
        """Hand a file over; its time starts when the desk is open and free for it.

        Raises `ValueError` for arguments that hold the file itself instead of saying where it is.
        """
        _, arguments = file
        call = pickle.dumps(arguments, pickle.HIGHEST_PROTOCOL)
        if len(call) > _LARGEST_CALL_BYTES:
            raise ValueError(f"{len(call):,} bytes of arguments")
        with suppress(BrokenPipeError):  # the desk has just ended; that will be seen when it is listened to
            self.connection.send_bytes(call)
        if self.is_open and not self.files:
            self._deadline = monotonic() + self._limits.seconds
        self.files.append(file)

    def listen(self) -> Iterator[tuple[int, Any]]:
        """Yield the position of the file in hand and its result; nothing where the desk says that it is open.

        Raises `EOFError` or `OSError` where the desk has ended.
        """
        message = self.connection.recv_bytes()
        self._deadline = monotonic() + self._limits.seconds
        if self.is_open:
            position, _ = self.files.popleft()
            yield position, pickle.loads(message)
        self.is_open = True

    def excess(self) -> str:
        """Return in words what the file in hand has taken too much of, or nothing."""
        if monotonic() > self._deadline:
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


def sit_down(handle: int, memory_bytes: int) -> None:
    """Read file after file: the whole life of a child process, called by nobody else.

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
        if _address_space(os.getpid()) > _AGED_AT * memory_bytes:
            os._exit(LEFT_TO_REST)


def _files_from(room: Connection) -> Iterator[tuple[Any, ...]]:
    with suppress(EOFError):  # the room has closed
        while True:
            yield room.recv()


def _answer(reader: Callable[..., Any], arguments: tuple[Any, ...]) -> bytes:
    try:
        answer = pickle.dumps(reader(*arguments), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # at once: there is no memory left to tidy up with
    if len(answer) > _LARGEST_ANSWER_BYTES:
        os._exit(OUT_OF_MEMORY)
    return answer


def _address_space(pid: int) -> int:
    """Return the bytes that the limit of memory is measured on; none for a process that has ended."""
    # getrusage would not do: its peak begins with that of the parent, before the child became a program.
    pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * resource.getpagesize()


def _leave_with_the_room(room: Connection) -> None:
    """End this process and its group as soon as the other end is closed, however the run ended."""
    watch = select.poll()
    watch.register(room, 0)  # a hang-up is always told
    watch.poll()
    os.killpg(0, signal.SIGKILL)
