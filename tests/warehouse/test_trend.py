import pytest

from tests.warehouse.reports import office_report, submission
from warehouse.load import load
from warehouse.trend import MOST_QUARTERS, Quarter, percentage_trends, quarters_until, reporting_trends


def test_quarters_run_over_the_end_of_a_fiscal_year():
    assert quarters_until(Quarter("2024-25", 2), 4) == (
        *(("2023-24", 3), ("2023-24", 4)),
        *(("2024-25", 1), ("2024-25", 2)),
    )


def test_a_century_ends_as_any_year():
    assert quarters_until(Quarter("2000-01", 1), 2)[0] == ("1999-00", 4)


@pytest.fixture
def followed(writer):
    """Khulna in the first and the third quarter: 50, nothing, 70."""
    first, third = submission("q1.docx", "2024-10-10T06:00"), submission("q3.docx", "2025-04-10T06:00")
    reports = [office_report(first, {"4.1.2": 50}, quarter=1), office_report(third, {"4.1.2": 70}, quarter=3)]
    load(writer, [first, third], reports)
    return writer


def test_a_quarter_without_a_figure_is_a_gap_and_not_a_zero(followed):
    (trend,) = percentage_trends(followed, Quarter("2024-25", 3))
    (khulna,) = trend.lines
    assert (khulna.division.en, khulna.percentages) == ("Khulna", (50, None, 70))
    assert len(khulna.drawn.strokes) == 2


def test_a_quarter_without_a_report_has_a_rate_of_nothing(followed):
    (trend,) = [trend for trend in reporting_trends(followed, Quarter("2024-25", 3)) if trend.annex == "egov"]
    khulna = next(line for line in trend.lines if line.division.en == "Khulna")
    assert khulna.percentages == (10, 0, 10)
    assert len(trend.lines) == 8


def test_a_trend_ends_with_the_quarter_asked_for(followed):
    (trend,) = percentage_trends(followed, Quarter("2024-25", 2))
    assert trend.quarters == (("2024-25", 1), ("2024-25", 2))


def test_what_lies_far_back_is_not_followed(followed):
    far = quarters_until(Quarter("2026-27", 4), MOST_QUARTERS)
    assert ("2024-25", 3) not in far
    assert percentage_trends(followed, Quarter("2026-27", 4)) == ()
