"""Whatever is reported, scores and summaries are those that plain Python works out from the observations."""

import os
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.warehouse.ladders import COUNTS, DECEMBER, HUNDREDS, LESS_IS_BETTER, TIGHT
from tests.warehouse.recomputed import all_scores, divisional_figures
from tests.warehouse.reports import egov, office_report, submission
from warehouse.connection import open_writer
from warehouse.load import load
from warehouse.statements import rows_of

EXAMPLES = int(os.environ.get("PROTIBEDON_TEST_ROUNDS", "12"))
OFFICES = ("khulna", "jashore", "magura", "rajshahi", "natore", "sylhet")
STATES = (
    "planned in_progress not_achieved unstated no_case not_applicable unreadable achieved".split()  # noqa: SIM905
)
FIRST_DAY = date(2024, 6, 20)

hundredths = some.integers(0, 12_000).map(lambda number: number / 100)
figures = some.one_of(
    hundredths,
    some.integers(0, 6).map(float),
    *(some.sampled_from([float(target) for target in ladder.values()]) for ladder in (TIGHT, LESS_IS_BETTER)),
)
days = some.one_of(
    some.integers(0, 400).map(lambda days: FIRST_DAY + timedelta(days)),
    some.sampled_from([*DECEMBER.values()]),
)
bands = some.sets(some.sampled_from([100, 90, 80, 70, 60]), min_size=1)


def answers_of(unit):
    said = days if unit == "date" else figures
    pointing_back = some.integers(1, 4).map(
        lambda quarter: {"state": "achieved", "achieved_quarter": quarter}
    )
    return some.one_of(said, said, some.sampled_from(STATES), pointing_back)


def ladders_of(unit):
    if unit == "date":
        return some.one_of(some.just(DECEMBER), bands.flatmap(lambda of: any_ladder(of, days)))
    known = some.sampled_from([HUNDREDS, COUNTS, TIGHT, LESS_IS_BETTER, {**COUNTS, 60: 0}])
    return some.one_of(known, bands.flatmap(lambda of: any_ladder(of, figures)))


def any_ladder(of, targets):
    return some.tuples(*(targets for _ in of)).map(lambda chosen: dict(zip(sorted(of), chosen, strict=True)))


@some.composite
def reports(draw):
    """What some offices send in some quarters: any answers, on any ladders of their own or on the plan's."""
    plan = egov("2024-25")
    sent = []
    for office in draw(some.lists(some.sampled_from(OFFICES), min_size=1, unique=True)):
        ladders = {
            indicator.code: draw(ladders_of(indicator.unit))
            for indicator in plan.indicators
            if draw(some.booleans())
        }
        for quarter in draw(some.sets(some.integers(1, 4), min_size=1)):
            answers = {
                indicator.code: draw(answers_of(indicator.unit))
                for indicator in plan.indicators
                if draw(some.integers(0, 9))
            }
            if answers:
                own = {code: ladder for code, ladder in ladders.items() if code in answers}
                one = submission(f"{office} {quarter}")
                sent.append((one, office_report(one, answers, office=office, quarter=quarter, bands=own)))
    return sent


@pytest.fixture(params=["as it is", "averages", "stepwise"])
def plan_of_the_year(request, change_plan):
    if request.param == "averages":
        change_plan('calculation = "cumulative"', 'calculation = "average"')
    if request.param == "stepwise":
        change_plan('scoring = "linear"', 'scoring = "stepwise"')
    return egov("2024-25")


@settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[*HealthCheck], print_blob=True, database=None
)
@given(sent=reports())
def test_what_the_warehouse_says_is_what_plain_python_works_out(plan_of_the_year, sent):
    with tempfile.TemporaryDirectory() as folder, open_writer(Path(folder, "w.duckdb")) as connection:
        load(connection, [one for one, _ in sent], [report for _, report in sent])
        told = {
            table: rows_of(connection, f"FROM {table}")
            for table in ("observations", "target_bands", "scores", "office_scores", "divisional_summary")
        }
    expected = all_scores(plan_of_the_year, told["observations"], told["target_bands"])
    found = {(row["office_id"], row["indicator_code"], row["quarter"]): row for row in told["scores"]}
    assert found.keys() == expected.keys()
    for key, (score, year) in expected.items():
        row = found[key]
        assert row["reason"] == score.reason, key
        assert row["score_pct"] == near(score.per_cent), key
        assert row["marks"] == near(score.per_cent and score.per_cent * int(row["weight"]) / 100), key
        assert row["ytd_date"] == year.day, key
        if score.reason is None and year.reason is None and not year.nothing_done:
            assert row["ytd_value"] == near(year.figure), key
    compare_office_scores(plan_of_the_year, told["office_scores"], expected)
    compare_summaries(told["divisional_summary"], divisional_figures(told["observations"]))


def compare_office_scores(plan, found, expected):
    weights = {indicator.code: int(indicator.weight) for indicator in plan.indicators}
    assert {(row["office_id"], row["quarter"]) for row in found} == {(key[0], key[2]) for key in expected}
    for row in found:
        known = {
            code: score.per_cent
            for (office, code, quarter), (score, _) in expected.items()
            if (office, quarter) == (row["office_id"], row["quarter"]) and score.per_cent is not None
        }
        marks = sum(weights[code] * per_cent / 100 for code, per_cent in known.items())
        assert row["marks"] == near(marks)
        assert row["marks_possible"] == sum(weights[code] for code in known)
        assert row["undetermined_marks"] == 50 - row["marks_possible"]
        assert row["weighted_score"] == near(marks * 10 / 50)


def compare_summaries(found, expected):
    of_key = {(row["division_id"], row["indicator_code"], row["quarter"]): row for row in found}
    assert expected.keys() <= of_key.keys()
    for key, row in of_key.items():
        if key not in expected:
            assert row["offices_reported"] == 0
            assert row["total_value"] is None
            continue
        for name, figure in expected[key].items():
            assert row[name] == near(figure), (key, name)


def near(figure):
    return None if figure is None else pytest.approx(float(figure), abs=1e-6)
