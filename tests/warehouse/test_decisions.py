"""Every declared correction and waiver is listed, with what became of it."""

from dataclasses import replace

import pytest

from tests.warehouse.contents import all_rows
from tests.warehouse.reports import office_report, submission
from transforms.border import check_at_border
from transforms.corrections import TriedCorrection, declared_corrections
from transforms.finding import finding
from warehouse.decisions import open_decisions, refresh_decisions
from warehouse.load import load

SENT = submission("যশোর.docx")
CORRECTION = {
    "office": "jashore",
    "fiscal_year": "2024-25",
    "quarter": 2,
    "indicator": "5.1.1",
    "field": "achievement",
    "expect": "১",
    "value": "২",
    "reason": "ফোনে জানা গেছে",
    "who": "উপপরিচালক",
}
WAIVER = {
    "code": "missing_indicator",
    "office": "jashore",
    "fiscal_year": "2024-25",
    "quarter": 2,
    "indicator": "8.1.1",
    "reason": "প্রযোজ্য নয়",
    "who": "উপপরিচালক",
}
MISSING = finding("missing_indicator", indicator_code="8.1.1", office_id="jashore")


@pytest.fixture
def declare(tmp_path_factory, monkeypatch):
    """Write decisions where officials keep them; each is a section and what its example says otherwise.

    Each time into another folder, since the files of one are read once.
    """

    def write(*decisions):
        texts = []
        for section, changes in decisions:
            entry = {**(CORRECTION if section == "correction" else WAIVER), **changes}
            lines = [f"{key} = {value!r}" for key, value in entry.items() if value is not None]
            texts.append("\n".join([f"[[{section}]]", *lines, "when = 2025-01-20"]))
        folder = tmp_path_factory.mktemp("reference")
        (folder / "corrections.toml").write_text("\n\n".join(texts), encoding="utf-8")
        monkeypatch.setenv("PROTIBEDON_REFERENCE", str(folder))

    return write


def loaded(writer, *, tried=None):
    """Load Jashore's report, on which the corrections of these outcomes were tried."""
    corrections = tuple(
        TriedCorrection(one, "r4 c11" if found else "", found, applied=applied)
        for one, (found, applied) in zip(declared_corrections(), tried or [], strict=False)
    )
    report = office_report(SENT, {"5.1.1": 2}, office="jashore", findings=(MISSING,))
    (checked,) = check_at_border([report])
    load(writer, [SENT], [replace(checked, corrections=corrections)])


def outcomes(writer):
    return all_rows(
        writer, "SELECT kind, coalesce(office_id, division_id), outcome FROM decisions ORDER BY ALL"
    )


@pytest.mark.parametrize(
    ("tried", "outcome"),
    [(("১", True), "applied"), (("৩", False), "not_standing"), (("", False), "not_standing")],
)
def test_a_correction_that_was_tried_says_whether_it_stood(writer, declare, tried, outcome):
    declare(("correction", {}))
    loaded(writer, tried=[tried])
    assert outcomes(writer) == [("correction", "jashore", outcome)]
    assert [one.outcome for one in open_decisions(writer)] == [outcome] * (outcome != "applied")


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"office": "magura"}, "no_report"),
        ({"quarter": 3}, "no_report"),
        ({"fiscal_year": "2023-24"}, "no_report"),
        ({"annex": "grievance"}, "no_report"),
        ({"indicator": "9.9.9"}, "nothing_met"),
        ({}, "nothing_met"),
    ],
)
def test_a_correction_that_met_nothing_is_listed_with_the_reason(writer, declare, changes, outcome):
    declare(("correction", changes))
    loaded(writer)
    ((_, _, told),) = outcomes(writer)
    assert told == outcome
    (undone,) = open_decisions(writer)
    assert (undone.kind, undone.outcome) == ("correction", outcome)
    assert undone.reason


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "applied"),
        ({"annex": "egov"}, "applied"),
        ({"annex": "grievance"}, "no_report"),
        ({"indicator": "7.1.1"}, "nothing_met"),
        ({"code": "value_missing"}, "nothing_met"),
        ({"office": "magura"}, "no_report"),
        ({"office": None, "division": "khulna", "indicator": None}, "nothing_met"),
        ({"office": None, "division": "dhaka"}, "no_report"),
    ],
)
def test_a_waiver_says_whether_it_settled_anything(writer, declare, changes, outcome):
    declare(("waiver", changes))
    loaded(writer)
    assert [told for _, _, told in outcomes(writer)] == [outcome]


def test_the_table_follows_the_file(writer, declare):
    declare(("correction", {}), ("waiver", {}))
    loaded(writer)
    assert len(outcomes(writer)) == 2
    declare(("waiver", {}))
    refresh_decisions(writer)
    assert outcomes(writer) == [("waiver", "jashore", "applied")]


def test_what_is_declared_now_is_told_without_a_load(writer, declare):
    loaded(writer)
    declare(("correction", {"office": "magura", "annex": "egov"}))
    (undone,) = open_decisions(writer)
    assert (undone.whose, undone.fiscal_year, undone.quarter) == ("magura", "2024-25", 2)
    assert undone.about == "egov 5.1.1 achievement"
    assert outcomes(writer) == []
