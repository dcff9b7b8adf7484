"""The road of a report: the stages in their order, each a plain call that knows nothing of Prefect.

The flows and the command line both walk it. A walk may stop at any moment: what was received is on disk and
in the ledger before anything is read, and the next walk goes on from there.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from duckdb import DuckDBPyConnection

from extractors.archive import unpacked
from extractors.inbox import Inbox, SourceUnavailable, is_settled
from extractors.originals import Originals
from extractors.submission import Submission
from flows.home import Home
from flows.reading import read_submissions
from flows.reviewing import accepted_draft, draft_scans
from flows.settings import number
from transforms.border import check_at_border
from transforms.corrections import declared_corrections
from transforms.plan import all_plans
from transforms.report import Report
from transforms.waivers import declared_waivers
from warehouse.audit import audit
from warehouse.connection import open_reader, open_writer
from warehouse.ledger import already_taken, record_received, waiting
from warehouse.load import load
from warehouse.page import write_page
from warehouse.papers import write_letters, write_matrices, write_plan_papers
from warehouse.publish import publish
from warehouse.summary import (
    DivisionReporting,
    SummaryLine,
    periods,
    reporting_status,
    summary_table,
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one look into the sources gave: submissions to read, files known already, sources that failed."""

    waiting: tuple[Submission, ...]
    known: tuple[Submission, ...]
    unavailable: tuple[SourceUnavailable, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk down the road: what was received, and the report that each submission gave, in that order."""

    receipt: Receipt
    reports: tuple[Report, ...]

    @property
    def refused_something(self) -> bool:
        """Whether a report was rejected, or a source could not be reached."""
        return bool(self.receipt.unavailable) or any(report.rejection_code for report in self.reports)

    def fates(self) -> Iterator[tuple[str, Report]]:
        """Yield each submission's file name and the report it gave."""
        names = (submission.file_name for submission in self.receipt.waiting)
        return zip(names, self.reports, strict=True)

    def lines(self) -> Iterator[str]:
        """Yield one line for each submission, each file known already, and each source that failed."""
        for file_name, report in self.fates():
            asked = f", {len(report.findings)} findings" if report.findings else ""
            whose = report.office_id or report.division_id or "?"
            when = f"{report.fiscal_year} Q{report.quarter}" if report.quarter else "?"
            fate = report.rejection_code or f"{len(report.observations)} observations{asked}"
            yield f"{report.status:<23} {whose:<14} {when:<11} {file_name}: {fate}"
        for known in self.receipt.known:
            yield f"{'taken before':<23} {'':<14} {'':<11} {known.file_name}"
        for failure in self.receipt.unavailable:
            yield f"{'not reachable':<23} {failure}"

    def sentence(self) -> str:
        """Return the totals in one line, such as `9 received · 8 accepted · 1 rejected`."""
        counts = Counter(report.status for report in self.reports)
        told = [f"{len(self.reports)} received"]
        told += [
            f"{counts[status]} {status.replace('_', ' ')}"
            for status in ("accepted", "accepted_with_findings", "rejected")
            if counts[status]
        ]
        if self.receipt.known:
            told.append(f"{len(self.receipt.known)} taken before")
        if self.receipt.unavailable:
            told.append(f"{len(self.receipt.unavailable)} not reachable")
        return " · ".join(told)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which summaries are wanted; an empty field wants all."""

    fiscal_year: str = ""
    quarter: int | None = None
    division_id: str = ""

    def takes(self, fiscal_year: str, quarter: int, division_id: str) -> bool:
        """Whether a division's summary of one quarter is wanted."""
        return (
            self.fiscal_year in ("", fiscal_year)
            and self.quarter in (None, quarter)
            and self.division_id in ("", division_id)
        )


def receive(home: Home, paths: Sequence[Path] = ()) -> Receipt:
    """Take every file of the inbox, or of the paths named, into the originals and the ledger.

    What an interrupted run kept and did not load waits again, whatever paths are named. A file that somebody
    is still copying into a folder is told as unavailable and left to the next run. The warehouse is held from
    the start, so that a run that must wait for another takes nothing.
    """
    home.make()
    originals = Originals(home.originals)
    with open_writer(home.warehouse) as connection:
        arrived, unavailable = _take_files(originals, Inbox(paths or [home.inbox]))
        kept = set(originals.ids())
        taken = already_taken(connection, kept)
        record_received(connection, [originals.arrivals(key)[0] for key in sorted(kept - taken)])
        unread = waiting(connection)
    known = tuple(submission for key, submission in arrived.items() if key in taken)
    return Receipt(unread, known, tuple(unavailable))


def receive_accepted(home: Home, draft: Path) -> Receipt:
    """Take a draft that a person has corrected into the originals and the ledger, as a submission of its own.

    Raises what `accepted_draft` raises, and takes nothing then.
    """
    content, submission = accepted_draft(home, draft)
    with open_writer(home.warehouse) as connection:
        Originals(home.originals).keep(content, submission)
        if already_taken(connection, [submission.submission_id]):
            return Receipt((), (submission,), ())
        record_received(connection, [submission])
    return Receipt((submission,), (), ())


def read_waiting(
    home: Home, submissions: Sequence[Submission], has_read: Callable[[Submission], object] = lambda _: None
) -> tuple[Report, ...]:
    """Read submissions from their kept originals, under limits, and check them at the warehouse's border.

    Scans get a draft, and are rejected until a person has corrected and accepted it.
    `has_read` is called after each, for whoever watches; the reports come in the order of the submissions.
    Raises `ReferenceMistake` for a plan or a declared decision that cannot be meant, before anything is read:
    at a desk it would be taken for a fault of the files.
    """
    all_plans()
    declared_corrections()
    declared_waivers()
    reports = read_submissions(Originals(home.originals), submissions, has_read)
    return check_at_border(draft_scans(home, submissions, reports))


def load_reports(home: Home, submissions: Sequence[Submission], reports: Sequence[Report]) -> None:
    """Load reports in one transaction, and let readers have the result where the audit finds no fault.

    Raises `AuditFailed` where it does: what was loaded stays for a person to look at, and what was published
    before stays published.
    """
    with open_writer(home.warehouse) as connection:
        load(connection, submissions, reports)
        audit(connection)
    publish(home.warehouse, home.published)


def summarise(home: Home, wanted: Wanted) -> tuple[Path, ...]:
    """Write the papers of every division and quarter wanted that any report came for, and the pages.

    A division has a matrix under each plan, in every form; a quarter has its page, its letters, and under
    each plan the directorate's workbook and the reminders, for all its divisions together.
    """
    written: list[Path] = []
    plans: dict[tuple[str, int], dict[str, None]] = {}
    originals = Originals(home.originals)
    with open_reader(home.published) as connection:
        for one in _reporting(connection, wanted):
            quarter = one.fiscal_year, one.quarter
            folder = home.summaries(*quarter)
            folder.mkdir(parents=True, exist_ok=True)
            plans.setdefault(quarter, {})[one.plan_id] = None
            written += write_matrices(connection, *quarter, one.division_id, one.plan_id, folder)
        for quarter, of_quarter in plans.items():
            folder = home.summaries(*quarter)
            for plan_id in of_quarter:
                written += write_plan_papers(connection, *quarter, plan_id, folder)
            written += write_letters(connection, originals, *quarter, folder / "letters")
            written.append(write_page(connection, *quarter, folder))
    return tuple(written)


def reporting(home: Home, wanted: Wanted) -> list[DivisionReporting]:
    """Return how every division wanted has reported, quarter by quarter, also those with nothing yet."""
    with open_reader(home.published) as connection:
        return list(_rates(connection, wanted))


def divisional_summary(home: Home, wanted: Wanted) -> list[SummaryLine]:
    """Return the divisional summary, line by line, of every division wanted that any report came for."""
    with open_reader(home.published) as connection:
        divisions = {
            (one.fiscal_year, one.quarter, one.division_id): None for one in _reporting(connection, wanted)
        }
        return [line for division in divisions for line in summary_table(connection, *division)]


def _reporting(connection: DuckDBPyConnection, wanted: Wanted) -> Iterator[DivisionReporting]:
    return (one for one in _rates(connection, wanted) if one.received)


def _rates(connection: DuckDBPyConnection, wanted: Wanted) -> Iterator[DivisionReporting]:
    quarters = {(period.fiscal_year, period.quarter): None for period in periods(connection)}
    for quarter in quarters:
        for one in reporting_status(connection, *quarter):
            if wanted.takes(one.fiscal_year, one.quarter, one.division_id):
                yield one


def _take_files(originals: Originals, inbox: Inbox) -> tuple[dict[str, Submission], list[SourceUnavailable]]:
    rest = timedelta(seconds=number("settle_seconds"))
    listing = inbox.listing()
    unavailable = list(listing.unavailable)
    arrived: dict[str, Submission] = {}
    for path in listing.files:
        try:
            if path not in inbox.paths:  # whoever names a file says that it is finished
                _let_settle(path, rest)
            content, submission = inbox.take(path)
        except SourceUnavailable as failure:
            unavailable.append(failure)
        else:
            originals.keep_bytes(content)
            for file, one in unpacked(content, submission):
                originals.keep(file, one)
                arrived.setdefault(one.submission_id, one)
    return arrived, unavailable


def _let_settle(path: Path, rest: timedelta) -> None:
    """Give a file touched just now the time to prove that nobody is still copying it.

    Files dropped together are all waited for at once, since the others rest while the first one does.
    """
    if not is_settled(path, rest):
        time.sleep(rest.total_seconds())
        if not is_settled(path, rest):
            raise SourceUnavailable(path, "still being copied")
