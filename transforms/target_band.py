"""A target band: what must be reached for 100, 90, 80, 70 or 60 per cent of an indicator's marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from extractors.grid import Cell
from transforms.dates import read_date
from transforms.numerals import read_number
from transforms.reading import Reading
from transforms.reference import remembered

Target = float | date


@dataclass(frozen=True, slots=True)
class Rung:
    """One band of a ladder: its per cent, its target (a day, a count or percentage points), its cell."""

    band: int
    target: Target
    cell: Cell


@remembered(1 << 14)
def read_target(text: str, unit: str) -> Reading[Target]:
    """Read a target by the indicator's unit (`date`, `number`, `percent`); a dash is an unused band.

    Refused with `unit_conflict` where the target is of another unit, else with the reader's own flag.
    """
    if unit == "date":
        day = read_date(text)
        return Reading(day.value, day.flag if day.value is None else None)
    number = read_number(text)
    if number.value is None:
        return Reading(None, number.flag)
    if number.value.is_percent if unit == "number" else number.value.may_be_fraction:
        return Reading(None, "unit_conflict")
    return Reading(number.value.value)


def first_out_of_order(ladder: Sequence[Rung]) -> tuple[Rung, Rung] | None:
    """Return the first two neighbouring bands that go against the ladder, from the 100 band down.

    Which way a ladder runs is what most of its steps say: later days, lower counts, or for an indicator
    where less is better, higher counts. `None` where every step goes the same way.
    """
    steps = list(pairwise(ladder))
    rising = [_rises(upper, lower) for upper, lower in steps]
    runs_upward = 2 * sum(rising) >= len(rising)
    against = (
        step
        for step, rises in zip(steps, rising, strict=True)
        if rises is not runs_upward or step[0].target == step[1].target
    )
    return next(against, None)


def higher_is_better(ladder: Sequence[Rung]) -> bool:
    """Whether more earns more: every ladder of days runs the other way; a single count counts upward."""
    if not ladder or isinstance(ladder[0].target, date):
        return False
    return len(ladder) == 1 or not _rises(ladder[0], ladder[-1])


def reaches(target: Target, reported: Target, *, higher: bool) -> bool:
    """Whether a reported figure or day is at or beyond a target."""
    if isinstance(target, date) or isinstance(reported, date):
        return isinstance(target, date) and isinstance(reported, date) and reported <= target
    return reported >= target if higher else reported <= target


def _rises(upper: Rung, lower: Rung) -> bool:
    if isinstance(upper.target, date) and isinstance(lower.target, date):
        return lower.target > upper.target
    return _as_number(lower.target) > _as_number(upper.target)


def _as_number(target: Target) -> float:
    return float(target.toordinal()) if isinstance(target, date) else target
