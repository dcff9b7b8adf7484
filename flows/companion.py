"""A companion: a program that runs beside ours, is watched by it, and never outlives it."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

# Linux's prctl(2): the signal that a process gets when the one that started it dies.
_PR_SET_PDEATHSIG = 1
_LAST_LINES = 30


class Companion:
    """One program, started at once, its output kept in a log beside those of its earlier starts."""

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], folder: Path, log: Path
    ) -> None:
        """Start the program in a folder; Ctrl-C at the terminal does not reach it, only we do."""
        self.name = name
        self.log = log
        with log.open("ab") as output:
            self._began_at = output.tell()
            self._process = subprocess.Popen(
                command,
                env=dict(environment),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    @property
    def has_ended(self) -> bool:
        """Whether the program has ended, by itself or by our doing."""
        return self._process.poll() is not None

    @property
    def failed(self) -> bool:
        """Whether the program has ended in another way than it should; waits for its end."""
        return self._process.wait() != 0

    def last_words(self) -> str:
        """Return the end of what the program has said since it was started."""
        with self.log.open("rb") as said:
            said.seek(self._began_at)
            return "\n".join(said.read().decode("utf-8", "replace").splitlines()[-_LAST_LINES:])

    def stop(self, patience_seconds: float) -> None:
        """Ask the program to end, and end it with all its children where it does not do so in time."""
        if self.has_ended:
            return
        self._process.terminate()
        try:
            self._process.wait(patience_seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def _die_with_parent() -> None:
    """Ask Linux to end this process when its parent is killed; other systems leave it running."""
    if hasattr(libc := ctypes.CDLL(None), "prctl"):
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
