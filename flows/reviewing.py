"""Drafts: a scan that waits for review gets one, and one that a person has corrected is taken in.

Recognising a page is no safer than reading a file, so it happens at the desks of a reading room too.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from extractors.lock import open_copy
from extractors.originals import DamagedOriginal, Originals
from extractors.reader import read
from extractors.reading_room import ReadingRoom
from extractors.refusal import Refusal, UnreadableFile
from extractors.submission import Submission, submission_id_of
from flows.home import Home
from flows.reading import ReadingSettings, at_a_desk
from transforms.draft import DRAFT_NAME, is_untouched, scan_behind, write_draft
from transforms.finding import Finding
from transforms.refused_file import needs_review, refused_file
from transforms.report import Report

HouseFault = OSError | DamagedOriginal  # what goes wrong on our own disk: no fault of the office
SHORT_ID = 8  # characters of a submission's id by which a person tells it from others


class NotADraft(ValueError):  # noqa: N818 (named for what the operator reads)
    """A file that leads to no scan of this house, or a draft that nobody has worked on."""


def draft_scans(home: Home, submissions: Sequence[Submission], reports: Sequence[Report]) -> list[Report]:
    """Make a draft for each report that waits for review, and return the reports, which then say where.

    A draft that is there already is left alone. Raises `OSError` or `DamagedOriginal` where an original
    cannot be read back or a draft cannot be written.
    """
    drafted = list(reports)
    sent = {submission.submission_id: submission for submission in submissions}
    scans = [position for position, report in enumerate(reports) if report.rejection_code == "needs_review"]
    if not scans:
        return drafted
    settings = ReadingSettings.for_drafts()
    with ReadingRoom(draft_kept, settings.limits, settings.workers) as room:
        for place, outcome in room.read(
            (home.originals, home.drafts, one.submission_id, one.file_name, settings.passwords)
            for position in scans
            if (one := sent[reports[position].submission_id])
        ):
            submission = sent[reports[scans[place]].submission_id]
            found = _finding(submission, outcome)
            drafted[scans[place]] = Report(submission.submission_id).with_findings([found])
    return drafted


def draft_kept(
    originals: Path, drafts: Path, submission_id: str, file_name: str, passwords: Sequence[str] = ()
) -> Refusal | HouseFault | None:
    """Draft one original of a folder of originals: what is done at a desk. Nothing comes back for a draft."""
    from extractors.scan import recognised_pages  # here, so that a run without scans does without it

    try:
        pages = recognised_pages(open_copy(Originals(originals).read(submission_id), passwords))
        write_draft(pages, file_name, submission_id, drafts / submission_id)
    except (Refusal, OSError, DamagedOriginal) as fault:
        return fault
    return None


def scan_named_in(draft: Path) -> str | Refusal | OSError:
    """Return the id of the scan that a draft was made from, empty for what is no draft; done at a desk."""
    try:
        return scan_behind(read(draft.read_bytes()))
    except (Refusal, OSError) as fault:
        return fault


def accepted_draft(home: Home, draft: Path) -> tuple[bytes, Submission]:
    """Return a corrected draft's bytes, and the submission that they are.

    It arrived when its scan did, by whoever sent that: an office is not late because we were slow to check.
    Raises `NotADraft` for a file that leads to no scan of this house, or that nobody has saved since it was
    made, and `OSError` where it cannot be read.
    """
    try:
        scan_id = at_a_desk(scan_named_in, draft)
    except UnreadableFile as broken_off:
        raise NotADraft(f"{draft}: {broken_off}") from broken_off
    if isinstance(scan_id, OSError):
        raise scan_id
    if isinstance(scan_id, Refusal):
        raise NotADraft(f"{draft}: {scan_id}") from scan_id
    content = draft.read_bytes()
    if not scan_id:
        raise NotADraft(f"{draft} is no draft of ours: the number that leads to its scan is not in it")
    arrivals = Originals(home.originals).arrivals(scan_id)
    if not arrivals:
        raise NotADraft(f"{draft}: the scan it was made from, {scan_id[:SHORT_ID]}, was never received here")
    if is_untouched(content, home.drafts / scan_id):
        raise NotADraft(f"{draft}: nobody has saved it since it was made; correct it by its pictures first")
    accepted = replace(
        arrivals[0],
        submission_id=submission_id_of(content),
        file_name=f"{arrivals[0].file_name} (accepted draft of {scan_id[:SHORT_ID]})",
        taken_at=datetime.now(UTC),
    )
    return content, accepted


def _finding(submission: Submission, outcome: Refusal | HouseFault | None) -> Finding:
    if outcome is None:
        draft = Path("drafts", submission.submission_id, DRAFT_NAME)
        return needs_review(submission.file_name, "drafted", str(draft))
    if isinstance(outcome, Refusal):
        return refused_file(submission.file_name, outcome)
    raise outcome
