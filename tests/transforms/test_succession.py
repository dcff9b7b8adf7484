from dataclasses import replace

import pytest

from transforms.fiscal_year import FiscalYear
from transforms.plan import plan_of
from transforms.succession import predecessors

BEFORE = plan_of("egov", FiscalYear(2023))
AFTER = plan_of("egov", FiscalYear(2024))
NEW_IN_2024 = {"efile_list_determined", "online_report_software_implemented", "mygov_workshop_held"}


def test_every_indicator_of_2024_25_goes_on_from_its_own_of_the_year_before():
    found = predecessors([indicator.statement for indicator in AFTER.indicators], BEFORE)
    carried = {
        indicator.key: before.indicator.key
        for indicator, before in zip(AFTER.indicators, found, strict=True)
        if before.is_the_same
    }
    assert carried == {key: key for key in carried}
    assert set(carried) == {indicator.key for indicator in AFTER.indicators} - NEW_IN_2024


def test_a_reworded_statement_is_the_same_but_not_beyond_doubt():
    (reworded,) = predecessors([AFTER.indicator("2.1.1").statement], BEFORE)
    assert reworded.indicator.key == "service_database_updated"
    assert reworded.is_the_same
    assert not reworded.is_beyond_doubt


@pytest.mark.parametrize(
    "statement", ["ই-ফাইলে নোট নিষ্পত্তিকৃত", "ই ফাইলে  নোট নিষ্পত্তিকৃত।", "ই-ফাইলে নোট নিস্পত্তিকৃত"]
)
def test_a_retyped_statement_is_beyond_doubt(statement):
    (found,) = predecessors([statement], BEFORE)
    assert found.is_beyond_doubt
    assert found.indicator.key == "efile_notes_disposed"


def test_one_key_is_not_handed_on_twice():
    twice = [AFTER.indicator("2.1.1").statement, AFTER.indicator("2.1.1").statement + " (বিভাগ)"]
    assert not any(found.is_the_same for found in predecessors(twice, BEFORE))


def test_the_very_same_words_win_over_words_that_are_nearly_so():
    statement = "প্রশিক্ষণ আয়োজিত"
    lines = (replace(AFTER.indicators[0], key="own", statement=statement),)
    lines += (replace(AFTER.indicators[0], key="online", statement=f"{statement}।১"),)
    (found, _) = predecessors([statement, "সভা অনুষ্ঠিত"], replace(AFTER, indicators=lines))
    assert (found.indicator.key, found.is_beyond_doubt) == ("own", True)


@pytest.mark.parametrize("former", [None, replace(BEFORE, indicators=())])
def test_without_a_former_plan_nothing_goes_on(former):
    assert predecessors(["ই-ফাইলে নোট নিষ্পত্তিকৃত", ""], former) == (None, None)


def test_no_words_at_all_are_like_nothing():
    (found,) = predecessors([""], BEFORE)
    assert not found.is_near
