from datetime import date

import pytest

from tests.warehouse.reports import matrix_report, office_report, submission
from warehouse.load import load

FIGURES = (
    "offices_expected, offices_reported, offices_stated, offices_with_value, offices_achieved,"
    " total_value, mean_value, min_value, max_value"
)
MATRIX = submission("khulna q2.xlsx", "2025-01-10T06:00")
ANSWERS = {
    "khulna": {"5.1.1": 1, "4.1.2": 60, "7.1.1": date(2024, 12, 1)},
    "jashore": {"5.1.1": 4, "4.1.2": 100, "7.1.1": "achieved"},
    "magura": {"5.1.1": "unstated", "4.1.2": "unstated", "7.1.1": "planned"},
}


@pytest.fixture
def loaded(writer):
    load(writer, [MATRIX], [matrix_report(MATRIX, ANSWERS)])
    return writer


def line(connection, code, *, table="divisional_summary", division="khulna", quarter=2):
    where = f"indicator_code = '{code}' AND quarter = {quarter}"
    if table == "divisional_summary":
        where += f" AND division_id = '{division}'"
    (row,) = connection.execute(f"SELECT {FIGURES} FROM {table} WHERE {where}").fetchall()
    return row


@pytest.mark.parametrize(
    ("code", "figures"),
    [
        ("5.1.1", (10, 3, 2, 2, 1, 5, 2.5, 1, 4)),  # counts are summed; four of four is achieved
        ("4.1.2", (10, 3, 2, 2, 1, None, 80, 60, 100)),  # percentages are not
        ("7.1.1", (10, 3, 3, 0, 2, None, None, None, None)),  # dates are neither summed nor averaged
        ("6.1.1", (10, 0, 0, 0, 0, None, None, None, None)),  # nobody's report holds it
    ],
)
def test_the_figures_of_a_division(loaded, code, figures):
    assert line(loaded, code) == figures


def test_every_division_has_its_rows_in_a_quarter_that_anybody_reported(loaded):
    assert loaded.execute(
        "SELECT count(*), count(DISTINCT division_id), list(DISTINCT quarter) FROM divisional_summary"
    ).fetchall() == [(8 * 10, 8, [2])]
    assert line(loaded, "5.1.1", division="barishal") == (6, 0, 0, 0, 0, None, None, None, None)


def test_what_was_achieved_stays_achieved_in_a_later_quarter(loaded):
    sent = submission("khulna q3.docx", "2025-04-10T06:00")
    load(loaded, [sent], [office_report(sent, {"7.1.1": "unstated"}, quarter=3)])
    assert line(loaded, "7.1.1", quarter=3) == (10, 1, 0, 0, 2, None, None, None, None)


def test_the_nation_is_summed_from_its_offices(loaded):
    bhola = submission("bhola q2.docx")
    load(loaded, [bhola], [office_report(bhola, {"5.1.1": 10}, office="bhola")])
    assert line(loaded, "5.1.1", table="national_summary") == (66, 4, 3, 3, 2, 15, 5, 1, 10)


def test_the_mean_of_a_single_figure_is_that_figure(writer):
    bhola = submission("bhola q2.docx")
    load(writer, [bhola], [office_report(bhola, {"4.1.2": 60}, office="bhola")])
    assert line(writer, "4.1.2", table="national_summary")[6] == 60


def test_an_office_is_expected_from_its_first_day_to_its_last(tmp_path, monkeypatch, writer):
    folder = tmp_path / "reference"
    folder.mkdir()
    header = "office_id,name_bn,name_en,level,district_id,division_id,active_from,active_to"
    lines = [
        "khulna,খুলনা,Khulna,divisional,khulna,khulna,,",
        "jashore,যশোর,Jashore,district,jashore,khulna,2024-12-31,",
        "magura,মাগুরা,Magura,district,magura,khulna,2025-01-01,",
        "narail,নড়াইল,Narail,district,narail,khulna,,2024-12-31",
        "satkhira,সাতক্ষীরা,Satkhira,district,satkhira,khulna,,2024-12-30",
    ]
    (folder / "offices.csv").write_text("\n".join([header, *lines]), encoding="utf-8")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(folder))

    closed = {"satkhira": {"5.1.1": 2}, "khulna": {"5.1.1": 1}}
    load(writer, [MATRIX], [matrix_report(MATRIX, closed)])

    # Satkhira had closed and reported all the same: it is not expected, and its figure is not lost.
    assert line(writer, "5.1.1") == (3, 2, 2, 2, 0, 3, 1.5, 1, 2)
    assert line(writer, "5.1.1", division="sylhet") == (0, 0, 0, 0, 0, None, None, None, None)
    assert writer.execute(
        "SELECT list(office_id ORDER BY office_id) FROM reporting_status WHERE quarter = 2"
    ).fetchall() == [(["jashore", "khulna", "narail"],)]
    assert writer.execute(
        "SELECT expected, received, rate_pct FROM reporting_rates"
        " WHERE quarter = 2 AND division_id = 'sylhet'"
    ).fetchall() == [(0, 0, None)]
