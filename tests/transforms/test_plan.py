from importlib.resources import files

import pytest

from transforms.fiscal_year import FiscalYear
from transforms.plan import all_plans, latest_plan, plan_of, total_weight
from transforms.reference import ReferenceMistake

PACKAGED = files("transforms.reference").joinpath("plans")
EGOV = PACKAGED.joinpath("egov-2024-25.toml").read_text(encoding="utf-8")


@pytest.fixture
def own_plan(tmp_path, monkeypatch):
    """Put a plan file beside the packaged ones, as an official would."""

    def put(text, name="egov-2024-25.toml"):
        (tmp_path / "plans").mkdir(exist_ok=True)
        (tmp_path / "plans" / name).write_text(text, encoding="utf-8")
        monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))

    return put


def changed(old, new):
    assert old in EGOV
    return EGOV.replace(old, new, 1)


@pytest.mark.parametrize("plan", all_plans(), ids=lambda plan: plan.plan_id)
def test_weights_add_to_the_marks_and_every_quarter_has_a_due_date_after_its_end(plan):
    assert total_weight(plan.indicators) == plan.marks > plan.weighted_marks
    for quarter in (1, 2, 3, 4):
        _, last_day = plan.fiscal_year.quarter_days(quarter)
        assert plan.due_date(quarter, "district") > last_day


@pytest.mark.parametrize("plan", all_plans(), ids=lambda plan: plan.plan_id)
def test_targets_of_days_lie_in_the_plan_s_own_year(plan):
    days = [day for line in plan.indicators if line.unit == "date" for day in line.bands.values()]
    assert all(plan.fiscal_year.contains(day) for day in days)


def test_a_key_is_one_indicator_in_every_year_of_an_annex():
    units = {}
    for plan in all_plans():
        for indicator in plan.indicators:
            units.setdefault((plan.annex, indicator.key), set()).add(indicator.unit)
    assert all(len(found) == 1 for found in units.values())


def test_the_same_indicator_has_another_code_in_another_year():
    codes = {
        plan.plan_id: indicator.code
        for plan in all_plans()
        for indicator in plan.indicators
        if indicator.key == "efile_notes_disposed"
    }
    assert codes == {"egov-2023-24": "4.1.1", "egov-2024-25": "4.1.2"}


def test_latest_plan_is_the_last_one_before_a_year():
    latest = [latest_plan("egov", before=FiscalYear(start)) for start in (2023, 2024, 2025, 2031)]
    assert [plan and plan.plan_id for plan in latest] == [
        None,
        "egov-2023-24",
        "egov-2024-25",
        "egov-2024-25",
    ]


def test_a_further_plan_file_is_known_beside_the_packaged_ones(own_plan):
    text = EGOV.replace("egov-2024-25", "egov-2031-32").replace('"2024-25"', '"2031-32"')
    text = text.replace("default = 2024-", "default = 2031-").replace("default = 2025-", "default = 2032-")
    own_plan(text, "egov-2031-32.toml")
    assert plan_of("egov", FiscalYear(2031)).plan_id == "egov-2031-32"
    assert plan_of("egov", FiscalYear(2024)).plan_id == "egov-2024-25"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (changed("weight = 10", "weight = 11"), "weights add to 51, but marks are 50"),
        (changed('calculation = "date"', 'calculation = "dates"'), "'dates' is none of sum, average"),
        (changed('unit = "date"', 'unit = "day"'), "'day' is none of date, number, percent"),
        (changed('scoring = "linear"', 'scoring = "straight"'), "'straight' is none of linear"),
        (changed('code = "2.1.1"', 'code = "1.1.1"'), "two indicators have the code 1.1.1"),
        (changed('key = "own_portal_updated"', 'key = "efile_notes_disposed"'), "have the key efile_notes"),
        (changed("bands = { 100 = 4, 90", "bands = { 100 = 2025-03-16, 90"), "no target for the unit number"),
        (changed("bands = { 100 = 2025-03-16", "bands = { 100 = 16"), "16 is no target for the unit date"),
        (changed("bands = { 100 = 4, 90", "bands = { 100 = 4, 95"), "the bands of 2.1.1 are 100, 90"),
        (changed('fiscal_year = "2024-25"', 'fiscal_year = "2024"'), "fiscal year"),
        (changed('title_phrases = ["ই-গভর্ন্যান্স ও উদ্ভাবন",', 'title_phrases = [" ",'), "title_phrases"),
        (changed("marks = 50", ""), "'marks' is missing"),
        (changed("[due.4]\ndefault = ", "[due.4]\ndistrict = "), "'default' is missing"),
        (changed("[due.4]", "[due.5]"), "4 is missing"),
        (changed('code = "1.1.1"', "code = 1.1.1"), "egov-2024-25.toml"),
        (changed('code = "1.1.1"', 'code = "১.১.১"'), "no three numbers in ASCII digits"),
        (changed('code = "1.1.1"', 'code = "01.1.1"'), "no three numbers in ASCII digits"),
        (changed("default = 2025-01-15", 'default = "15 January"'), "'15 January' is no day"),
        (changed("default = 2025-01-15", "default = 2024-12-30"), "before the quarter has ended"),
        (changed("default = 2025-01-15", "default = 2025-01-15\nupzila = 2025-01-10"), "'upzila' is none of"),
    ],
)
def test_a_plan_that_would_mislead_is_refused_by_name_and_reason(own_plan, text, said):
    own_plan(text)
    with pytest.raises(ReferenceMistake) as refused:
        all_plans()
    assert "plans/egov-2024-25.toml" in str(refused.value)
    assert said in str(refused.value)


def test_a_level_may_have_a_last_day_of_its_own(own_plan):
    own_plan(
        changed("default = 2025-01-15", "default = 2025-01-15\nupazila = 2025-01-10\nbranch = 2025-01-08")
    )
    plan = plan_of("egov", FiscalYear(2024))
    days = {level: plan.due_date(2, level).day for level in ("upazila", "branch", "district", "divisional")}
    assert days == {"upazila": 10, "branch": 8, "district": 15, "divisional": 15}
    assert plan.due_date(3, "upazila") == plan.due_date(3, "district")


def test_keys_go_on_from_year_to_year_and_only_new_indicators_have_new_ones():
    keys = [{line.key for line in plan_of("egov", FiscalYear(start)).indicators} for start in (2023, 2024)]
    gone, new = keys[0] - keys[1], keys[1] - keys[0]
    assert (len(keys[0] & keys[1]), len(gone), len(new)) == (7, 1, 3)


def test_two_files_cannot_hold_one_plan(own_plan):
    own_plan(EGOV, "copy of egov.toml")
    with pytest.raises(ReferenceMistake, match="two files hold the plan egov-2024-25"):
        all_plans()
