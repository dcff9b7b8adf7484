"""The inbox: folders into which offices' files are dropped, and single files named by hand.

Files are left where they are. A file is known by its bytes, so meeting it again costs nothing.
"""

import os
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from extractors.submission import Channel, Submission, submission_id_of

LARGEST_FILE_BYTES = 200 * 1024 * 1024  # a film dropped by mistake must not fill the memory of the run

# What Office, LibreOffice, browsers and file managers leave beside the files that people save.
_LEFTOVER_PREFIXES = ("~$", ".")
_LEFTOVER_SUFFIXES = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download")
_LEFTOVER_NAMES = frozenset({"thumbs.db", "desktop.ini"})


class SourceUnavailable(Exception):  # noqa: N818 (named for what the operator sees)
    """A file, folder or mailbox that could not be read now: it vanished, is not permitted, is too large.

    Nothing is known of its content, so nothing is recorded of it; the next run meets it again.
    """

    def __init__(self, path: Path | str, cause: str) -> None:
        super().__init__(f"{path}: {cause}")
        self.path = path
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Listing:
    """What stood in an inbox at one moment: the files to take, and the places that could not be seen."""

    files: tuple[Path, ...]
    unavailable: tuple[SourceUnavailable, ...]


class Inbox:
    """Folders, searched to the bottom, and files; in the order they are given."""

    def __init__(self, paths: Iterable[Path], *, largest_file_bytes: int = LARGEST_FILE_BYTES) -> None:
        self.paths = tuple(paths)
        self.largest_file_bytes = largest_file_bytes

    def listing(self) -> Listing:
        """List every file once, in order of folder and name, leaving locks and half-copied files out."""
        files: dict[Path, None] = {}
        unavailable: list[SourceUnavailable] = []
        for source in self.paths:
            files.update(dict.fromkeys(_files_of(source, unavailable)))
        return Listing(tuple(files), tuple(unavailable))

    def take(self, path: Path) -> tuple[bytes, Submission]:
        """Return a file's bytes and what is known of it; `SourceUnavailable` where it cannot be read.

        It counts as received when it was last modified, or now where its clock runs ahead.
        """
        now = time.time()
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):  # opening a pipe would wait for ever
                raise SourceUnavailable(path, "not a file")
            if status.st_size > self.largest_file_bytes:
                raise SourceUnavailable(path, f"larger than {self.largest_file_bytes:,} bytes")
            content = path.read_bytes()
        except OSError as error:
            raise _unavailable(path, error) from error
        return content, Submission(
            submission_id=submission_id_of(content),
            file_name=_readable(path.name),
            channel=Channel.FOLDER,
            sender="",
            received_at=_moment(min(status.st_mtime, now)),
            taken_at=_moment(now),
        )


def is_settled(path: Path, rest: timedelta) -> bool:
    """Whether a file has been left alone for `rest`, so that nobody is still copying it; zero asks nothing.

    Both its modification and its last change of any kind must lie so far back: copying programs may set
    the modification time of the source. A time ahead of our clock says nothing and is passed over.
    """
    if not rest:
        return True
    try:
        status = path.stat()
    except OSError as error:
        raise _unavailable(path, error) from error
    now = time.time()
    touched = [moment for moment in (status.st_mtime, status.st_ctime) if moment <= now]
    return all(now - moment >= rest.total_seconds() for moment in touched)


def is_leftover(name: str) -> bool:
    """Whether a file of this name was left by a program: a lock, a half-copied file, a folder's own notes."""
    lowered = name.lower()
    return (
        lowered.startswith(_LEFTOVER_PREFIXES)
        or lowered.endswith(_LEFTOVER_SUFFIXES)
        or lowered in _LEFTOVER_NAMES
    )


def _files_of(source: Path, unavailable: list[SourceUnavailable]) -> Iterator[Path]:
    """Yield the files of one source; what cannot be looked into is added to `unavailable`."""
    try:
        is_folder = stat.S_ISDIR(source.stat().st_mode)
    except OSError as error:
        unavailable.append(_unavailable(source, error))
        return
    if is_folder:
        yield from _files_below(source, unavailable)
    elif not is_leftover(source.name):
        yield source


def _files_below(folder: Path, unavailable: list[SourceUnavailable]) -> Iterator[Path]:
    """Yield the files of a folder, and then those of the folders in it."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        unavailable.append(_unavailable(folder, error))
        return
    folders: list[os.DirEntry[str]] = []
    for entry in entries:
        if _is_folder(entry):
            folders.append(entry)
        elif is_leftover(entry.name):
            continue
        elif _is_link(entry):  # whoever may write here could show us any file that we may read
            cause = "a link, not a file; put the file itself there"
            unavailable.append(SourceUnavailable(Path(entry.path), cause))
        else:
            yield Path(entry.path)
    for entry in folders:
        if not entry.name.startswith(".") and not _is_link(entry):
            yield from _files_below(Path(entry.path), unavailable)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    """Whether a folder was listed, or a link to one; not where its share has gone meanwhile."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_link(entry: "os.DirEntry[str]") -> bool:
    """Whether a link was listed; the listing mostly says so, and the file itself need not be asked."""
    try:
        return entry.is_symlink()
    except OSError:
        return False


def _unavailable(path: Path, error: OSError) -> SourceUnavailable:
    return SourceUnavailable(path, (error.strerror or str(error)).lower())


def _readable(name: str) -> str:
    # Bytes of a file name that are no UTF-8 come as lone surrogates, which no database takes.
    return os.fsencode(name).decode("utf-8", "replace")


def _moment(timestamp: float) -> datetime:
    return datetime.fromtimestamp(max(timestamp, 0), UTC)
