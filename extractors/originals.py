"""The originals: every file ever received, byte for byte, with a record of how each arrived.

    originals/3f/3fa9…c2        the bytes, written once and never again
    originals/3f/3fa9…c2.json   its arrivals, the first of which defines the submission

The whole warehouse can be built again from this folder alone. Names given by senders are kept inside the
records and never become paths.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from extractors.covering_mail import CoveringMail
from extractors.durable import write_whole
from extractors.submission import Channel, Submission, submission_id_of

_ID = re.compile(r"[0-9a-f]{64}")


class DamagedOriginal(Exception):  # noqa: N818 (named for what was found)
    """A kept file whose bytes, or whose record, are no longer what was written."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One way in which a file came: the submission that it was, and the mail that brought it, if one did."""

    submission: Submission
    mail: CoveringMail | None = None

    def says_the_same_as(self, other: "Arrival") -> bool:
        """Whether another arrival tells nothing new: the same name, channel and sender, as trustworthy."""
        return self._way() == other._way()

    def _way(self) -> tuple[object, ...]:
        one, mail = self.submission, self.mail
        return one.file_name, one.channel, one.sender, mail and (mail.is_genuine, mail.is_admitted)


class Originals:
    """The folder of kept files. It is made when the first file is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, submission_id: str) -> Path:
        """Return where the bytes of a submission are kept; `ValueError` for what is no submission id."""
        if not _ID.fullmatch(submission_id):
            raise ValueError(f"not a submission id: {submission_id!r}")
        return self.folder / submission_id[:2] / submission_id

    def keep(self, content: bytes, submission: Submission, mail: CoveringMail | None = None) -> None:
        """Keep a file's bytes for ever, and record that it arrived, with the mail that brought it.

        Raises as `keep_all` does.
        """
        self.keep_all([(content, Arrival(submission, mail))])

    def keep_all(self, arrived: Sequence[tuple[bytes, Arrival]], others: Iterable[bytes] = ()) -> None:
        """Keep the bytes of several files, and record that they arrived; `others` are bytes alone.

        Bytes already kept are left as they are. A later arrival is recorded only where it says something
        new: another name, channel or sender. The bytes are on disk before the records are, so that a crash
        in between leaves no record that promises bytes which are not there. Raises `ValueError` for a
        submission whose id is not that of its bytes, and keeps nothing then.
        """
        for content, arrival in arrived:
            if submission_id_of(content) != arrival.submission.submission_id:
                name = arrival.submission.file_name
                raise ValueError(f"{name!r}: the submission id is not that of the bytes")
        kept = {arrival.submission.submission_id: content for content, arrival in arrived}
        kept |= {submission_id_of(content): content for content in others}
        originals = {self.path(key): content for key, content in kept.items()}
        write_whole({path: content for path, content in originals.items() if not path.exists()})
        write_whole(self._new_records(arrival for _, arrival in arrived))

    def keep_bytes(self, content: bytes) -> None:
        """Keep bytes that arrived as no submission: an archive or a message, whose files are those."""
        self.keep_all([], others=[content])

    def record(self, submission_id: str) -> bytes:
        """Return the record of a file's arrivals as it stands; `FileNotFoundError` where there is none."""
        return self._record_path(submission_id).read_bytes()

    def record_anew(self, submission_id: str, ways: Sequence[Arrival]) -> None:
        """Replace what is recorded of a file's arrivals, where a person is erased; the bytes stay."""
        write_whole({self._record_path(submission_id): _as_record(ways)})

    def forget(self, original: str) -> None:
        """Remove bytes that arrived as no submission, if they are there; `ValueError` for a submission's."""
        if self._record_path(original).exists():
            raise ValueError(f"{original} is a submission, which is kept for ever")
        self.path(original).unlink(missing_ok=True)

    def _new_records(self, arrivals: Iterable[Arrival]) -> dict[Path, bytes]:
        """Return the records that these arrivals change, as they are with them."""
        known: dict[str, tuple[Arrival, ...]] = {}
        changed: dict[str, None] = {}
        for arrival in arrivals:
            key = arrival.submission.submission_id
            earlier = known.get(key) or self.ways(key)
            if not any(map(arrival.says_the_same_as, earlier)):
                known[key] = (*earlier, arrival)
                changed[key] = None
        return {self._record_path(key): _as_record(known[key]) for key in changed}

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
        if not self.folder.is_dir():
            return
        for folder in os.scandir(self.folder):
            if folder.is_dir():
                names = (entry.name for entry in os.scandir(folder) if entry.name.endswith(".json"))
                yield from filter(_ID.fullmatch, (name.removesuffix(".json") for name in names))

    def arrivals(self, submission_id: str) -> tuple[Submission, ...]:
        """Return a file as it arrived, each time, the first one first; nothing for a file never kept.

        Raises `DamagedOriginal` where the record cannot be read.
        """
        return tuple(arrival.submission for arrival in self.ways(submission_id))

    def ways(self, submission_id: str) -> tuple[Arrival, ...]:
        """Return the arrivals of a file with the mails that brought it; raises as `arrivals` does."""
        record = self._record_path(submission_id)
        if not record.exists():
            return ()
        try:
            first, *later = json.loads(record.read_bytes())["arrivals"]
            return tuple(_arrival_of(submission_id, arrival) for arrival in (first, *later))
        except (ValueError, LookupError, TypeError) as error:  # not JSON, no arrival, a field that is no text
            raise DamagedOriginal(f"{record.name}: not a record of arrivals") from error

    def _record_path(self, submission_id: str) -> Path:
        return self.path(submission_id).with_suffix(".json")


def _record_of(arrival: Arrival) -> dict[str, Any]:
    submission = arrival.submission
    record: dict[str, Any] = {
        "file_name": submission.file_name,
        "channel": submission.channel,
        "sender": submission.sender,
        "received_at": submission.received_at.isoformat(),
        "taken_at": submission.taken_at.isoformat(),
    }
    return {**record, "mail": asdict(arrival.mail)} if arrival.mail else record


def _arrival_of(submission_id: str, record: Mapping[str, Any]) -> Arrival:
    submission = Submission(
        submission_id=submission_id,
        file_name=record["file_name"],
        channel=Channel(record["channel"]),
        sender=record["sender"],
        received_at=datetime.fromisoformat(record["received_at"]),
        taken_at=datetime.fromisoformat(record["taken_at"]),
    )
    return Arrival(submission, CoveringMail(**record["mail"]) if "mail" in record else None)


def _as_record(ways: Iterable[Arrival]) -> bytes:
    record = {"arrivals": [_record_of(one) for one in ways]}
    # A name may hold half a character (a lone surrogate); its backslash form is JSON's own escape for it.
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")
