"""The originals: every file ever received, byte for byte, with a record of how each arrived.

    originals/3f/3fa9…c2        the bytes, written once and never again
    originals/3f/3fa9…c2.json   its arrivals, the first of which defines the submission

The whole warehouse can be built again from this folder alone. Names given by senders are kept inside the
records and never become paths.
"""

import json
import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from extractors.submission import Channel, Submission, submission_id_of

_ID = re.compile(r"[0-9a-f]{64}")


class DamagedOriginal(Exception):  # noqa: N818 (named for what was found)
    """A kept file whose bytes, or whose record, are no longer what was written."""


class Originals:
    """The folder of kept files. It is made when the first file is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, submission_id: str) -> Path:
        """Return where the bytes of a submission are kept; `ValueError` for what is no submission id."""
        if not _ID.fullmatch(submission_id):
            raise ValueError(f"not a submission id: {submission_id!r}")
        return self.folder / submission_id[:2] / submission_id

    def keep(self, content: bytes, submission: Submission) -> None:
        """Keep a file's bytes for ever, and record that it arrived.

        Bytes already kept are left as they are. A later arrival is recorded only where it says something
        new: another name, channel or sender. The bytes are on disk before the record is, so that a crash
        in between leaves no record that promises bytes which are not there.
        """
        if submission_id_of(content) != submission.submission_id:
            raise ValueError(f"{submission.file_name!r}: the submission id is not that of the bytes")
        self.keep_bytes(content)
        arrivals = self.arrivals(submission.submission_id)
        if not any(_came_the_same_way(submission, earlier) for earlier in arrivals):
            record = {"arrivals": [_record_of(arrival) for arrival in (*arrivals, submission)]}
            _write_whole(self._record_path(submission.submission_id), _as_json(record))

    def keep_bytes(self, content: bytes) -> None:
        """Keep bytes that arrived as no submission: an archive, whose files are the submissions."""
        original = self.path(submission_id_of(content))
        if not original.exists():
            _write_whole(original, content)

    def read(self, submission_id: str) -> bytes:
        """Return the bytes as they came in.

        Raises `FileNotFoundError` for a submission never kept, and `DamagedOriginal` where the bytes no
        longer have the hash they were kept under.
        """
        content = self.path(submission_id).read_bytes()
        if submission_id_of(content) != submission_id:
            raise DamagedOriginal(f"{submission_id}: the bytes are not those that were kept")
        return content

    def submissions(self) -> Iterator[Submission]:
        """Yield every submission as it first arrived, in the order in which they were taken."""
        first_arrivals = [self.arrivals(submission_id)[0] for submission_id in self.ids()]
        yield from sorted(first_arrivals, key=lambda first: (first.taken_at, first.submission_id))

    def ids(self) -> Iterator[str]:
        """Yield the id of every file whose bytes and arrival were kept, in no order; reads no file."""
        records = self.folder.glob("??/*.json")
        return (record.stem for record in records if _ID.fullmatch(record.stem))

    def arrivals(self, submission_id: str) -> tuple[Submission, ...]:
        """Return every way in which a file arrived, the first one first; nothing for a file never kept.

        Raises `DamagedOriginal` where the record cannot be read.
        """
        record = self._record_path(submission_id)
        if not record.exists():
            return ()
        try:
            arrivals = json.loads(record.read_bytes())["arrivals"]
            return tuple(_submission_of(submission_id, arrival) for arrival in arrivals)
        except (ValueError, LookupError, TypeError) as error:  # not JSON, a field missing, a field not text
            raise DamagedOriginal(f"{record.name}: not a record of arrivals") from error

    def _record_path(self, submission_id: str) -> Path:
        return self.path(submission_id).with_suffix(".json")


def _came_the_same_way(one: Submission, other: Submission) -> bool:
    return (one.file_name, one.channel, one.sender) == (other.file_name, other.channel, other.sender)


def _record_of(arrival: Submission) -> dict[str, str]:
    return {
        "file_name": arrival.file_name,
        "channel": arrival.channel,
        "sender": arrival.sender,
        "received_at": arrival.received_at.isoformat(),
        "taken_at": arrival.taken_at.isoformat(),
    }


def _submission_of(submission_id: str, record: dict[str, str]) -> Submission:
    return Submission(
        submission_id=submission_id,
        file_name=record["file_name"],
        channel=Channel(record["channel"]),
        sender=record["sender"],
        received_at=datetime.fromisoformat(record["received_at"]),
        taken_at=datetime.fromisoformat(record["taken_at"]),
    )


def _as_json(record: dict[str, list[dict[str, str]]]) -> bytes:
    # A name may hold half a character (a lone surrogate); its backslash form is JSON's own escape for it.
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is seen whole or not at all, also after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    # The new name itself lives in the folder, and is only safe once the folder is on disk.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
