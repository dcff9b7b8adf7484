from datetime import date

import pytest

from tests.warehouse.ladders import (
    COUNTS,
    DATE,
    DECEMBER,
    HUNDREDS,
    LATEST,
    LESS_IS_BETTER,
    SUM,
    undetermined,
)


@pytest.fixture
def average_plan(change_plan):
    """The plan of 2024-25 with its percentage averaged over the quarters."""
    change_plan('calculation = "cumulative"', 'calculation = "average"')


# --- sum ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "nothing", ["unstated", "planned", "in_progress", "not_achieved", "no_case", "not_applicable"]
)
def test_a_quarter_that_says_nothing_adds_nothing_to_a_sum(score, nothing):
    assert score(SUM, {1: 1, 2: nothing, 3: 1}, COUNTS)[:5] == (80, pytest.approx(4.8), "computed", None, 2)


@pytest.mark.parametrize("nothing", ["unstated", "planned", "not_achieved"])
def test_a_sum_of_nothing_earns_nothing(score, nothing):
    assert score(SUM, {1: nothing, 2: nothing}, COUNTS)[:5] == (0, 0, "computed", None, 0)


@pytest.mark.parametrize(
    ("quarters", "reason"),
    [
        ({1: 1, 3: 1}, "quarter_missing"),
        ({2: 1}, "quarter_missing"),
        ({1: 1, 2: "achieved"}, "value_missing"),
        ({1: 1, 2: "unreadable"}, "unreadable"),
        ({1: "not_applicable", 2: "unstated"}, "not_applicable"),
        ({1: "no_case", 2: "no_case"}, "no_case"),
    ],
)
def test_a_sum_that_cannot_be_known(score, quarters, reason):
    found = score(SUM, quarters, COUNTS)
    assert undetermined(found) == reason
    assert found[4] is None


@pytest.mark.parametrize("unknown", [{}, {2: "achieved"}, {2: "unreadable"}])
def test_a_sum_whose_known_quarters_reach_the_top_needs_no_more(score, unknown):
    assert score(SUM, {1: 3, **unknown, 3: 1}, COUNTS)[:5] == (100, pytest.approx(6), "computed", None, 4)


def test_less_is_better_needs_every_quarter_and_a_figure(score):
    assert undetermined(score(SUM, {1: 100, 3: 100}, LESS_IS_BETTER)) == "quarter_missing"


def test_no_figure_at_all_is_not_the_least_figure(score):
    found = score(SUM, {1: "unstated"}, LESS_IS_BETTER)
    assert undetermined(found) == "value_missing"
    assert found[4] is None


def test_achieved_in_an_earlier_quarter_adds_what_that_quarter_reported(score):
    points_back = {"state": "achieved", "achieved_quarter": 1}
    assert score(SUM, {1: 2, 2: points_back}, COUNTS)[:5] == (80, pytest.approx(4.8), "computed", None, 2)


def test_achieved_in_an_earlier_quarter_that_gave_no_figure_is_unknown(score):
    points_back = {"state": "achieved", "achieved_quarter": 1}
    assert undetermined(score(SUM, {1: "unstated", 2: points_back}, COUNTS)) == "value_missing"


def test_each_quarter_is_scored_as_of_its_end(score, writer):
    score(SUM, {1: 1, 2: "unstated", 4: 2}, COUNTS)
    found = writer.execute(
        "SELECT quarter, ytd_value, score_pct, reason FROM scores WHERE indicator_code = ? ORDER BY quarter",
        [SUM],
    ).fetchall()
    assert found == [
        (1, 1, 70, None),
        (2, 1, 70, None),
        (3, None, None, "quarter_missing"),
        (4, None, None, "quarter_missing"),
    ]


# --- average, cumulative, date ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quarters", "mean"),
    [
        ({1: 60, 2: 80}, 70),
        ({1: 60, 2: "no_case", 3: 80}, 70),
        ({1: "unstated", 2: 80}, 80),
        ({1: 60, 2: {"state": "achieved", "achieved_quarter": 1}}, 60),
    ],
)
def test_an_average_is_taken_over_the_quarters_with_a_figure(average_plan, score, quarters, mean):
    assert score(LATEST, quarters, HUNDREDS)[:5] == (
        mean,
        pytest.approx(7 * mean / 100),
        "computed",
        None,
        mean,
    )


@pytest.mark.parametrize(
    ("quarters", "reason"),
    [
        ({1: 60, 3: 80}, "quarter_missing"),
        ({1: 60, 2: "unreadable"}, "unreadable"),
        ({1: 60, 2: "achieved"}, "value_missing"),
        ({1: "unstated"}, "value_missing"),
        ({1: "no_case"}, "no_case"),
        ({1: "not_applicable"}, "not_applicable"),
    ],
)
def test_an_average_that_cannot_be_known(average_plan, score, quarters, reason):
    assert undetermined(score(LATEST, quarters, HUNDREDS)) == reason


@pytest.mark.parametrize(
    ("quarters", "latest"),
    [
        ({1: 60, 2: 80}, 80),
        ({1: 80, 2: 60}, 60),
        ({1: 60, 3: 80}, 80),  # earlier quarters do not matter
        ({4: 80}, 80),
        ({1: 60, 2: "unstated"}, 60),
        ({1: 60, 2: "planned", 3: "no_case"}, 60),
        ({1: "unreadable", 2: 80}, 80),
    ],
)
def test_a_cumulative_figure_is_the_latest(score, quarters, latest):
    found = score(LATEST, quarters, HUNDREDS)
    assert found[:5] == (pytest.approx(latest), pytest.approx(7 * latest / 100), "computed", None, latest)


@pytest.mark.parametrize(
    ("quarters", "reason"),
    [
        ({1: 60, 3: "unstated"}, "quarter_missing"),
        ({1: 60, 2: "unreadable"}, "unreadable"),
        ({1: 60, 2: "achieved"}, "value_missing"),
        ({1: "unstated", 2: "unstated"}, "value_missing"),
        ({1: "not_applicable"}, "not_applicable"),
    ],
)
def test_a_cumulative_figure_that_cannot_be_known(score, quarters, reason):
    assert undetermined(score(LATEST, quarters, HUNDREDS)) == reason


def test_a_quarter_left_out_is_unknown_in_between(score):
    assert undetermined(score(LATEST, {1: 60, 3: 80}, HUNDREDS, as_of=2)) == "quarter_missing"


def test_a_percentage_that_is_planned_has_earned_nothing_yet(score):
    assert score(LATEST, {1: "planned"}, HUNDREDS)[:4] == (0, 0, "computed", None)


def test_a_percentage_once_planned_and_then_left_blank_has_earned_nothing_yet(score):
    assert score(LATEST, {1: "planned", 2: "unstated"}, HUNDREDS)[:4] == (0, 0, "computed", None)


@pytest.mark.parametrize(
    ("quarters", "day", "score_pct"),
    [
        ({1: "planned", 2: date(2024, 12, 1)}, date(2024, 12, 1), 100),
        ({2: date(2024, 12, 15)}, date(2024, 12, 15), 90),
        ({2: date(2024, 12, 29), 3: date(2024, 12, 15)}, date(2024, 12, 15), 90),
        ({2: date(2024, 12, 15), 3: "achieved"}, date(2024, 12, 15), 90),
        ({2: date(2023, 12, 1), 3: date(2024, 12, 15)}, date(2024, 12, 15), 90),
        ({1: "planned"}, None, 0),
        ({1: "unstated", 2: "in_progress"}, None, 0),
    ],
)
def test_the_earliest_day_of_the_year_counts(score, quarters, day, score_pct):
    found = score(DATE, quarters, DECEMBER)
    assert found[:4] == (score_pct, pytest.approx(5 * score_pct / 100), "computed", None)
    assert found[5] == day


@pytest.mark.parametrize(
    ("quarters", "reason"),
    [
        ({1: "achieved"}, "date_missing"),
        ({2: "achieved"}, "date_missing"),
        ({1: date(2024, 6, 30)}, "date_outside_fiscal_year"),
        ({4: date(2025, 7, 1)}, "date_outside_fiscal_year"),
        ({2: "planned"}, "quarter_missing"),
        ({1: "unreadable"}, "unreadable"),
        ({1: "not_applicable"}, "not_applicable"),
    ],
)
def test_a_day_that_cannot_be_known(score, quarters, reason):
    assert undetermined(score(DATE, quarters, DECEMBER)) == reason
