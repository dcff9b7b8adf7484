import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from transforms.border import check_at_border
from transforms.office import office_of
from transforms.report_file import read_file

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
INBOX = EXAMPLES / "inbox"
CUT_SHORT = "sirajganj Q2.docx"
COPY, ORIGINAL = "Copy of Rajshahi_Q2.xlsx", "Rajshahi_Q2.xlsx"
FAULTS = {
    "বাগেরহাট ২য় কোয়ার্টার.docx": "unreadable_value",
    "Kushtia e-governance report Q2.docx": "unknown_phrase",
    "satkhira 2nd quarter.xlsx": "period_conflict",
    "narail Q2.docx": "target_bands_not_monotonic",
    "মাগুরা প্রতিবেদন (জুলাই-সেপ্টেম্বর).docx": "percent_over_100",
    "ঝিনাইদহ ২য় ত্রৈমাসিক প্রতিবেদন.docx": "duplicate_indicator",
    "পাবনা ২য় ত্রৈমাসিক.txt": "missing_indicator",
}
REJECTED = {
    "e-gov form Q2 (final).docx": "unknown_office",
    "নৈমিত্তিক ছুটির আবেদন.docx": "unknown_form",
    CUT_SHORT: "unreadable_file",
}
PLAIN = [
    "Khulna Q1 2024-25.docx",
    "jashore_q1.xlsx",
    "jashore_q2.xlsx",
    "jashore_q2_corrected.xlsx",
    "বাগেরহাট ১ম কোয়ার্টার.txt",
    "রাজশাহী বিভাগীয় গণগ্রন্থাগার ১ম ত্রৈমাসিক.docx",
    "Rajshahi_Q2.xlsx",
    "bogura q1 2024-25.xlsx",
    "bogura q2 2024-25.docx",
    "natore_quarter_1.txt",
    "natore_quarter_2.docx",
]


GRIEVANCE = {1: "Khulna grievance Q1 2024-25.xlsx", 2: "খুলনা অভিযোগ প্রতিকার ২য় ত্রৈমাসিক.docx"}


def write_inbox(folder):
    script = EXAMPLES / "make_inbox.py"
    subprocess.run([sys.executable, script, folder], check=True, capture_output=True, cwd=folder.parent)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def read(name):
    (report,) = check_at_border(read_file("0" * 64, name, (INBOX / name).read_bytes()))
    return report


def parts(path):
    """The parts of a docx or xlsx without their compression, which differs from machine to machine."""
    with zipfile.ZipFile(path) as package:
        return {member.filename: (member.date_time, package.read(member)) for member in package.infolist()}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "inbox"
    return folder, write_inbox(folder)


@pytest.fixture(scope="module")
def reports():
    return {path.name: read(path.name) for path in INBOX.iterdir()}


def test_writing_twice_writes_the_same_bytes(made, tmp_path):
    _, first = made
    assert write_inbox(tmp_path / "again") == first
    assert len(first) == 26


def test_committed_inbox_is_what_the_script_writes(made):
    folder, files = made
    assert {path.name for path in INBOX.iterdir()} == set(files)
    for name in files:
        if name.endswith(".txt"):
            assert (INBOX / name).read_bytes() == files[name], name
        elif name != CUT_SHORT:
            assert parts(INBOX / name) == parts(folder / name), name


def test_readme_tells_of_every_file_and_no_other():
    table = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `(.+?)` \|", table, re.MULTILINE)) == sorted(
        path.name for path in INBOX.iterdir()
    )


def test_readme_names_the_fault_of_each_file():
    lines = (EXAMPLES / "README.md").read_text(encoding="utf-8").splitlines()
    for name, code in (FAULTS | REJECTED).items():
        (line,) = (line for line in lines if line.startswith(f"| `{name}` |"))
        assert f"`{code}`" in line


def test_inbox_holds_both_forms_of_eight_offices_in_two_divisions_over_two_quarters(reports):
    forms = [report for report in reports.values() if report.form == "office_form" and report.office_id]
    assert {"office_form", "divisional_matrix"} <= {report.form for report in reports.values()}
    assert len({report.office_id for report in forms}) >= 8
    assert {office_of(report.office_id).division_id for report in forms} == {"khulna", "rajshahi"}
    assert {report.quarter for report in forms} == {1, 2}
    assert {report.fiscal_year for report in forms} == {"2024-25"}
    assert {path.suffix for path in INBOX.iterdir()} == {".docx", ".xlsx", ".txt"}


def test_some_offices_report_both_quarters_and_some_only_one(reports):
    quarters = {}
    for report in reports.values():
        if report.office_id:
            quarters.setdefault(report.office_id, set()).add(report.quarter)
    assert {office for office, reported in quarters.items() if reported == {1, 2}} >= {
        "khulna",
        "jashore",
        "rajshahi",
    }
    assert any(len(reported) == 1 for reported in quarters.values())


@pytest.mark.parametrize(("name", "code"), FAULTS.items())
def test_fault_is_found_and_the_rest_of_the_report_is_taken(reports, name, code):
    report = reports[name]
    (found,) = (found for found in report.findings if found.code == code)
    assert report.status == "accepted_with_findings"
    assert found.cell or code == "missing_indicator"
    assert len(report.observations) == (9 if code == "missing_indicator" else 10)


@pytest.mark.parametrize(("name", "code"), REJECTED.items())
def test_what_is_no_report_of_a_known_office_is_rejected(reports, name, code):
    assert (reports[name].status, reports[name].rejection_code) == ("rejected", code)


@pytest.mark.parametrize("name", PLAIN)
def test_plain_report_is_accepted_whole(reports, name):
    report = reports[name]
    assert (report.status, len(report.observations)) == ("accepted", 10)
    assert {observation.fiscal_year for observation in report.observations} == {"2024-25"}


@pytest.mark.parametrize(("quarter", "name"), GRIEVANCE.items())
def test_report_on_a_sister_annex_is_read_by_the_plan_of_that_annex(reports, quarter, name):
    report = reports[name]
    assert (report.office_id, report.quarter, report.status) == ("khulna", quarter, "accepted")
    assert {observation.plan_id for observation in report.observations} == {"grievance-2024-25"}
    assert len(report.observations) == 5


def test_no_complaint_at_all_is_no_case_and_neither_zero_nor_blank(reports):
    (complaints,) = (x for x in reports[GRIEVANCE[1]].observations if x.indicator_code == "2.1.1")
    assert (complaints.state, complaints.value) == ("no_case", None)


def test_matrix_holds_ten_indicators_of_four_libraries(reports):
    (matrix,) = (report for report in reports.values() if report.form == "divisional_matrix")
    assert (matrix.division_id, matrix.quarter, matrix.status) == ("sylhet", 1, "accepted_with_findings")
    assert len(matrix.observations) == 40


def test_near_miss_of_an_office_suggests_the_office_meant(reports):
    (found,) = (x for x in reports["e-gov form Q2 (final).docx"].findings if x.code == "unknown_office")
    assert "জয়পুরহাট" in found.message_bn


def test_resubmission_differs_from_the_first_report_in_the_corrected_figure_alone(reports):
    first, second = (
        {observation.indicator_code: observation.value for observation in reports[name].observations}
        for name in ("jashore_q2.xlsx", "jashore_q2_corrected.xlsx")
    )
    assert {code: (first[code], second[code]) for code in first if first[code] != second[code]} == {
        "4.1.2": (19.05, 91.05)
    }
    assert "jashore_q2.xlsx" < "jashore_q2_corrected.xlsx"  # the order in which an inbox is listed


def test_copy_has_the_bytes_of_its_original():
    assert (INBOX / COPY).read_bytes() == (INBOX / ORIGINAL).read_bytes()


def test_cut_short_document_is_no_package_any_more():
    assert not zipfile.is_zipfile(INBOX / CUT_SHORT)
    assert (INBOX / CUT_SHORT).read_bytes()[:2] == b"PK"


def test_typed_workbook_keeps_numbers_shown_in_bengali_digits():
    sheet = load_workbook(INBOX / "jashore_q2_corrected.xlsx").active
    stored = [
        cell for row in sheet.iter_rows() for cell in row if cell.data_type in "nd" and cell.value is not None
    ]
    assert {cell.number_format for cell in stored} == {
        "[$-5000445]0",
        "[$-5000445]0.00%",
        "[$-5000445]dd/mm/yy",
    }
    assert 0.9105 in {cell.value for cell in stored}


def test_serial_and_activity_are_merged_down_as_offices_merge_them():
    table = docx.Document(INBOX / "Khulna Q1 2024-25.docx").tables[0]
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts[6][0] == texts[7][0] == "০৪"
    assert table.cell(6, 1)._tc is table.cell(7, 1)._tc
    merged = {str(area) for area in load_workbook(INBOX / "jashore_q1.xlsx").active.merged_cells.ranges}
    heading = {f"{letter}9:{letter}11" for letter in "ABCDEKL"} | {"F9:J9"}
    assert merged == heading | {"A15:A16", "B15:B16", "A17:A18", "B17:B18"}


def test_nobody_real_can_be_reached_through_the_examples():
    lines = [line for path in INBOX.iterdir() for line in texts_of(path)]
    reachable = [line for line in lines if "@" in line or "ফোন" in line]
    assert len(reachable) > 30
    for line in reachable:
        assert line.endswith("@example.org") or line == "ফোনঃ ০১০০-০০০০০০"


def texts_of(path):
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8").splitlines()
    if path.suffix == ".xlsx":
        rows = load_workbook(path).active.iter_rows(values_only=True)
        return [str(value) for row in rows for value in row if value is not None]
    if path.name == CUT_SHORT:
        return []
    document = docx.Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells
