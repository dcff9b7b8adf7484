"""A plan: what one annex asks of every office in one fiscal year. A new year is a new file of data."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from transforms.fiscal_year import FiscalYear
from transforms.reference import ReferenceMistake, list_names, load_toml, replacement_folder

BANDS = (100, 90, 80, 70, 60)
QUARTERS = (1, 2, 3, 4)
UNITS = ("date", "number", "percent")
CALCULATIONS = ("sum", "average", "cumulative", "date")
SCORINGS = ("linear", "stepwise")
LEVELS = ("default", "national", "divisional", "district", "upazila", "branch")
_CODE = re.compile(r"(?:[1-9][0-9]?|0)(?:\.(?:[1-9][0-9]?|0)){2}")


@dataclass(frozen=True, slots=True, eq=False)
class Indicator:
    """One line of a plan.

    `unit` is `date`, `number` or `percent`; `weight` is in marks; `calculation` (`sum`, `average`,
    `cumulative`, `date`) says how four quarters become a year. `bands` maps a band (100, 90, 80, 70, 60)
    to its target: a date, a count, or percentage points.
    """

    code: str
    key: str
    activity: str
    statement: str
    unit: str
    weight: float
    calculation: str
    bands: dict[int, float | date]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One annex in one fiscal year. The weights add to `marks`, which count as `weighted_marks`."""

    plan_id: str
    annex: str
    fiscal_year: FiscalYear
    name_bn: str
    name_en: str
    title_phrases: tuple[str, ...]
    marks: float
    weighted_marks: float
    scoring: str
    due: dict[int, dict[str, date]]
    indicators: tuple[Indicator, ...]

    def indicator(self, code: str) -> Indicator | None:
        """Return the indicator of a code in ASCII digits (`4.1.2`); `None` where the plan has none."""
        return next((indicator for indicator in self.indicators if indicator.code == code), None)

    def due_date(self, quarter: int, level: str) -> date:
        """Return the last day on which an office of this level reports a quarter on time."""
        by_level = self.due[quarter]
        return by_level.get(level, by_level["default"])


def all_plans() -> tuple[Plan, ...]:
    """Return every plan that is known, by file name; raises `ReferenceMistake` where one cannot be used."""
    return _plans_in(replacement_folder())


def plan_of(annex: str, fiscal_year: FiscalYear) -> Plan | None:
    """Return the plan of an annex in a fiscal year; `None` where no such plan is known."""
    return next(
        (plan for plan in all_plans() if (plan.annex, plan.fiscal_year) == (annex, fiscal_year)), None
    )


def latest_plan(annex: str, *, before: FiscalYear) -> Plan | None:
    """Return the last plan that an annex had before a fiscal year; `None` where it had none."""
    earlier = [plan for plan in all_plans() if plan.annex == annex and plan.fiscal_year < before]
    return max(earlier, key=lambda plan: plan.fiscal_year, default=None)


@cache
def _plans_in(folder: str) -> tuple[Plan, ...]:
    """Read the plans once per reference folder; `folder` is what the cache is keyed by."""
    plans = tuple(_read(name) for name in list_names("plans", ".toml"))
    for plan_id in _repeated(plan.plan_id for plan in plans):
        raise ReferenceMistake(f"plans: two files hold the plan {plan_id}")
    return plans


def _read(name: str) -> Plan:
    """Read one plan file; raises `ReferenceMistake`, which names it and what is wrong with it."""
    entry = load_toml(name)
    try:
        plan = _plan(entry)
        _hold_together(plan)
    except KeyError as missing:
        raise ReferenceMistake(f"{name}: {missing} is missing") from missing
    except (AttributeError, TypeError, ValueError) as mistake:
        raise ReferenceMistake(f"{name}: {mistake}") from mistake
    return plan


def _plan(entry: dict[str, Any]) -> Plan:
    return Plan(
        plan_id=entry["plan_id"],
        annex=entry["annex"],
        fiscal_year=FiscalYear.parse(entry["fiscal_year"]),
        name_bn=entry["name_bn"],
        name_en=entry["name_en"],
        title_phrases=tuple(entry["title_phrases"]),
        marks=float(entry["marks"]),
        weighted_marks=float(entry["weighted_marks"]),
        scoring=_one_of(SCORINGS, entry["scoring"]),
        due={int(quarter): by_level for quarter, by_level in entry["due"].items()},
        indicators=tuple(_indicator(line) for line in entry["indicators"]),
    )


def _indicator(line: dict[str, Any]) -> Indicator:
    unit = _one_of(UNITS, line["unit"])
    return Indicator(
        code=line["code"],
        key=line["key"],
        activity=line["activity"],
        statement=line["statement"],
        unit=unit,
        weight=float(line["weight"]),
        calculation=_one_of(CALCULATIONS, line["calculation"]),
        bands={int(band): _target(target, unit) for band, target in line["bands"].items()},
    )


def _target(target: float | date, unit: str) -> float | date:
    if isinstance(target, date) is not (unit == "date"):
        raise ValueError(f"{target} is no target for the unit {unit}")
    return target if isinstance(target, date) else float(target)


def _one_of(words: Collection[str], word: str) -> str:
    if word not in words:
        raise ValueError(f"{word!r} is none of {', '.join(words)}")
    return word


def _hold_together(plan: Plan) -> None:
    """Refuse a plan that would be read, scored or recognised wrongly in silence."""
    total = total_weight(plan.indicators)
    if round(total - plan.marks, 6):
        raise ValueError(f"the weights add to {total:g}, but marks are {plan.marks:g}")
    if not plan.title_phrases or not all(phrase.strip() for phrase in plan.title_phrases):
        raise ValueError("title_phrases needs words by which a title names the annex")
    for quarter in QUARTERS:
        plan.due_date(quarter, "default")
        for level, day in plan.due[quarter].items():
            _one_of(LEVELS, level)
            if not isinstance(day, date):
                raise ValueError(f"{day!r} is no day on which reports of quarter {quarter} are due")
            if day < plan.fiscal_year.quarter_days(quarter)[1]:
                raise ValueError(
                    f"reports of quarter {quarter} are due on {day}, before the quarter has ended"
                )
    for code in _repeated(indicator.code for indicator in plan.indicators):
        raise ValueError(f"two indicators have the code {code}")
    for key in _repeated(indicator.key for indicator in plan.indicators):
        raise ValueError(f"two indicators have the key {key}")
    for indicator in plan.indicators:
        if not _CODE.fullmatch(indicator.code):
            raise ValueError(f"the code {indicator.code} is no three numbers in ASCII digits, such as 4.1.2")
        if not set(indicator.bands) <= set(BANDS):
            raise ValueError(f"the bands of {indicator.code} are {', '.join(map(str, BANDS))}")


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def total_weight(indicators: Iterable[Indicator]) -> float:
    """Return the marks that indicators carry together."""
    return sum(indicator.weight for indicator in indicators)
