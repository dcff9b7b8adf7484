from datetime import date

import pytest

from extractors.grid import Cell
from transforms.reading import Reading
from transforms.target_band import (
    Rung,
    bands_in_one_cell,
    first_out_of_order,
    higher_is_better,
    reaches,
    read_target,
)


def ladder(*targets):
    bands = (100, 90, 80, 70, 60)
    return [Rung(band, target, Cell("", 1, "")) for band, target in zip(bands, targets, strict=False)]


def days(*texts):
    return ladder(*(date.fromisoformat(text) for text in texts))


# --- reading a target ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("৪", "number", 4.0),
        ("৪টি", "number", 4.0),
        ("১,২৩,৪৫৬", "number", 123456.0),
        ("৮০%", "percent", 80.0),
        ("৮০", "percent", 80.0),
        ("১৬/০৩/২৫", "date", date(2025, 3, 16)),
        ("2025-03-16", "date", date(2025, 3, 16)),
        ("৯.৫.২৪", "date", date(2024, 5, 9)),
    ],
)
def test_target_by_its_indicators_unit(text, unit, value):
    assert read_target(text, unit).value == value


@pytest.mark.parametrize("unit", ["number", "percent", "date"])
@pytest.mark.parametrize("text", ["", "-", "–", " "])
def test_dash_is_an_unused_band(text, unit):
    assert read_target(text, unit).is_nothing


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("৮০%", "number"),
        ("2_2200", "number"),
        ("চার পাঁচ", "number"),
        ("৩১/০২/২৫", "date"),
        ("৪", "date"),
        ("শীঘ্রই", "percent"),
        ("0.9", "percent"),
    ],
)
def test_target_that_is_none_is_refused(text, unit):
    assert read_target(text, unit).is_refused


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        ("অসাধারণ- ১৬/০৩/২৫\nঅতি উত্তম- ২৩-০৩-২৫", {100: "16/03/25", 90: "23-03-25"}),
        ("১০০%: ১০০%; ৯০%: ৯০%", {100: "100%", 90: "90%"}),
        ("১০০%-৪, ৯০%-৩, ৬০%- -", {100: "4", 90: "3", 60: "-"}),
        ("চলতি মান- ১ চলতি মানের নিম্নে- ০", {70: "1", 60: "0"}),
        ("অসাধারণ=১,২৩৪; উত্তম=১,০০০", {100: "1,234", 80: "1,000"}),
        ("Excellent: 4 | Very Good: 3", {100: "4", 90: "3"}),
        ("অসাধারণ (৯০%): ৪; উত্তম (৮০%): ৩", {}),  # name and percentage disagree
        ("অসাধারণ- ৪, অসাধারণ- ৩", {}),
        ("কমপক্ষে অসাধারণ- ৪, উত্তম- ৩", {}),
        ("অসাধারণ- ৪", {}),
        ("১৬-০৩-২৫", {}),
        ("৪", {}),
        ("", {}),
    ],
)
def test_bands_that_a_cell_names_itself(text, bands):
    assert bands_in_one_cell(text) == bands


def test_percentage_of_a_count_is_a_conflict_of_units():
    assert read_target("৮০%", "number") == Reading(None, "unit_conflict")


# --- the order of a ladder -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rungs",
    [
        ladder(),
        ladder(4.0),
        ladder(4.0, 3.0, 2.0, 1.0, 0.0),
        ladder(30.0, 29.95, 29.9, 29.85, 29.8),
        ladder(50000.0, 50250.0, 50500.0, 50750.0),
        days("2025-03-16", "2025-03-23", "2025-03-30"),
    ],
)
def test_ladder_that_runs_one_way(rungs):
    assert first_out_of_order(rungs) is None


def test_first_step_against_a_ladder():
    assert first_out_of_order(ladder(4.0, 3.0, 5.0, 1.0))[1].target == 5.0
    upper, lower = first_out_of_order(
        days("2024-08-31", "2024-08-08", "2024-09-15", "2024-09-22", "2024-09-29")
    )
    assert (upper.band, lower.band) == (100, 90)


def test_two_bands_with_one_target_are_out_of_order():
    assert [rung.band for rung in first_out_of_order(ladder(4.0, 3.0, 3.0, 1.0))] == [90, 80]


def test_which_way_a_ladder_counts():
    assert higher_is_better(ladder(4.0, 3.0))
    assert higher_is_better(ladder(4.0))
    assert not higher_is_better(ladder(50000.0, 50250.0))
    assert not higher_is_better(days("2025-03-16"))
    assert not higher_is_better(ladder())


def test_reaching_a_target():
    assert reaches(4.0, 4.0, higher=True)
    assert not reaches(4.0, 3.0, higher=True)
    assert reaches(4.0, 3.0, higher=False)
    day = date(2025, 3, 16)
    assert reaches(day, day, higher=False)
    assert not reaches(day, date(2025, 3, 17), higher=False)
    assert not reaches(day, 4.0, higher=True)
