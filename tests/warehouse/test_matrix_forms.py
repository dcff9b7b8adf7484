"""What a divisional matrix says is the same in every form of file, and comes back from it."""

import pytest

from extractors.reader import read
from tests.warehouse.examples_taken import take_examples
from transforms.border import check_at_border
from transforms.report_file import read_reports
from warehouse.connection import open_reader
from warehouse.matrix_docx import write_matrix_docx
from warehouse.matrix_pdf import write_matrix_pdf
from warehouse.matrix_xlsx import write_matrix
from warehouse.summary import divisional_matrix

WRITERS = {"xlsx": write_matrix, "docx": write_matrix_docx, "pdf": write_matrix_pdf}
MATRICES = [
    ("2024-25", 2, "khulna", "egov-2024-25"),
    ("2024-25", 1, "khulna", "egov-2024-25"),
    ("2024-25", 1, "sylhet", "egov-2024-25"),
    ("2024-25", 2, "rajshahi", "egov-2024-25"),
    ("2024-25", 2, "khulna", "grievance-2024-25"),
]
FIGURES = """
    SELECT office_id, indicator_code, value, value_date FROM observations
    WHERE fiscal_year = ? AND quarter = ? AND division_id = ? AND plan_id = ?
        AND (value IS NOT NULL OR value_date IS NOT NULL)
"""


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    warehouse, _ = take_examples(tmp_path_factory.mktemp("examples"))
    with open_reader(warehouse) as reader:
        yield reader


def taken_back(matrix, form, folder):
    path = folder / f"matrix.{form}"
    WRITERS[form](matrix, path)
    (report,) = check_at_border(read_reports("0" * 64, path.name, read(path.read_bytes())))
    return report


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("asked", MATRICES, ids=lambda asked: f"{asked[2]} q{asked[1]} {asked[3]}")
def test_our_own_reader_takes_the_same_figures_back(connection, tmp_path, asked, form):
    stored = {row[:2]: row[2:] for row in connection.execute(FIGURES, asked).fetchall()}
    report = taken_back(divisional_matrix(connection, *asked), form, tmp_path)
    seen = {
        (one.office_id, one.indicator_code): (one.value, one.value_date)
        for one in report.observations
        if one.value is not None or one.value_date is not None
    }
    assert stored
    assert seen == stored
    assert (report.form, report.fiscal_year, report.quarter, report.division_id) == (
        "divisional_matrix",
        *asked[:3],
    )


@pytest.mark.parametrize("form", WRITERS)
def test_states_come_back_too_and_a_figure_in_doubt_stays_in_doubt(connection, tmp_path, form):
    asked = MATRICES[0]
    stored = dict(
        connection.execute(
            "SELECT office_id || ' ' || indicator_code, state FROM observations"
            " WHERE fiscal_year = ? AND quarter = ? AND division_id = ? AND plan_id = ?",
            asked,
        ).fetchall()
    )
    report = taken_back(divisional_matrix(connection, *asked), form, tmp_path)
    seen = {f"{one.office_id} {one.indicator_code}": one.state for one in report.observations}
    assert stored["jhenaidah 5.1.1"] == "unreadable"  # stated twice, with different figures
    assert {place: seen[place] for place in stored} == stored


@pytest.mark.parametrize("form", WRITERS)
def test_both_forms_hold_the_same_texts(connection, tmp_path, form):
    matrix = divisional_matrix(connection, *MATRICES[0])
    expected = [cell.achievement for row in matrix.rows for cell in row.cells if row.reported]
    report = taken_back(matrix, form, tmp_path)
    reported = {row.office_id for row in matrix.rows if row.reported}
    assert [one.achievement_raw for one in report.observations if one.office_id in reported] == expected
