"""The two real reports, read whole: every value below was typed by a person from the paper."""

from datetime import date
from pathlib import Path

import pytest

from extractors.reader import read
from tests.seed_files import write_docx, write_xlsx
from transforms.report import Report
from transforms.report_file import read_reports

KHULNA = "khulna_office_report_2024-25_q2.txt"
CHATTOGRAM = "chattogram_divisional_matrix_2023-24_q4.txt"
FORMATS = ("text", "docx", "xlsx", "typed xlsx")

D = date
SUPERIOR_Q2 = "২য় কোয়ার্টারে অধিদপ্তর কতৃক বাস্তবায়িত হয়েছে।"

# code: unit, weight, the five bands, achievement as written, remark as written,
#       state, value or day, achieved in, achieved by, planned for quarter, planned for day
KHULNA_ROWS = {
    "1.1.1": (
        ("date", 10, [D(2025, 3, 16), D(2025, 3, 23), D(2025, 3, 30), D(2025, 4, 6), D(2025, 4, 13)]),
        ("০", "১৬.০৩.২০২৫ তারিখে (৩য় কোয়ার্টারে) বাস্তবায়িত হবে।"),
        ("planned", None, None, None, 3, D(2025, 3, 16)),
    ),
    "2.1.1": (("number", 2, [4, 3, 2, 1, None]), ("১", ""), ("reported", 1, None, None, None, None)),
    "3.1.1": (
        ("date", 7, [D(2025, 5, 8), D(2025, 5, 15), D(2025, 5, 22), D(2025, 5, 29), D(2025, 6, 5)]),
        ("০", "৪র্থ কোয়ার্টারে বাস্তবায়িত হবে।"),
        ("planned", None, None, None, 4, None),
    ),
    "4.1.1": (
        ("date", 2, [D(2024, 8, 31), D(2024, 8, 8), D(2024, 9, 15), D(2024, 9, 22), D(2024, 9, 29)]),
        ("-", "১ম কোয়ার্টারে অর্জন করা হয়েছে"),
        ("achieved", None, 1, None, None, None),
    ),
    "4.1.2": (
        ("percent", 7, [100, 90, 80, 70, 60]),
        ("৬১.৫৪%", ""),
        ("reported", 61.54, None, None, None, None),
    ),
    "5.1.1": (("number", 6, [4, 3, 2, 1, 0]), ("১", ""), ("reported", 1, None, None, None, None)),
    "5.1.2": (("number", 3, [4, 3, 2, 1, 0]), ("১", ""), ("reported", 1, None, None, None, None)),
    "6.1.1": (("number", 4, [4, 3, 2, 1, None]), ("১", ""), ("reported", 1, None, None, None, None)),
    "7.1.1": (
        ("date", 5, [D(2024, 12, 1), D(2024, 12, 15), D(2024, 12, 29), D(2025, 1, 5), D(2025, 1, 12)]),
        ("০১/১২/২৪", SUPERIOR_Q2),
        ("reported", D(2024, 12, 1), 2, "superior", None, None),
    ),
    "8.1.1": (
        ("number", 4, [2, 1, None, None, None]),
        ("-", SUPERIOR_Q2),
        ("achieved", None, 2, "superior", None, None),
    ),
}

MATRIX_COLUMNS = {
    "1.1.1": ("date", 10, D(2024, 3, 16)),
    "2.1.1": ("number", 5, 4),
    "3.1.1": ("date", 8, D(2024, 5, 9)),
    "4.1.1": ("percent", 8, 80),
    "5.1.1": ("number", 7, 4),
    "5.1.2": ("number", 3, 4),
    "6.1.1": ("number", 5, 2),
    "6.1.2": ("date", 4, D(2024, 3, 25)),
}
# One word a cell, in the order of the columns: `done` is অর্জিত হয়েছে without a day, `by-superior` a dash with
# অধিদপ্তর কর্তৃক বাস্তবায়িত, `-` nothing said.
MATRIX_ROWS = {
    "chattogram": ["done", 1, D(2024, 5, 9), 80, 1, 1, 1, "by-superior"],
    "cumilla": ["done", 1, "-", 80, 1, 1, 1, "-"],
    "brahmanbaria": ["done", 1, "-", 84.21, 1, 1, 1, "-"],
    "chandpur": ["done", 1, "-", 80, 1, 1, 1, "-"],
    "noakhali": ["done", 1, "-", 80, 1, 1, 1, "-"],
    "feni": ["done", 1, "-", 80, 1, 1, 1, "-"],
    "lakshmipur": ["done", 1, "-", 80, 1, 1, 1, "-"],
    "coxs-bazar": ["done", 1, "-", 80, 1, 1, 1, "-"],
    "rangamati": ["done", 1, "-", 80, 1, 1, 1, "-"],
    "bandarban": ["done", 1, "-", 80, 1, 1, 1, "-"],
    "khagrachhari": ["done", 1, "-", 80, 1, 1, 1, "-"],
}
MATRIX_REMARKS = {
    ("chattogram", "5.1.1"): "করা হয়েছে",
    ("chattogram", "5.1.2"): "করা হয়েছে",
    ("chattogram", "6.1.1"): "অধিদপ্তর কর্তৃক বাস্তবায়িত",
    ("chattogram", "6.1.2"): "অধিদপ্তর কর্তৃক বাস্তবায়িত",
}


@pytest.fixture(params=FORMATS)
def report_of(request: pytest.FixtureRequest, shared: Path, tmp_path: Path):
    """Read one seed in one of the formats that an office might have sent it in."""

    def read_as(name: str) -> Report:
        text = (shared / "seeds" / name).read_text(encoding="utf-8")
        path = tmp_path / "report"
        if request.param == "text":
            path.write_text(text, encoding="utf-8")
        elif request.param == "docx":
            write_docx(text, path)
        else:
            write_xlsx(text, path, typed=request.param == "typed xlsx")
        (report,) = read_reports("0" * 64, name, read(path.read_bytes()))
        return report

    read_as.is_typed = request.param == "typed xlsx"
    return read_as


def test_khulna_is_one_office_form_of_one_quarter(report_of):
    report = report_of(KHULNA)
    assert (report.form, report.office_id, report.division_id) == ("office_form", "khulna", "khulna")
    assert (report.fiscal_year, report.quarter) == ("2024-25", 2)
    assert report.status == "accepted_with_findings"
    assert [seen.indicator_code for seen in report.observations] == list(KHULNA_ROWS)


@pytest.mark.parametrize("code", KHULNA_ROWS)
def test_khulna_row(report_of, code):
    report = report_of(KHULNA)
    (unit, weight, bands), (achievement, remark), expected = KHULNA_ROWS[code]
    seen = next(seen for seen in report.observations if seen.indicator_code == code)
    assert (seen.unit, seen.weight, seen.plan_id) == (unit, weight, "egov-2024-25")
    if not report_of.is_typed:
        assert (seen.achievement_raw, seen.remark_raw) == (achievement, remark)
    value = seen.value if seen.value_date is None else seen.value_date
    assert (
        seen.state,
        value,
        seen.achieved_quarter,
        seen.achieved_by,
        seen.planned_quarter,
        seen.planned_date,
    ) == expected
    ladder = {band.band: band for band in report.target_bands if band.indicator_code == code}
    for band, target in zip((100, 90, 80, 70, 60), bands, strict=True):
        if target is None:
            assert band not in ladder
        else:
            assert (ladder[band].target_date or ladder[band].target_value) == target or target == 0 == ladder[
                band
            ].target_value


def test_chattogram_is_one_matrix_of_one_quarter(report_of):
    report = report_of(CHATTOGRAM)
    assert (report.form, report.office_id, report.division_id) == ("divisional_matrix", "", "chattogram")
    assert (report.fiscal_year, report.quarter) == ("2023-24", 4)
    assert report.status == "accepted_with_findings"
    assert len(report.observations) == 11 * 8


@pytest.mark.parametrize("office_id", MATRIX_ROWS)
def test_chattogram_row(report_of, office_id):
    report = report_of(CHATTOGRAM)
    seen_of = {seen.indicator_code: seen for seen in report.observations if seen.office_id == office_id}
    targets = {band.indicator_code: band for band in report.target_bands if band.office_id == office_id}
    assert list(seen_of) == list(MATRIX_COLUMNS)
    for code, written in zip(MATRIX_COLUMNS, MATRIX_ROWS[office_id], strict=True):
        unit, weight, target = MATRIX_COLUMNS[code]
        seen = seen_of[code]
        assert (seen.unit, seen.weight, seen.plan_id) == (unit, weight, "egov-2023-24")
        assert (targets[code].band, targets[code].target_date or targets[code].target_value) == (100, target)
        remark = MATRIX_REMARKS.get((office_id, code), "-")
        assert seen.remark_raw == remark
        if written == "done":
            assert (seen.state, seen.value, seen.value_date) == ("achieved", None, None)
            assert seen.achievement_raw == "অর্জিত হয়েছে"
        elif written == "by-superior":
            assert (seen.state, seen.achieved_by, seen.achieved_quarter) == ("achieved", "superior", None)
        elif written == "-":
            assert (seen.state, seen.value, seen.value_date) == ("unstated", None, None)
        else:
            assert (seen.state, seen.value_date or seen.value) == ("reported", written)
        if (office_id, code) == ("chattogram", "6.1.1"):
            assert seen.achieved_by == "superior"


def test_every_observation_names_its_own_cell(report_of):
    for name in (KHULNA, CHATTOGRAM):
        cells = [seen.cell for seen in report_of(name).observations]
        assert all(cells)
        assert len(set(cells)) == len(cells)


def _told(report: Report) -> dict[tuple[str, str], list[str]]:
    told: dict[tuple[str, str], list[str]] = {}
    for found in report.findings:
        assert found.message_bn
        assert found.message_en
        told.setdefault((found.code, found.indicator_code), []).append(found.raw_text)
    return told


def test_what_a_careful_reader_finds_in_khulna(report_of):
    report = report_of(KHULNA)
    told = _told(report)
    assert len(told["target_bands_not_monotonic", "4.1.1"]) == 1
    if not report_of.is_typed:
        assert told["target_bands_not_monotonic", "4.1.1"] == ["০৮/০৮/২৪"]
        assert told["zero_band", "5.1.1"] == told["zero_band", "5.1.2"] == ["০"]
        assert told["top_band_met", "7.1.1"] == ["০১/১২/২৪"]
    assert ("date_missing", "4.1.1") in told
    assert ("value_missing", "8.1.1") in told
    assert {code for kind, code in told if kind == "top_band_met"} == {"7.1.1"}
    assert {code for kind, code in told if kind == "zero_band"} == {"5.1.1", "5.1.2"}
    assert any("ব্যৱস্থাপনা" in raw for raw in told["foreign_letter", ""])
    assert ("weights_add_up", "") in told
    assert all(found.cell for found in report.findings if found.code != "weights_add_up")


def test_what_a_careful_reader_finds_in_chattogram(report_of):
    report = report_of(CHATTOGRAM)
    told = _told(report)
    assert told["unit_conflict", "3.1.1"] == ["লক্ষ্যমাত্রা সংখ্যা"]
    assert len(told["nothing_stated", "3.1.1"]) == 10
    assert len(told["date_missing", "1.1.1"]) == 11
    assert told["superior_named_unevenly", "6.1.1"] == ["অধিদপ্তর কর্তৃক বাস্তবায়িত"]
    assert told["superior_named_unevenly", "6.1.2"] == ["অধিদপ্তর কর্তৃক বাস্তবায়িত"]
    assert {code for kind, code in told if kind == "stands_alone"} == {"4.1.1"}
    alone = next(found for found in report.findings if found.code == "stands_alone")
    assert alone.office_id == "brahmanbaria"
    assert len(told["all_offices_present", ""]) == 1
    assert "ওয়ে টেড" in told["heading_repaired", ""][0]
    assert ("weights_add_up", "") in told
