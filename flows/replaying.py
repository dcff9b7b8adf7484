"""The road again: kept originals are read anew, after what we know about reports has changed.

A correction, a phrase, an alias or a plan is only a line in a file until the reports it is about have been
read again; which ones these are, and what it changed, is found here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.originals import Originals
from extractors.submission import Submission
from flows.home import Home
from flows.road import publish_loaded
from transforms.fiscal_year import FiscalYear
from transforms.office import Office, office_of
from transforms.report import Report
from warehouse.connection import open_writer
from warehouse.ledger import already_taken, record_received
from warehouse.replay import Changes, replay, submissions_concerned


class NothingToReplay(ValueError):  # noqa: N818 (named for what the operator reads)
    """A selection that no submission can be in, or that none is in."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which submissions are to be read again; an empty field selects all.

    Raises `NothingToReplay` for a fiscal year that is written in another way than `2024-25`.
    """

    fiscal_year: str = ""
    quarter: int | None = None
    office_id: str = ""

    def __post_init__(self) -> None:
        try:
            if self.fiscal_year:
                FiscalYear.parse(self.fiscal_year)
        except ValueError as error:
            raise NothingToReplay(str(error)) from error

    @property
    def office(self) -> Office | None:
        """The office named, if one is; raises `NothingToReplay` for one that is not registered."""
        if not self.office_id:
            return None
        try:
            return office_of(self.office_id)
        except KeyError as error:
            raise NothingToReplay(f"no office is registered as “{self.office_id}”") from error


def select_kept(home: Home, selection: Selection) -> tuple[Submission, ...]:
    """Return the kept submissions to read again, in the order in which they were taken.

    Beside those selected these are all that were rejected, since the change may be what lets them in, and
    all that were never loaded: after a crash, or where the warehouse itself is to be made anew from its
    originals. Raises `NothingToReplay` where that is none.
    """
    home.make()
    kept = tuple(Originals(home.originals).submissions())
    with open_writer(home.warehouse) as connection:
        loaded = already_taken(connection, [submission.submission_id for submission in kept])
        record_received(connection, [one for one in kept if one.submission_id not in loaded])
        concerned = submissions_concerned(
            connection, selection.fiscal_year, selection.quarter, selection.office
        )
    chosen = tuple(one for one in kept if one.submission_id in concerned or one.submission_id not in loaded)
    if not chosen:
        raise NothingToReplay("nothing that was received is about that quarter and office")
    return chosen


def load_again(home: Home, submissions: Sequence[Submission], reports: Sequence[Report]) -> Changes:
    """Replace what the submissions said by what they say now, in one transaction, and publish the result.

    Raises `AuditFailed` as `publish_loaded` does.
    """
    with open_writer(home.warehouse) as connection:
        changes = replay(connection, submissions, reports)
    publish_loaded(home)
    return changes
