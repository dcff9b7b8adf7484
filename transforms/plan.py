"""A plan: what one annex asks of every office in one fiscal year. A new year is a new file of data."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from transforms.bengali_text import match_key
from transforms.fiscal_year import FiscalYear
from transforms.reference import list_names, load_toml, replacement_folder

BANDS = (100, 90, 80, 70, 60)


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
    """Return every plan that is known, by file name."""
    return _plans_in(replacement_folder())


def plan_of(annex: str, fiscal_year: FiscalYear) -> Plan | None:
    """Return the plan of an annex in a fiscal year; `None` where no such plan is known."""
    return next(
        (plan for plan in all_plans() if (plan.annex, plan.fiscal_year) == (annex, fiscal_year)), None
    )


def annex_named(texts: Iterable[str]) -> str | None:
    """Return the one annex that a report's title lines name; `None` where they name none, or several."""
    key = " ".join(match_key(text) for text in texts)
    named = {
        plan.annex for plan in all_plans() if any(match_key(title) in key for title in plan.title_phrases)
    }
    return named.pop() if len(named) == 1 else None


def annex_with(codes: Collection[str], fiscal_year: FiscalYear) -> str | None:
    """Return the one annex whose plan of the year has exactly these codes: a report may lack its title."""
    same = [
        plan.annex
        for plan in all_plans()
        if plan.fiscal_year == fiscal_year and {indicator.code for indicator in plan.indicators} == set(codes)
    ]
    return same[0] if len(same) == 1 else None


@cache
def _plans_in(folder: str) -> tuple[Plan, ...]:
    """Read the plans once per reference folder; `folder` is what the cache is keyed by."""
    return tuple(_plan(load_toml(name)) for name in list_names("plans", ".toml"))


def _plan(entry: dict[str, Any]) -> Plan:
    plan = Plan(
        plan_id=entry["plan_id"],
        annex=entry["annex"],
        fiscal_year=FiscalYear.parse(entry["fiscal_year"]),
        name_bn=entry["name_bn"],
        name_en=entry["name_en"],
        title_phrases=tuple(entry["title_phrases"]),
        marks=float(entry["marks"]),
        weighted_marks=float(entry["weighted_marks"]),
        scoring=entry["scoring"],
        due={int(quarter): by_level for quarter, by_level in entry["due"].items()},
        indicators=tuple(_indicator(line) for line in entry["indicators"]),
    )
    _hold_weights_to_marks(plan)
    return plan


def _indicator(line: dict[str, Any]) -> Indicator:
    return Indicator(
        code=line["code"],
        key=line["key"],
        activity=line["activity"],
        statement=line["statement"],
        unit=line["unit"],
        weight=float(line["weight"]),
        calculation=line["calculation"],
        bands={int(band): _target(target) for band, target in line["bands"].items()},
    )


def _target(target: float | date) -> float | date:
    return target if isinstance(target, date) else float(target)


def _hold_weights_to_marks(plan: Plan) -> None:
    total = total_weight(plan.indicators)
    if total != plan.marks:
        raise ValueError(f"plan {plan.plan_id}: weights add to {total:g}, its marks are {plan.marks:g}")


def total_weight(indicators: Iterable[Indicator]) -> float:
    """Return the marks that indicators carry together."""
    return sum(indicator.weight for indicator in indicators)
