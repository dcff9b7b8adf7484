import pytest

from tests.warehouse.reports import matrix_report, office_report, submission
from warehouse.load import load

ON_TIME, LATE, LATER = "2025-01-15T17:59", "2025-01-15T18:00", "2025-03-01T06:00"


def rates(connection, quarter=2, division="khulna"):
    (row,) = connection.execute(
        "SELECT expected, received, on_time, late, missing, rate_pct, on_time_pct FROM reporting_rates"
        " WHERE quarter = ? AND division_id = ?",
        [quarter, division],
    ).fetchall()
    return row


def send(connection, name, received, office, **kwargs):
    sent = submission(name, received)
    load(connection, [sent], [office_report(sent, {"5.1.1": 1}, office=office, **kwargs)])
    return sent


def test_received_on_time_late_and_missing(writer):
    send(writer, "khulna.docx", ON_TIME, "khulna")
    send(writer, "jashore.docx", LATE, "jashore")
    send(writer, "magura.docx", LATER, "magura")
    assert rates(writer) == (10, 3, 1, 2, 7, 30, 10)
    assert rates(writer, division="dhaka") == (13, 0, 0, 0, 13, 0, 0)


def test_a_matrix_brings_the_figures_of_its_offices(writer):
    matrix = submission("matrix.xlsx", ON_TIME)
    answers = {office: {"5.1.1": "unstated"} for office in ("khulna", "jashore", "magura")}
    load(writer, [matrix], [matrix_report(matrix, answers)])
    assert rates(writer) == (10, 3, 3, 0, 7, 30, 30)


@pytest.mark.parametrize("timely_first", [True, False])
def test_a_correction_does_not_make_a_timely_report_late(writer, timely_first):
    times = [ON_TIME, LATER] if timely_first else [LATER, ON_TIME]
    for name, received in zip(("a.docx", "b.docx"), times, strict=True):
        send(writer, name, received, "khulna")
    assert rates(writer) == (10, 1, 1, 0, 9, 10, 10)
    (received_on,) = writer.execute(
        "SELECT received_on::VARCHAR FROM reporting_status WHERE office_id = 'khulna' AND quarter = 2"
    ).fetchone()
    assert received_on == "2025-01-15"


def test_quarters_before_the_latest_are_missing_and_later_ones_not_yet_asked_for(writer):
    send(writer, "q3.docx", "2025-04-01T06:00", "khulna", quarter=3)
    assert [rates(writer, quarter)[:2] for quarter in (1, 2, 3)] == [(10, 0), (10, 0), (10, 1)]
    assert writer.execute("SELECT count(*) FROM reporting_rates WHERE quarter = 4").fetchone() == (0,)


def test_each_level_has_its_own_due_date(change_plan, writer):
    change_plan("default = 2025-01-15", "default = 2025-01-15\ndistrict = 2025-01-10")

    send(writer, "khulna.docx", "2025-01-12T06:00", "khulna")
    send(writer, "jashore.docx", "2025-01-12T06:00", "jashore")

    assert rates(writer) == (10, 2, 1, 1, 8, 20, 10)
    late = writer.execute(
        "SELECT file_name FROM submissions JOIN findings USING (submission_id) WHERE code = 'late'"
    ).fetchall()
    assert late == [("jashore.docx",)]
