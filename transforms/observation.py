"""An observation: what one office said of one indicator in one quarter, with the cell it said it in.

A country's quarter has a million of these rows: tuples are made, handed over and put into columns fastest.
"""

from datetime import date
from typing import NamedTuple


class Observation(NamedTuple):
    """One row of the contract's `observations` table; its columns are described in `columns.toml`.

    `value` is a count or percentage points, `value_date` a day; both are `None` unless `state` is `reported`.
    The `_raw` texts are as received, the `_text` ones clean Unicode. `cell` is where the achievement stands
    in the file named by `submission_id`.
    """

    fiscal_year: str
    quarter: int
    division_id: str
    office_id: str
    plan_id: str
    indicator_code: str
    indicator_key: str
    unit: str
    weight: float
    state: str
    value: float | None
    value_date: date | None
    achieved_quarter: int | None
    achieved_by: str | None
    planned_quarter: int | None
    planned_date: date | None
    achievement_raw: str
    remark_raw: str
    achievement_text: str
    remark_text: str
    submission_id: str
    cell: str


class TargetBand(NamedTuple):
    """One target that a report prints for an indicator: `band` is the score in per cent it earns."""

    fiscal_year: str
    plan_id: str
    office_id: str
    indicator_code: str
    band: int
    target_value: float | None
    target_date: date | None
    target_raw: str
    submission_id: str
    cell: str


def withheld(observation: Observation) -> Observation:
    """Return the observation with its figure kept out of every sum: raw text stays, state is `unreadable`."""
    return observation._replace(state="unreadable", value=None, value_date=None)
