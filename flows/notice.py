"""A notice: what somebody who watches over an installation is told about a run, in a sentence.

It holds no name, no file's name and nothing that a report says: a notice travels further than a log.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from inspect import getdoc

from flows.fate import Fate
from transforms.report import Report

_OUR_CODE = ("flows", "warehouse", "transforms", "extractors")


class Event(StrEnum):
    """What a notice is about."""

    FAILURE = "failure"
    REJECTION = "rejection"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: the event, the run that it happened in (`ingest`), the sentence, and an aware time."""

    event: Event
    run: str
    sentence: str
    at: datetime

    @property
    def text(self) -> str:
        """The notice in one line."""
        return f"Protibedon · {self.run}: {self.sentence}"

    def as_json(self) -> dict[str, str]:
        """Return what a webhook gets; chat programs show `text`."""
        return {"text": self.text, "event": self.event, "run": self.run, "at": self.at.isoformat()}


def sentence_of_failure(failure: BaseException) -> str:
    """Say what went wrong by its kind: the words of an error may hold whatever an office has written.

    Our own errors are explained by the first line of their docstring, those of the operating system by its
    own words; any other is named.
    """
    kind = type(failure)
    if kind.__module__.partition(".")[0] in _OUR_CODE:
        return (getdoc(kind) or kind.__name__).splitlines()[0]
    if isinstance(failure, OSError) and failure.strerror:
        return f"The run failed: {failure.strerror}."
    return f"The run failed by a fault in the program ({kind.__name__}); its log says more."


def sentence_of_rejections(reports: Iterable[Report | Fate]) -> str:
    """Return such as `2 of 11 reports were rejected: unknown_office 1, unsafe_content 1.`; empty for none."""
    of_all = list(reports)
    codes = Counter(report.rejection_code for report in of_all if report.rejection_code)
    if not codes:
        return ""
    by_code = ", ".join(f"{code} {count}" for code, count in sorted(codes.items()))
    return f"{codes.total()} of {len(of_all)} reports were rejected: {by_code}."
