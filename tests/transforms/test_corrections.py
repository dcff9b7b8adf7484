from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from extractors.grid import Cell
from tests.conftest import REPOSITORY
from transforms.answer import observation_of, read_answer, target_bands_of
from transforms.border import check_at_border
from transforms.corrections import CorrectedEntries, correct, correction_findings, declared_corrections
from transforms.entry import Entry
from transforms.finding import Severity, finding
from transforms.fiscal_year import FiscalYear
from transforms.indicator_code import read_indicator_text
from transforms.office import office_of
from transforms.plan import plan_of
from transforms.reference import ReferenceMistake
from transforms.report import Report
from transforms.report_file import read_file
from transforms.reporting_period import ReportingPeriod

EXAMPLES = REPOSITORY / "examples" / "inbox"
PERIOD = ReportingPeriod(FiscalYear(2024), 2)
PLAN = plan_of("egov", FiscalYear(2024))
DECLARED = {
    "office": "jashore",
    "fiscal_year": "2024-25",
    "quarter": 2,
    "indicator": "4.1.2",
    "field": "achievement",
    "expect": "১৯.০৫%",
    "value": "৯১.০৫%",
    "reason": "অঙ্ক উল্টে টাইপ হয়েছিল",
    "who": "উপপরিচালক, খুলনা",
    "when": date(2025, 1, 20),
}
Declare = Callable[..., None]


@pytest.fixture
def declare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Declare:
    """Declare corrections, each by what differs from the usual one; `None` leaves a key out."""

    def written(value: object) -> str:
        return str(value) if isinstance(value, int | date) else f"'{value}'"

    def write(*corrections: dict[str, object]) -> None:
        entries = [{**DECLARED, **correction} for correction in corrections]
        blocks = [
            "\n".join(["[[correction]]", *(f"{key} = {written(value)}" for key, value in entry.items())])
            for entry in ({k: v for k, v in entry.items() if v is not None} for entry in entries)
        ]
        (tmp_path / "corrections.toml").write_text("\n\n".join(blocks), encoding="utf-8")
        monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))

    return write


def entry(
    achievement: Cell | None, *, code: str = "4.1.2", office: str = "jashore", targets: dict | None = None
) -> Entry:
    assert PLAN is not None
    indicator = PLAN.indicator(code)
    assert indicator is not None
    return Entry(
        office=office_of(office),
        indicator=indicator,
        heading=Cell("r4 c3", 3, f"[{code}]"),
        stated=read_indicator_text(f"[{code}]"),
        targets=targets or {},
        achievement=achievement,
        remark=None,
    )


def corrected(*entries: Entry, period: ReportingPeriod = PERIOD) -> CorrectedEntries:
    assert PLAN is not None
    return correct(entries, PLAN, period)


def example(name: str) -> Report:
    path = next(path for path in EXAMPLES.iterdir() if path.name == name)
    (report,) = check_at_border(read_file("0" * 64, name, path.read_bytes()))
    return report


# --- what a correction does -------------------------------------------------------------------------------


def test_no_decision_is_packaged(monkeypatch):
    monkeypatch.delenv("PROTIBEDON_REFERENCE", raising=False)
    assert declared_corrections() == ()


def test_a_report_is_read_as_corrected_and_keeps_what_was_received(declare):
    before = next(seen for seen in example("jashore_q2.xlsx").observations if seen.indicator_code == "4.1.2")
    assert before.value == 19.05
    declare({"expect": before.achievement_raw})
    report = example("jashore_q2.xlsx")
    seen = next(seen for seen in report.observations if seen.indicator_code == "4.1.2")
    assert (seen.state, seen.value) == ("reported", 91.05)
    assert (seen.achievement_raw, seen.cell) == (before.achievement_raw, before.cell)
    [told] = [found for found in report.findings if found.code == "corrected"]
    assert (told.severity, told.cell, told.raw_text) == (Severity.NOTE, before.cell, before.achievement_raw)
    assert (told.office_id, told.indicator_code) == ("jashore", "4.1.2")
    for words in ("৯১.০৫%", "উপপরিচালক, খুলনা", "অঙ্ক উল্টে টাইপ হয়েছিল"):
        assert words in told.message_bn
        assert words in told.message_en
    assert "২০" in told.message_bn
    assert "2025-01-20" in told.message_en


def test_the_new_text_is_read_by_the_same_rules_as_any_other(declare):
    declare({"value": "প্রায় ৪টি"})
    [read] = corrected(entry(Cell("r4 c11", 11, "১৯.০৫%"))).entries
    answer = read_answer(read)
    assert answer.achievement.state == "unreadable"
    assert [found.severity for found in answer.findings] == [Severity.QUARANTINE]


def test_a_corrected_percentage_over_100_is_withheld_all_the_same(declare):
    raw = next(one.achievement_raw for one in example("jashore_q2.xlsx").observations if one.value == 19.05)
    declare({"expect": raw, "value": "১৯০%"})
    report = example("jashore_q2.xlsx")
    seen = next(seen for seen in report.observations if seen.indicator_code == "4.1.2")
    assert (seen.state, seen.value) == ("unreadable", None)
    assert {"corrected", "percent_over_100"} <= {found.code for found in report.findings}


def test_a_remark_where_none_was_written_and_its_raw_text_stays_empty(declare):
    assert PLAN is not None
    declare({"field": "remark", "expect": "", "value": "অধিদপ্তর কর্তৃক বাস্তবায়িত হয়েছে।", "indicator": "7.1.1"})
    [read] = corrected(entry(Cell("r4 c11", 11, "-"), code="7.1.1")).entries
    seen = observation_of(read_answer(read), PLAN, PERIOD, "0" * 64)
    assert (seen.state, seen.achieved_by, seen.remark_raw) == ("achieved", "superior", "")


def test_a_blank_achievement_keeps_its_blank_raw_text(declare):
    assert PLAN is not None
    declare({"expect": "", "value": "৮০%"})
    [read] = corrected(entry(Cell("r4 c11", 11, " "))).entries
    seen = observation_of(read_answer(read), PLAN, PERIOD, "0" * 64)
    assert (seen.value, seen.achievement_raw, seen.cell) == (80, " ", "r4 c11")


def test_a_target_is_corrected_and_a_target_printed_by_mistake_taken_out(declare):
    assert PLAN is not None
    cells = {100: Cell("c7", 7, "৯০%"), 90: Cell("c8", 8, "৯৫%"), 80: Cell("c9", 9, "৭০%")}
    declare(
        {"field": "target_90", "expect": "৯৫%", "value": "৮৫%"},
        {"field": "target_80", "expect": "৭০%", "value": ""},
        {"field": "target_70", "expect": "", "value": "৬৫%"},
    )
    [read] = corrected(entry(Cell("r4 c11", 11, "৮০%"), targets=cells)).entries
    bands = [
        (band.band, band.target_value, band.target_raw)
        for band in target_bands_of(read_answer(read), PLAN, PERIOD, "0" * 64)
    ]
    assert bands == [(100, 90, "৯০%"), (90, 85, "৯৫%"), (70, 65, "")]


def test_a_row_of_a_divisional_matrix_is_corrected(declare):
    name = "সিলেট বিভাগ সমন্বিত প্রতিবেদন ১ম ত্রৈমাসিক.docx"
    before = next(seen for seen in example(name).observations if seen.value is not None)
    place = {"office": before.office_id, "quarter": 1, "indicator": before.indicator_code}
    declare({**place, "expect": before.achievement_raw, "value": "৩"})
    after = {(seen.office_id, seen.indicator_code): seen for seen in example(name).observations}
    assert after.pop((before.office_id, before.indicator_code)).value == 3
    unchanged = {(seen.office_id, seen.indicator_code): seen for seen in example(name).observations}
    assert after.items() <= unchanged.items()


# --- the guard --------------------------------------------------------------------------------------------


def test_a_cell_that_says_something_else_is_left_alone_and_told(declare):
    declare({})
    cell = Cell("r4 c11", 11, "৯১.০৫%")
    result = corrected(entry(cell))
    assert result.entries == (entry(cell),)
    [told] = correction_findings(result.tried)
    assert (told.code, told.severity) == ("correction_not_applied", Severity.WARN)
    assert (told.cell, told.raw_text) == ("r4 c11", "৯১.০৫%")
    assert "১৯.০৫%" in told.message_bn
    assert "১৯.০৫%" in told.message_en


def test_a_report_without_the_indicator_is_told(declare):
    declare({"indicator": "8.1.1"})
    result = corrected(entry(Cell("r4 c11", 11, "১৯.০৫%")))
    [told] = correction_findings(result.tried)
    assert (told.code, told.cell, told.indicator_code) == ("correction_not_applied", "", "8.1.1")


@pytest.mark.parametrize(
    "other",
    [
        {"office": "khulna"},
        {"fiscal_year": "2023-24"},
        {"quarter": 1},
        {"annex": "grievance"},
    ],
)
def test_reports_it_is_not_about_hear_nothing_of_it(declare, other):
    declare(other)
    assert corrected(entry(Cell("r4 c11", 11, "১৯.০৫%"))).tried == ()


def test_the_annex_may_be_named(declare):
    declare({"annex": "egov"})
    [tried] = corrected(entry(Cell("r4 c11", 11, "১৯.০৫%"))).tried
    assert tried.applied


@pytest.mark.parametrize("expect", ["19.05 %†", "১৯.০৫%", "  ১৯.০৫%\n"])
def test_what_was_expected_is_compared_as_received_and_as_read(declare, expect):
    declare({"expect": expect.strip("\n")})
    [tried] = corrected(entry(Cell("r4 c11", 11, "১৯.০৫%", received="19.05 %†"))).tried
    assert (tried.applied, tried.found) == (True, "19.05 %†")


def test_of_two_corrections_of_one_cell_the_one_that_stands_counts(declare):
    declare({"expect": "১৯.০৫%", "value": "৯১.০৫%"}, {"expect": "১৯%", "value": "৯১%"})
    own = corrected(entry(Cell("r4 c11", 11, "১৯.০৫%")))
    of_matrix = corrected(entry(Cell("r9 c40", 40, "১৯%")))
    neither = corrected(entry(Cell("r4 c11", 11, "২০%")))
    assert [one.correction.value for one in own.tried if one.applied] == ["৯১.০৫%"]
    assert [one.correction.value for one in of_matrix.tried if one.applied] == ["৯১%"]
    assert [one.applied for one in neither.tried] == [False, False]


def test_an_indicator_that_stands_twice_is_corrected_where_the_text_stands(declare):
    declare({"expect": "২০%", "value": "৯১.০৫%"})
    result = corrected(entry(Cell("r4 c11", 11, "৯১.০৫%")), entry(Cell("r5 c11", 11, "২০%")))
    assert [one.achievement_text for one in result.entries] == ["৯১.০৫%", "৯১.০৫%"]
    assert [(one.cell, one.applied) for one in result.tried] == [("r5 c11", True)]


def test_a_rejected_report_is_corrected_by_nothing(declare):
    declare({})
    report = Report("0" * 64, office_id="jashore", corrections=corrected(entry(None)).tried)
    assert report.with_findings([finding("unknown_period")]).corrections == ()


# --- what cannot be meant ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"office": "jashor"}, "no office is registered as `jashor`"),
        ({"fiscal_year": "2024-2025"}, "no fiscal year of the form 2024-25"),
        ({"quarter": 5}, "a quarter is 1 to 4"),
        ({"quarter": "2"}, "`quarter` must be a whole number"),
        ({"field": "target_75"}, "`field` is one of achievement, remark, target_100"),
        ({"reason": " "}, "`reason` and `who` may not be empty"),
        ({"who": None}, "`who` is missing"),
        ({"when": "2025-01-20"}, "`when` must be a day"),
        ({"indicater": "4.1.2"}, "no key is called `indicater`"),
    ],
)
def test_a_declaration_that_cannot_be_meant_says_which_and_why(declare, wrong, sentence):
    declare({}, wrong)
    with pytest.raises(ReferenceMistake) as mistake:
        declared_corrections()
    assert str(mistake.value).startswith("corrections.toml, correction 2: ")
    assert sentence in str(mistake.value)


def test_the_same_text_cannot_be_corrected_to_two_values(declare):
    declare({"value": "৯১.০৫%"}, {"value": "৯০.৫%"})
    with pytest.raises(ReferenceMistake, match="corrected twice"):
        declared_corrections()


@pytest.mark.parametrize(
    "text",
    ["[[corection]]\noffice = 'jashore'", "[correction]\noffice = 'jashore'", "[[correction]\n", "= 1"],
)
def test_a_file_that_is_no_list_of_decisions_is_told(tmp_path, monkeypatch, text):
    (tmp_path / "corrections.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))
    with pytest.raises(ReferenceMistake, match=r"^corrections\.toml"):
        declared_corrections()


def test_the_example_in_the_packaged_file_is_right(tmp_path, monkeypatch):
    packaged = REPOSITORY / "transforms" / "reference" / "corrections.toml"
    lines = packaged.read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line == "# [[correction]]")
    example = []
    for line in lines[first:]:
        if line == "#":
            break
        example.append(line.removeprefix("# "))
    text = "\n".join(line for line in example if not line.startswith("  "))
    (tmp_path / "corrections.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))
    [correction] = declared_corrections()
    assert (correction.office, correction.expect, correction.value) == ("jashore", "১৯.০৫%", "৯১.০৫%")
