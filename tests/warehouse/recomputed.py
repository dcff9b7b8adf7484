"""The year so far, the score and the divisional figures, again in plain Python and exact fractions.

Written from the guideline and not from the SQL, for comparing the two: what the warehouse says of thousands
of random answers must be what a careful clerk would say of them one by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from transforms.plan import Indicator, Plan

Row = Mapping[str, Any]
Ladder = Mapping[int, Fraction]  # from a band to its target: a count, points, or a day's number

_SAYS_NOTHING = ("missing", "unstated", "no_case", "not_applicable")


@dataclass(frozen=True)
class Year:
    """The year so far; `reason` is why it cannot be known. `at_least` is what a sum has come to anyhow."""

    figure: Fraction | None = None
    day: date | None = None
    reason: str | None = None
    nothing_done: bool = False
    at_least: Fraction = Fraction(0)


@dataclass(frozen=True)
class Score:
    """Per cent, or why there are none."""

    per_cent: Fraction | None
    reason: str | None = None


def exact(number: float) -> Fraction:
    """The number that was typed, not the binary fraction next to it."""
    return Fraction(str(number))


def height_of(figure: float | date) -> Fraction:
    return Fraction(figure.toordinal()) if isinstance(figure, date) else exact(figure)


# --- the year so far ---------------------------------------------------------------------------------------


def year_so_far(indicator: Indicator, plan: Plan, told: Mapping[int, Row], quarter: int) -> Year:
    """What the quarters up to this one come to together; `told` are the observations by quarter."""
    words = [_word(told, one) for one in range(1, quarter + 1)]
    figures = [told[one] for one in range(1, quarter + 1) if _word(told, one) == "figure"]
    exempt = None
    if all(word in _SAYS_NOTHING for word in words):
        exempt = next((word for word in ("not_applicable", "no_case") if word in words), None)
    match indicator.calculation:
        case "date":
            return _earliest_day(plan, words, figures, exempt)
        case "sum":
            return _sum(indicator, words, figures, exempt)
        case "average":
            return _mean(words, figures, exempt)
    return _latest(words, figures, exempt)


def _word(told: Mapping[int, Row], quarter: int) -> str:
    if quarter not in told:
        return "missing"
    said = told[quarter]
    if said["state"] == "reported":
        return "figure"
    if said["state"] == "achieved":
        pointed_to = said["achieved_quarter"]
        earlier = told.get(pointed_to) if pointed_to and pointed_to < quarter else None
        return "told_elsewhere" if earlier and earlier["state"] == "reported" else "done_unsaid"
    return "not_yet" if said["state"] in ("planned", "in_progress", "not_achieved") else str(said["state"])


def _first(words: Sequence[str], reasons: Mapping[str, str]) -> str | None:
    return next((reason for word, reason in reasons.items() if word in words), None)


def _sum(indicator: Indicator, words: Sequence[str], figures: Sequence[Row], exempt: str | None) -> Year:
    total = sum((exact(row["value"]) for row in figures), Fraction(0))
    if indicator.unit != "number":
        return Year(total, reason=exempt or "percent_not_summed", nothing_done=not figures)
    unknown = {"unreadable": "unreadable", "done_unsaid": "value_missing", "missing": "quarter_missing"}
    return Year(total, None, exempt or _first(words, unknown), not figures, total if figures else Fraction(0))


def _mean(words: Sequence[str], figures: Sequence[Row], exempt: str | None) -> Year:
    unknown = {"unreadable": "unreadable", "done_unsaid": "value_missing", "missing": "quarter_missing"}
    reason = exempt or _first(words, unknown)
    if not figures:
        return Year(reason=reason or (None if "not_yet" in words else "value_missing"), nothing_done=True)
    total = sum((exact(row["value"]) for row in figures), Fraction(0))
    return Year(total / len(figures), reason=reason)


def _latest(words: Sequence[str], figures: Sequence[Row], exempt: str | None) -> Year:
    unknown = {"unreadable": "unreadable", "done_unsaid": "value_missing", "missing": "quarter_missing"}
    last = next((word for word in reversed(words) if word == "figure" or word in unknown), None)
    if last == "figure":
        return Year(exact(figures[-1]["value"]))
    if last is None:
        return Year(reason=exempt or (None if "not_yet" in words else "value_missing"), nothing_done=True)
    return Year(reason=exempt or unknown[last])


def _earliest_day(plan: Plan, words: Sequence[str], figures: Sequence[Row], exempt: str | None) -> Year:
    starts = plan.fiscal_year.start
    days = [row["value_date"] for row in figures]
    within = [day for day in days if date(starts, 7, 1) <= day <= date(starts + 1, 6, 30)]
    if within:
        return Year(day=min(within))
    unknown = {"unreadable": "unreadable", "done_unsaid": "date_missing", "missing": "quarter_missing"}
    reason = exempt or ("date_outside_fiscal_year" if figures else _first(words, unknown))
    return Year(reason=reason, nothing_done=True)


# --- the score ---------------------------------------------------------------------------------------------


def ladder_of(indicator: Indicator, own: Ladder) -> Ladder:
    """The targets that the office printed; the plan's where it printed none, or the plan's 100 band alone."""
    planned = {band: height_of(figure) for band, figure in indicator.bands.items()}
    says_as_the_plan = len(own) == 1 and all(planned.get(band) == target for band, target in own.items())
    return planned if 100 not in own or says_as_the_plan else own


def score_of(year: Year, ladder: Ladder, unit: str, scoring: str) -> Score:
    """The marks earned, of a hundred: in proportion between two bands, or the lower band's where stepwise."""
    targets = [ladder[band] for band in sorted(ladder, reverse=True)]
    steps = [_sign(better - worse) for better, worse in pairwise(targets)]
    direction = -1 if unit == "date" else _sign(sum(steps)) if len(ladder) > 1 else 1
    top = ladder.get(100)
    flaw = None
    if len(ladder) == 1 or top is None:
        flaw = "no_ladder"
    elif direction == 0 or any(step != direction for step in steps):
        flaw = "target_bands_not_monotonic"
    if ladder and direction == 1 and top is not None and year.at_least > 0 and year.at_least >= top:
        return Score(Fraction(100))
    if year.reason:
        return Score(None, year.reason)
    if year.nothing_done and unit == "date":
        return Score(Fraction(0))
    if top is None:
        return Score(None, "no_ladder")
    if direction == 0:
        return Score(None, flaw)
    if year.nothing_done:
        return Score(Fraction(0)) if direction == 1 else Score(None, "value_missing")
    if direction == 1 and year.figure == 0:
        return Score(Fraction(0))
    height = direction * (year.figure if year.day is None else Fraction(year.day.toordinal()))
    if height >= direction * top:
        return Score(Fraction(100))
    if flaw:
        return Score(None, flaw)
    return Score(_between(height, {band: direction * target for band, target in ladder.items()}, scoring))


def _between(height: Fraction, rungs: Ladder, scoring: str) -> Fraction:
    below = [band for band, rung in rungs.items() if rung <= height]
    if not below:
        return Fraction(0)
    lower = max(below)
    if scoring == "stepwise":
        return Fraction(lower)
    upper = min(band for band in rungs if band > lower)
    return lower + (upper - lower) * (height - rungs[lower]) / (rungs[upper] - rungs[lower])


def _sign(number: Fraction | int) -> int:
    return (number > 0) - (number < 0)


# --- all of it ---------------------------------------------------------------------------------------------


def all_scores(
    plan: Plan, observations: Iterable[Row], target_bands: Iterable[Row]
) -> dict[tuple[str, str, int], tuple[Score, Year]]:
    """Every office's score of every indicator, from the first to the last quarter that it reported."""
    told: dict[str, dict[str, dict[int, Row]]] = {}
    for row in observations:
        told.setdefault(row["office_id"], {}).setdefault(row["indicator_code"], {})[row["quarter"]] = row
    own: dict[tuple[str, str], dict[int, Fraction]] = {}
    for row in target_bands:
        target = row["target_value"] if row["target_date"] is None else row["target_date"]
        own.setdefault((row["office_id"], row["indicator_code"]), {})[row["band"]] = height_of(target)
    found = {}
    for office, of_office in told.items():
        quarters = [quarter for answers in of_office.values() for quarter in answers]
        for indicator in plan.indicators:
            ladder = ladder_of(indicator, own.get((office, indicator.code), {}))
            for quarter in range(min(quarters), max(quarters) + 1):
                year = year_so_far(indicator, plan, of_office.get(indicator.code, {}), quarter)
                score = score_of(year, ladder, indicator.unit, plan.scoring)
                found[office, indicator.code, quarter] = score, year
    return found


def divisional_figures(observations: Iterable[Row]) -> dict[tuple[str, str, int], dict[str, Any]]:
    """What a division's offices have said of an indicator in a quarter, where any said anything."""
    said: dict[tuple[str, str, int], list[Row]] = {}
    for row in observations:
        said.setdefault((row["division_id"], row["indicator_code"], row["quarter"]), []).append(row)
    return {key: _figures(rows) for key, rows in said.items()}


def _figures(rows: Sequence[Row]) -> dict[str, Any]:
    values = [exact(row["value"]) for row in rows if row["value"] is not None and row["unit"] != "date"]
    return {
        "offices_reported": len(rows),
        "offices_stated": sum(row["state"] != "unstated" for row in rows),
        "offices_with_value": len(values),
        "total_value": sum(values) if values and rows[0]["unit"] == "number" else None,
        "mean_value": sum(values) / len(values) if values else None,
        "min_value": min(values, default=None),
        "max_value": max(values, default=None),
    }
