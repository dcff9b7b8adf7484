"""A target band: what must be reached for 100, 90, 80, 70 or 60 per cent of an indicator's marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from extractors.grid import Cell
from transforms.bengali_text import ascii_digits, canonical
from transforms.dates import read_date
from transforms.numerals import read_number
from transforms.reading import Reading
from transforms.reference import load_toml, remembered, replacement_folder

Target = float | date

FEWEST_IN_ONE_CELL = 2

_BANDS, _PER_CENT = "100|90|80|70|60", "(?:%|শতাংশ)"
_BETWEEN_BANDS = " \n\t;,।|"


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


@remembered(1 << 12)
def bands_in_one_cell(text: str) -> dict[int, str]:
    """Return what each band says where a cell names them itself: অসাধারণ- ৪, অতি উত্তম- ৩; or ১০০%: ৪; ৯০%: ৩.

    Empty for any other cell: one that begins otherwise, names fewer than two bands, or one of them twice.
    """
    whole = ascii_digits(canonical(text)).strip(_BETWEEN_BANDS)
    labels = list(_label(replacement_folder()).finditer(whole))
    bands = [_band_named(label) for label in labels]
    if len(bands) < FEWEST_IN_ONE_CELL or len(set(bands)) < len(bands) or None in bands or labels[0].start():
        return {}
    ends = [*(label.start() for label in labels[1:]), len(whole)]
    written = (whole[label.end() : end] for label, end in zip(labels, ends, strict=True))
    return {band: words.strip(_BETWEEN_BANDS) for band, words in zip(bands, written, strict=True) if band}


def _band_named(label: re.Match[str]) -> int | None:
    """Return the band that its name and its percentage agree on, or that the one of them says."""
    said = {
        int(group.removeprefix("b"))
        for group, words in label.groupdict().items()
        if words and group.removeprefix("b").isdecimal()
    }
    said |= {int(percentage) for percentage in (label["beside"], label["alone"]) if percentage}
    return said.pop() if len(said) == 1 else None


@cache
def _label(_folder: str) -> re.Pattern[str]:
    """Return the shape of a band before what it says: its name, its percentage, or both."""
    named = (
        f"(?P<b{band}>{'|'.join(re.escape(canonical(name)) for name in names)})"
        for band, names in load_toml("headings.toml")["bands"].items()
    )
    both = rf"(?:{'|'.join(named)})(?:\s*\(?\s*(?P<beside>{_BANDS})\s*{_PER_CENT}\s*\)?)?"
    label = rf"(?:{both}|(?P<alone>{_BANDS})\s*{_PER_CENT})\s*[-:=–—]+\s*"
    return re.compile(rf"(?:^|(?<=[{_BETWEEN_BANDS}])){label}", re.IGNORECASE)


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
