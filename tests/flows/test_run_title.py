from pathlib import Path

import pytest

from flows.fate import fates_of
from flows.road import Received, Walk
from flows.run_title import title_of_papers, title_of_replay, title_of_walk
from tests.warehouse.reports import submission
from transforms.finding import Finding, Severity
from transforms.report import Report
from warehouse.replay import Changes

SENT = submission("a.docx")


def report(quarter: int | None, year: str = "2024-25", *, is_rejected: bool = False) -> Report:
    one = Report(SENT.submission_id, fiscal_year=year, quarter=quarter)
    return (
        one.with_findings([Finding("unknown_form", Severity.REJECT, "বাংলা", "English")])
        if is_rejected
        else one
    )


def walk(*reports: Report) -> Walk:
    fates = (fate for one in reports for fate in fates_of([SENT], [one]))
    return Walk(Received((), (), ()), tuple(fates))


@pytest.mark.parametrize(
    ("reports", "title"),
    [
        ([report(2), report(2), report(None, is_rejected=True)], "2024-25 Q2 · 3 received · 1 rejected"),
        ([report(2), report(1)], "2024-25 Q1, Q2 · 2 received"),
        ([report(4, "2023-24"), report(1)], "2023-24 Q4, 2024-25 Q1 · 2 received"),
        ([report(q, y) for q in (1, 2, 3, 4) for y in ("2023-24", "2024-25")], "8 quarters · 8 received"),
        ([report(None, is_rejected=True)], "1 received · 1 rejected"),
        ([], "nothing new"),
    ],
)
def test_a_walk_is_named_by_what_it_did(reports, title):
    assert title_of_walk(walk(*reports)) == title


def test_a_replay_is_named_by_what_it_changed():
    assert title_of_replay([report(3)], Changes((), (), ())) == "2024-25 Q3 · 1 read again · nothing changed"


def test_papers_are_counted_by_quarter():
    folder = Path("/home/summaries")
    written = [folder / "2024-25-q2" / "index.html", folder / "2024-25-q2" / "letters" / "khulna.docx"]
    assert title_of_papers(written, folder) == "2024-25 Q2 · 2 papers"
    assert title_of_papers([], folder) == "nothing to write"
