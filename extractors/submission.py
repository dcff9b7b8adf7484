"""A submission: one file as it arrived, known for ever by the hash of its bytes.

The same bytes sent twice, under two names, are one submission; a changed copy under the old name is another.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_SHA256_HEX = re.compile(r"[0-9a-f]{64}")


class Channel(StrEnum):
    """The way a file reached us."""

    FOLDER = "folder"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Submission:
    """What is known of a file before it is opened.

    `submission_id` is the SHA-256 of its bytes in lower-case hex. `file_name` is the name it came under,
    for people to read and never a path to open. `sender` is a mail address, empty for a folder.
    `received_at` is when the office's file reached the inbox or mailbox, `taken_at` when this house took
    it in; both are aware times in UTC, and `ValueError` is raised where they are not.
    """

    submission_id: str
    file_name: str
    channel: Channel
    sender: str
    received_at: datetime
    taken_at: datetime

    def __post_init__(self) -> None:
        if not _SHA256_HEX.fullmatch(self.submission_id):
            raise ValueError(f"not a submission id: {self.submission_id!r}")
        for moment in (self.received_at, self.taken_at):
            if moment.utcoffset() != timedelta(0):
                raise ValueError(f"a submission's times are in UTC: {moment.isoformat()}")


def submission_id_of(content: bytes) -> str:
    """Return the identity of a file: the SHA-256 of its bytes in lower-case hex."""
    return hashlib.sha256(content).hexdigest()


def part_id_of(submission_id: str, number: int) -> str:
    """Return the identity of one of several reports in a file, counted from 1; the first has the file's own.

    It follows from the bytes alone, so that the same file read again gives the same identities.
    """
    return submission_id if number == 1 else submission_id_of(f"{submission_id} {number}".encode())
