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
    TIGHT,
    undetermined,
)
from tests.warehouse.reports import office_report, submission
from transforms.finding import finding
from warehouse.load import load


@pytest.mark.parametrize(
    ("code", "quarters", "ladder", "score_pct", "marks"),
    [
        (LATEST, {1: 61.54}, HUNDREDS, 61.54, 4.3078),
        (LATEST, {1: 59.9}, HUNDREDS, 0, 0),
        ("2.1.1", {1: 1, 2: 1}, COUNTS, 80, 1.6),
        ("8.1.1", {1: 1}, {100: 2, 90: 1}, 90, 3.6),
        (DATE, {2: date(2024, 12, 10)}, DECEMBER, 93.571, 4.6786),
        (DATE, {3: date(2025, 1, 13)}, DECEMBER, 0, 0),
        (SUM, {1: 29.97}, TIGHT, 94, 5.64),
        (SUM, {1: 50600}, LESS_IS_BETTER, 76, 4.56),
    ],
)
def test_the_cases_of_the_guideline(score, code, quarters, ladder, score_pct, marks):
    found = score(code, quarters, ladder)
    assert found[0] == pytest.approx(score_pct, abs=0.0005)
    assert found[1] == pytest.approx(marks, abs=0.00005)
    assert found[2:4] == ("computed", None)


@pytest.mark.parametrize(
    ("ladder", "value", "score_pct"),
    [
        (COUNTS, 4, 100),
        (COUNTS, 40, 100),
        (COUNTS, 1, 70),
        (COUNTS, 0.5, 0),
        (COUNTS, 0, 0),
        ({**COUNTS, 60: 0}, 0, 0),  # a band of zero does not pay for doing nothing
        ({**COUNTS, 60: 0}, 0.5, 65),
        ({100: 5, 70: 2}, 3, 80),  # bands left out are passed over
        (LESS_IS_BETTER, 49000, 100),
        (LESS_IS_BETTER, 50850, 60),
        (LESS_IS_BETTER, 50851, 0),
        ({100: 0, 90: 1, 80: 2}, 0, 100),  # none at all is best where less is better
    ],
)
def test_numbers_on_a_ladder(score, ladder, value, score_pct):
    assert score(SUM, {1: value}, ladder)[0] == pytest.approx(score_pct)


@pytest.mark.parametrize(
    ("day", "score_pct"),
    [
        (date(2024, 7, 1), 100),
        (date(2024, 12, 1), 100),
        (date(2024, 12, 2), 100 - 10 / 14),
        (date(2025, 1, 12), 60),
        (date(2025, 1, 13), 0),
    ],
)
def test_days_on_a_ladder(score, day, score_pct):
    assert score(DATE, {3: day}, DECEMBER)[0] == pytest.approx(score_pct)


def test_sums_are_not_lost_by_the_width_of_a_bit(score):
    assert 0.1 + 0.2 != 0.3
    assert score(SUM, {1: 0.1, 2: 0.2}, {100: 0.4, 60: 0.3})[0] == 60
    ladder = {100: 0.4, 90: 0.3}
    assert score(LATEST, {1: 0.3}, ladder)[0] == 90


def test_stepwise_pays_the_lower_band(change_plan, score):
    change_plan('scoring = "linear"', 'scoring = "stepwise"')
    assert score(LATEST, {1: 61.54}, HUNDREDS)[:2] == (60, pytest.approx(4.2))


@pytest.mark.parametrize(
    ("code", "answer", "ladder", "expected"),
    [
        (
            "4.1.1",
            date(2024, 8, 31),
            {100: date(2024, 8, 31), 90: date(2024, 8, 8), 80: date(2024, 9, 15)},
            100,
        ),
        (
            "4.1.1",
            date(2024, 9, 10),
            {100: date(2024, 8, 31), 90: date(2024, 8, 8), 80: date(2024, 9, 15)},
            None,
        ),
        (SUM, 4, {100: 4, 90: 5, 80: 2, 70: 1}, 100),  # one misprint does not turn the ladder over
        (SUM, 1, {100: 4, 90: 5, 80: 2, 70: 1}, None),
        (SUM, 3, {100: 4, 90: 4, 80: 2}, None),  # two bands for one target
        (SUM, 4, {100: 4, 90: 2, 80: 4}, None),  # it cannot be told which way this one runs
    ],
)
def test_a_ladder_out_of_order_scores_only_its_top(score, code, answer, ladder, expected):
    found = score(code, {1: answer}, ladder)
    if expected is None:
        assert undetermined(found) == "target_bands_not_monotonic"
    else:
        assert found[0] == expected


def test_where_the_plan_knows_a_ladder_a_matrix_may_print_its_top_alone(score):
    assert score(LATEST, {1: 61.54}, {100: 100})[0] == pytest.approx(61.54)


def test_another_top_than_the_plans_is_no_ladder(score):
    assert undetermined(score(LATEST, {1: 61.54}, {100: 80})) == "no_ladder"


def test_a_target_that_could_not_be_read_leaves_the_plans_ladder_where_the_rest_agrees(writer):
    sent = submission("q1.docx")
    torn = finding("unreadable_target", cell="r4 c7", indicator_code=LATEST, office_id="khulna")
    bands = {LATEST: {band: target for band, target in HUNDREDS.items() if band != 90}}
    report = office_report(sent, {LATEST: 95}, quarter=1, bands=bands, findings=(torn,))
    load(writer, [sent], [report])
    assert writer.execute(
        "SELECT score_pct, ladder FROM scores WHERE indicator_code = ?", [LATEST]
    ).fetchall() == [(95, "plan")]


@pytest.mark.parametrize("bands", [{100: 80, 80: 60}, {100: 100, 80: 60}])  # the other's top is the plan's
def test_a_target_that_could_not_be_read_leaves_another_ladder_unknown(writer, bands):
    sent = submission("q1.docx")
    torn = finding("unreadable_target", cell="r4 c7", indicator_code=LATEST, office_id="khulna")
    report = office_report(sent, {LATEST: 70}, quarter=1, bands={LATEST: bands}, findings=(torn,))
    load(writer, [sent], [report])
    assert writer.execute(
        "SELECT score_pct, reason, ladder FROM scores WHERE indicator_code = ?", [LATEST]
    ).fetchall() == [(None, "unreadable_target", "office")]
