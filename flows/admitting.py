"""Admitting: which of the files that came are read, and which wait until a person knows their sender."""

from collections.abc import Iterable, Iterator, Sequence

from duckdb import DuckDBPyConnection

from extractors.originals import Arrival, Originals
from extractors.submission import Channel, Submission
from transforms.office import OFFICES_CLOCK
from transforms.report import Report
from transforms.sender import is_let_in, sender_of_another_office, unknown_sender
from warehouse.ledger import kept_apart


def strangers(originals: Originals, submissions: Iterable[Submission]) -> dict[str, Report]:
    """Return, by submission, the rejected reports of files that no sender we know has sent.

    Nothing of them is read: what a stranger sends is not even opened.
    """
    ways = {one.submission_id: (one, originals.ways(one.submission_id)) for one in _by_mail(submissions)}
    return {
        submission_id: Report(submission_id).with_findings([unknown_sender(one, arrivals)])
        for submission_id, (one, arrivals) in ways.items()
        if not _has_been_let_in(arrivals)
    }


def let_in_since(connection: DuckDBPyConnection, originals: Originals) -> tuple[Submission, ...]:
    """Return the files kept apart whose sender has been registered since, or that came in another way."""
    return tuple(one for one in kept_apart(connection) if _has_been_let_in(originals.ways(one.submission_id)))


def check_senders(
    originals: Originals, submissions: Iterable[Submission], reports: Iterable[Report]
) -> list[Report]:
    """Return the reports, each told of where it came from another office's address."""
    by_mail = {one.submission_id for one in _by_mail(submissions)}
    return [_checked(originals, report) if report.file_id in by_mail else report for report in reports]


def told_of_strangers(originals: Originals, submissions: Iterable[Submission]) -> Iterator[str]:
    """Yield a line for each mail that brought a file kept apart: day, sender, the file's name, subject."""
    for way in (way for one in submissions for way in originals.ways(one.submission_id)):
        one, subject = way.submission, way.mail.subject if way.mail else ""
        day = one.received_at.astimezone(OFFICES_CLOCK).date()
        yield f"{day}  {one.sender or '?':<32} {one.file_name}  “{subject}”"


def in_order(submissions: Iterable[Submission], reports: Iterable[Report]) -> list[Report]:
    """Return reports in the order of their submissions, and those of one file as they stand."""
    places = {one.submission_id: place for place, one in enumerate(submissions)}
    return sorted(reports, key=lambda report: places[report.file_id])


def _by_mail(submissions: Iterable[Submission]) -> Sequence[Submission]:
    return [one for one in submissions if one.channel is Channel.MAIL]


def _has_been_let_in(arrivals: Iterable[Arrival]) -> bool:
    return any(map(is_let_in, arrivals))


def _checked(originals: Originals, report: Report) -> Report:
    if report.rejection_code:
        return report
    return report.with_findings(sender_of_another_office(report, originals.ways(report.file_id)))
