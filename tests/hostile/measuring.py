"""Run a program and note how large it became: `python measuring.py NOTE PROGRAM ARGUMENT...`.

Linux counts what a process was before it became another program, so that a program started by a large one
seems as large from its first moment: it is measured by a small one that starts it.
"""

import os
import sys
from pathlib import Path


def main(note: Path, program: str, *arguments: str) -> int:
    """Return the program's exit code; the note holds the size in MB of it or of the largest it called."""
    started = os.posix_spawnp(program, [program, *arguments], os.environ)
    _, status, usage = os.wait4(started, 0)
    note.write_text(str(usage.ru_maxrss / 1024), encoding="ascii")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
