"""The road of a report: the stages in their order, each a plain call that knows nothing of Prefect.

The flows and the command line both walk it. A walk may stop at any moment: what was received is on disk and
in the ledger before anything is read, and the next walk goes on from there.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from extractors.familiar import FamiliarFiles
from extractors.inbox import Inbox, SourceUnavailable
from extractors.originals import Originals
from extractors.submission import Submission
from flows.admitting import check_senders, in_order, let_in_since, strangers
from flows.collecting import Collected, collect, mailbox_account
from flows.fate import Fate, fates_of, settled
from flows.home import Home
from flows.reading import Reader, read_submissions
from flows.reviewing import accepted_draft, draft_scans
from flows.source import Source
from flows.taking import take_files
from transforms.border import check_at_border
from transforms.corrections import declared_corrections
from transforms.plan import all_plans
from transforms.reference import check_replacements
from transforms.report import Report
from transforms.waivers import declared_waivers
from warehouse.audit import audit
from warehouse.connection import open_reader, open_writer
from warehouse.ledger import already_taken, record_received, waiting
from warehouse.load import load
from warehouse.publish import is_published, publish

_TAKEN_IN_TOGETHER = 4000  # submissions: so many reports fill some 150 MB, and one load costs little


@dataclass(frozen=True, slots=True)
class Received:
    """What one look into the sources gave: submissions to read, files known already, sources that failed.

    `without_file` are messages that brought no file, each in a few words.
    """

    waiting: tuple[Submission, ...]
    known: tuple[Submission, ...]
    unavailable: tuple[SourceUnavailable, ...]
    without_file: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk down the road: what was received, and what became of the reports that it gave.

    A file that holds several reports gives them all, each with a fate of its own.
    """

    received: Received
    fates: tuple[Fate, ...]

    @property
    def refused_something(self) -> bool:
        """Whether a report was rejected, or a source could not be reached."""
        return bool(self.received.unavailable) or any(fate.rejection_code for fate in self.fates)

    def lines(self) -> Iterator[str]:
        """Yield one line for each report, each file known already, and each source that failed."""
        yield from (fate.line for fate in self.fates)
        for known in self.received.known:
            yield f"{'taken before':<23} {'':<14} {'':<11} {known.file_name}"
        for failure in self.received.unavailable:
            yield f"{'not reachable':<23} {failure}"
        for message in self.received.without_file:
            yield f"{'brought no file':<23} {message}"

    def sentence(self) -> str:
        """Return the totals in one line, such as `9 received · 8 accepted · 1 rejected`.

        Where files hold several reports it begins `8 files received · 9 reports`.
        """
        counts = Counter(fate.status for fate in self.fates)
        files = len(self.received.waiting)
        told = [f"{files} received"]
        if files != len(self.fates):
            told = [f"{files} files received", f"{len(self.fates)} reports"]
        told += [
            f"{counts[status]} {status.replace('_', ' ')}"
            for status in ("accepted", "accepted_with_findings", "superseded", "rejected")
            if counts[status]
        ]
        if self.received.known:
            told.append(f"{len(self.received.known)} taken before")
        if self.received.unavailable:
            told.append(f"{len(self.received.unavailable)} not reachable")
        return " · ".join(told)


def receive(
    home: Home,
    paths: Sequence[Path] = (),
    source: Source = Source.BOTH,
    *,
    is_rehearsal: bool = False,
    expect: Callable[[int], object] = lambda _: None,
) -> Received:
    """Take what has come by a source into the originals and the ledger.

    `paths` name files and folders in place of the inbox; a mailbox is looked into where one is configured.
    What an interrupted run kept and did not load waits again, whatever is named, and so does what was kept
    apart until its sender was registered. A file that somebody is still copying into a folder is told as
    unavailable and left to the next run. The warehouse is held from the start, so that a run that must wait
    for another takes nothing. In a rehearsal no message is moved. `expect` is told how many files of folders
    are new as soon as that is known, for whoever prepares to read them.
    Raises `WrongSetting` for a mailbox that cannot be meant, or that is wanted and not there.
    """
    home.make()
    originals = Originals(home.originals)
    account = mailbox_account(source)
    with open_writer(home.warehouse) as connection:
        files = [*(paths or [home.inbox])] if source.looks_into_inbox else []
        kept = set(originals.ids())
        arrived, unavailable = take_files(originals, Inbox(files), FamiliarFiles(home.familiar), kept, expect)
        kept.update(arrived)
        mail = Collected()
        if account:
            mail = collect(account, originals, connection, is_rehearsal=is_rehearsal)
            kept.update(originals.ids())
        taken = already_taken(connection, kept)
        record_received(connection, [originals.arrivals(key)[0] for key in sorted(kept - taken)])
        unread = (*waiting(connection), *let_in_since(connection, originals))
    before = taken - {submission.submission_id for submission in unread}
    known = (one for key, one in (arrived | mail.arrived).items() if key in before)
    return Received(
        unread, tuple(known), (*unavailable, *mail.unavailable.values()), tuple(mail.without_file)
    )


def receive_accepted(home: Home, draft: Path) -> Received:
    """Take a draft that a person has corrected into the originals and the ledger, as a submission of its own.

    Raises what `accepted_draft` raises, and takes nothing then.
    """
    content, submission = accepted_draft(home, draft)
    with open_writer(home.warehouse) as connection:
        Originals(home.originals).keep(content, submission)
        if already_taken(connection, [submission.submission_id]):
            return Received((), (submission,), ())
        record_received(connection, [submission])
    return Received((submission,), (), ())


def read_waiting(
    home: Home,
    submissions: Sequence[Submission],
    has_read: Callable[[Submission], object] = lambda _: None,
    read: Reader = read_submissions,
) -> tuple[Report, ...]:
    """Read submissions from their kept originals, under limits, and check them at the warehouse's border.

    Scans get a draft, and are rejected until a person has corrected and accepted it. What a stranger sent is
    rejected unread.
    `has_read` is called after each, for whoever watches, and `read` does the reading; the reports come in the
    order of the submissions, and those of one file in the order in which they stand there.
    Raises `ReferenceMistake` for a plan, a declared decision or another reference file that cannot be meant,
    before anything is read: at a desk it would be taken for a fault of the files.
    """
    check_replacements()
    all_plans()
    declared_corrections()
    declared_waivers()
    originals = Originals(home.originals)
    apart = strangers(originals, submissions)
    admitted = [one for one in submissions if one.submission_id not in apart]
    reports = draft_scans(home, admitted, read(originals, admitted, has_read))
    told = [*check_senders(originals, admitted, reports), *apart.values()]
    return check_at_border(in_order(submissions, told))


def take_in(
    home: Home,
    submissions: Sequence[Submission],
    has_read: Callable[[Submission], object] = lambda _: None,
    read: Reader = read_submissions,
    gate: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> tuple[Fate, ...]:
    """Read submissions and load what they say, then let readers have it all; return the reports' fates.

    They are read and loaded some at a time, each time in one transaction, so that a whole country takes no
    more memory than those few; a walk that is broken off goes on with the others. `gate` is held around each
    load and the publishing. Raises as `read_waiting` and `publish_loaded` do.
    """
    fates: list[Fate] = []
    has_changed = False
    for begin in range(0, max(1, len(submissions)), _TAKEN_IN_TOGETHER):  # once, also where nothing came
        some = submissions[begin : begin + _TAKEN_IN_TOGETHER]
        reports = read_waiting(home, some, has_read, read)
        with gate(), open_writer(home.warehouse) as connection:
            has_changed |= load(connection, some, reports)
        fates += fates_of(some, reports)
    with gate():
        publish_loaded(home, has_changed=has_changed)
    with open_reader(home.published) as connection:
        return tuple(settled(fates, connection))


def publish_loaded(home: Home, *, has_changed: bool = True) -> None:
    """Let readers have what was loaded, where the audit finds no fault.

    Where nothing has changed and everything is published, nothing is done. Raises `AuditFailed` for a fault:
    what was loaded stays for a person to look at, and what was published before stays published.
    """
    if not has_changed and is_published(home.warehouse, home.published):
        return
    with open_writer(home.warehouse) as connection:
        audit(connection, home.published)
    publish(home.warehouse, home.published)
