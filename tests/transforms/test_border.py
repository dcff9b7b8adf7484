from dataclasses import replace
from datetime import date

import pytest

from tests.transforms.papers import FIGURES, as_docx, figures, office_paper, read_bytes, with_cell
from transforms.border import check_at_border, observations_frame, row_schema, structure_schema
from transforms.report import Report

FIRST = "a" * 64
SECOND = "b" * 64


def sent_as(submission_id, report):
    """The report as another submission gives it."""
    rows = tuple(row._replace(submission_id=submission_id) for row in report.observations)
    return replace(report, submission_id=submission_id, observations=rows)


@pytest.fixture(scope="module")
def report():
    return sent_as(FIRST, read_bytes(as_docx(office_paper())))


def with_observation(report, place=0, **changes):
    """The report with one of its observations changed."""
    rows = list(report.observations)
    rows[place] = rows[place]._replace(**changes)
    return replace(report, observations=tuple(rows))


def at_border(*reports):
    return check_at_border(reports)


def new_codes(before, after):
    return [found.code for found in after.findings[len(before.findings) :]]


def test_sound_report_passes_unchanged(report):
    (passed,) = at_border(report)
    assert passed == report
    assert figures(passed) == FIGURES


def test_no_reports_at_all():
    assert at_border() == ()


def test_rejected_report_passes_with_its_reason(report):
    rejected = Report(FIRST, findings=report.findings[:1])
    assert at_border(rejected, report) == (rejected, report)


# --- structure: the report is rejected whole -------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"office_id": ""}, "str_length"),
        ({"indicator_code": ""}, "str_length"),
        ({"cell": ""}, "str_length"),
        ({"state": "perhaps"}, "isin"),
        ({"unit": "metre"}, "isin"),
        ({"indicator_code": "2.1.1"}, "multiple_fields_uniqueness"),
    ],
)
def test_broken_structure_rejects_its_report_and_no_other(report, changes, problem):
    broken, sound = with_observation(report, **changes), sent_as(SECOND, report)
    refused, passed = at_border(broken, sound)
    assert (refused.rejection_code, refused.observations, refused.target_bands) == (
        "report_structure",
        (),
        (),
    )
    assert any(problem in found.message_en for found in refused.findings)
    assert passed == sound


def test_where_one_report_is_rejected_a_figure_of_another_is_still_told_to_its_own(report):
    broken, other = with_observation(report, state="perhaps"), sent_as(SECOND, report)
    refused, checked = at_border(broken, with_observation(other, 4, value=120.0))
    assert new_codes(report, refused) == ["report_structure"]
    assert new_codes(other, checked) == ["percent_over_100"]
    assert checked.observations[4].state == "unreadable"


def test_finding_of_the_structure_names_the_cell(report):
    (refused,) = at_border(with_observation(report, 3, state="perhaps"))
    (found,) = (found for found in refused.findings if found.code == "report_structure")
    assert found.cell == report.observations[3].cell
    assert found.message_bn


# --- rows: the figure is withheld ------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "code"), [(100.01, "percent_over_100"), (-0.5, "negative_value")])
def test_percentage_that_cannot_be_true_is_withheld(report, value, code):
    (checked,) = at_border(with_observation(report, 4, value=value))
    seen = checked.observations[4]
    assert (seen.state, seen.value, seen.achievement_raw) == ("unreadable", None, "৬১.৫৪%")
    assert new_codes(report, checked) == [code]
    assert (checked.findings[-1].cell, checked.findings[-1].office_id) == (seen.cell, "jashore")
    assert {row: figures(checked)[row] for row in FIGURES if row != "4.1.2"} == {
        row: said for row, said in FIGURES.items() if row != "4.1.2"
    }


@pytest.mark.parametrize("value", [0.0, 100.0, 61.54])
def test_percentages_from_0_to_100_stand(report, value):
    (checked,) = at_border(with_observation(report, 4, value=value))
    assert checked.observations[4].value == value


def test_count_above_100_stands(report):
    (checked,) = at_border(with_observation(report, 1, value=12345.0))
    assert checked.observations[1].value == 12345.0


def test_impossible_figures_of_two_reports_are_each_told_to_their_own(report):
    other = sent_as(SECOND, report)
    first, second = at_border(
        with_observation(report, 4, value=120.0), with_observation(other, 1, value=-1.0)
    )
    assert new_codes(report, first) == ["percent_over_100"]
    assert new_codes(other, second) == ["negative_value"]


@pytest.mark.parametrize(("text", "code"), [("১২০%", "percent_over_100"), ("১০০.০১%", "percent_over_100")])
def test_what_an_office_wrote_is_withheld_with_its_cell(text, code):
    report = read_bytes(as_docx(with_cell(office_paper(), 7, 10, text)))
    (checked,) = at_border(report)
    (found,) = (found for found in checked.findings if found.code == code)
    assert (found.raw_text, found.cell, found.severity) == (text, "table 1 r8 c11", "quarantine")
    assert figures(checked)["4.1.2"] == ("unreadable", None)
    assert checked.status == "accepted_with_findings"


# --- the frame -------------------------------------------------------------------------------------------


def test_frame_has_a_row_for_each_observation_and_the_types_of_the_contract(report):
    frame = observations_frame([report, report])
    assert len(frame) == 20
    types = {name: str(frame[name].dtype) for name in ("quarter", "value", "value_date", "office_id")}
    assert types == {
        "quarter": "Int64",
        "value": "Float64",
        "value_date": "datetime64[s]",
        "office_id": "string",
    }
    assert frame["value_date"].dropna().iloc[0].date() == date(2024, 8, 27)
    assert frame["value"].isna().sum() == 2 * 4


def test_frame_of_nothing_has_the_same_columns(report):
    assert list(observations_frame([]).columns) == list(observations_frame([report]).columns)


def test_schemas_are_made_once():
    assert structure_schema() is structure_schema()
    assert row_schema() is row_schema()
