"""Familiar files: what an earlier look into the folders has taken, so that nobody has to open it again.

A file is known by its path, size and times. Copying programs may set the time of modification, but nothing
sets the time of the last change of any kind, so a file that is the same in all of these holds the same bytes.
The memory is a convenience: without it, every file is opened and found to be known by its bytes.
"""

import json
import os
import time
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from extractors.durable import write_whole
from extractors.submission import Channel, Submission

_FRESH_SECONDS = 2.0  # a file touched so lately may be touched again without its times telling

_Gave = list[list[str]]  # the id and the file name of each submission that came of a file


class Look:
    """One file as it was seen from outside: by its `signs` it is known again."""

    def __init__(self, path: Path) -> None:
        """Look at a file without opening it. Raises `OSError` where it is gone."""
        status = path.stat()
        self.name = str(path.absolute())
        self.signs = [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
        self.modified = status.st_mtime
        self.is_fresh = time.time() - status.st_ctime < _FRESH_SECONDS


class FamiliarFiles:
    """The files that were taken before, each with the submissions that came of it."""

    def __init__(self, record: Path) -> None:
        self._record = record
        self._known = _read(record)
        self._has_changed = False

    def submissions_of(self, look: Look, kept: Collection[str]) -> list[Submission]:
        """Return the submissions that a file gave; none for one that is new, has changed, or was lost since.

        `kept` are the ids of all originals.
        """
        known = self._known.get(look.name)
        if known is None or known.signs != look.signs or not all(key in kept for key, _ in known.gave):
            return []
        seen = datetime.fromtimestamp(max(look.modified, 0), UTC)
        return [Submission(key, name, Channel.FOLDER, "", seen, seen) for key, name in known.gave]

    def remember(self, look: Look, submissions: Iterable[Submission]) -> None:
        """Remember what a file gave, unless it was touched so lately that it may change again unseen."""
        if not look.is_fresh:
            gave = [[one.submission_id, one.file_name] for one in submissions]
            self._known[look.name] = _Known(look.signs, gave)
            self._has_changed = True

    def keep(self) -> None:
        """Write down what is new at this look, and forget what is gone."""
        if self._has_changed:
            there = {name: known for name, known in self._known.items() if os.path.lexists(name)}
            write_whole({self._record: json.dumps(there).encode()})


class _Known(NamedTuple):
    signs: list[int]
    gave: _Gave


def _read(record: Path) -> dict[str, _Known]:
    try:
        known: dict[str, Any] = json.loads(record.read_bytes())
        return {name: _Known(*of_file) for name, of_file in known.items()}
    except (OSError, ValueError, TypeError, AttributeError):  # never written, or damaged: all is new then
        return {}
