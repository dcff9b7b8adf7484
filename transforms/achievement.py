"""An achievement: what an indicator's achievement cell and the remark beside it say together.

The two cells become one of nine states, with the figure or day where one stands. Blank, zero, not applicable
and not yet due stay apart. What cannot be read in one way only is `unreadable` and has a problem that says
why; what can be read but wants an answer has a problem too, and keeps its figure.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from transforms.dates import read_date
from transforms.fiscal_year import quarter_of
from transforms.numerals import Number, read_number
from transforms.remark import Meaning, Remark, combined, read_remark

Part = Literal["achievement", "remark"]


class State(StrEnum):
    """The nine states of an observation."""

    REPORTED = "reported"  # a value or a date stands in the cell
    ACHIEVED = "achieved"  # done, but no value or date is given
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    NOT_ACHIEVED = "not_achieved"
    NOT_APPLICABLE = "not_applicable"
    NO_CASE = "no_case"  # nothing came in to act on: the denominator is zero
    UNSTATED = "unstated"  # blank or a bare dash, and no remark that says more
    UNREADABLE = "unreadable"  # a problem says why


@dataclass(frozen=True, slots=True)
class Problem:
    """What to ask a person: a finding's code, the cell it is about (`achievement`, `remark`) and its text."""

    code: str
    part: Part
    raw_text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Achievement:
    """One indicator's achievement in one quarter.

    `value` is a count or percentage points, `value_date` the day of doing; one of them is there if and only
    if `state` is `reported`. `achieved_quarter` and `achieved_by` (`office`, `superior`) are as the words
    name them, and so are `planned_quarter` and `planned_date`; quarters are 1 to 4 of the July-June year.
    """

    state: State
    value: float | None = None
    value_date: date | None = None
    achieved_quarter: int | None = None
    achieved_by: str | None = None
    planned_quarter: int | None = None
    planned_date: date | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cells:
    """The two cells as received, and the unit their indicator is counted in."""

    achievement: str
    remark: str
    unit: str

    def problem(self, code: str, part: Part, detail: str = "") -> Problem:
        return Problem(code, part, self.remark if part == "remark" else self.achievement, detail)


_STATES = {
    Meaning.ACHIEVED: State.ACHIEVED,
    Meaning.PLANNED: State.PLANNED,
    Meaning.IN_PROGRESS: State.IN_PROGRESS,
    Meaning.NOT_ACHIEVED: State.NOT_ACHIEVED,
    Meaning.NOT_APPLICABLE: State.NOT_APPLICABLE,
    Meaning.NO_CASE: State.NO_CASE,
    Meaning.NIL: State.NOT_ACHIEVED,
    Meaning.EVIDENCE: State.UNSTATED,
    Meaning.NOTHING: State.UNSTATED,
}
_MISSING = {"date": "date_missing", "number": "value_missing", "percent": "value_missing"}
_FLAG_CODES = {"unknown_phrase": "unknown_phrase", "contradictory_remark": "contradiction"}
# What the readers of figures and dates say of any words at all; their other flags name what is wrong.
_NOT_EVEN_A_FIGURE = {"not_a_number", "not_a_date", "date_in_sentence", None}
_A_WORD = re.compile(r"(?<![#\w])[^\W\d_]{2,}")  # and not a spreadsheet's own: #REF!, #DIV/0!
# Words that a figure above zero may stand beside: "৪টি (অর্জিত)", "৪ (চলমান)".
_LEAVES_A_FIGURE = {None, Meaning.ACHIEVED, Meaning.IN_PROGRESS, Meaning.EVIDENCE}
_MAY_BE_PLANNED = {Meaning.PLANNED, Meaning.NOT_ACHIEVED}
_NO_REMARK = Remark(Meaning.NOTHING)


@lru_cache(maxsize=1 << 15)
def read_achievement(achievement: str, remark: str, unit: str) -> Achievement:
    """Read an achievement cell and its remark for an indicator counted in `unit`: date, number or percent.

    The cell goes before the remark: a figure in it stands whatever the remark says, and a remark that
    contradicts it or is not understood is a problem beside it. A plain fraction where a percentage is asked
    for (০.৮: 0.8 % or 80 %?) is of another unit.
    Raises `ValueError` for any other unit.
    """
    if unit not in _MISSING:
        raise ValueError(f"unit is one of {', '.join(_MISSING)}, not {unit!r}")
    cells = _Cells(achievement, remark, unit)
    cell = _read_cell(cells)
    if isinstance(cell, Problem):
        return Achievement(State.UNREADABLE, problems=(cell,))
    note = _read_note(cells, cell)
    if isinstance(note, Remark):
        return _judged(cells, cell, note)
    read = _judged(cells, cell, _NO_REMARK)
    state = State.UNREADABLE if read.state is State.UNSTATED else read.state
    return replace(read, state=state, problems=(*read.problems, note))


# --- each cell by itself ---------------------------------------------------------------------------


def _read_cell(cells: _Cells) -> Remark | Problem:
    """Read the achievement cell: its figure and its words, or why it cannot be read."""
    reading = read_remark(cells.achievement)
    if reading.value is None:
        return _why_unreadable(cells, reading.flag or "")
    cell = reading.value
    if cell.meaning is Meaning.DITTO:
        return cells.problem("unreadable_value", "achievement", "ditto")
    if _is_of_another_unit(cell, cells.unit):
        return cells.problem("unit_conflict", "achievement")
    if cell.meaning is None and cell.figure is None and cell.day is None:
        return cells.problem("unknown_phrase", "achievement")
    if _contradicts_itself(cell):
        return cells.problem("contradiction", "achievement")
    return _with_figure_as_meaning(_in_unit(cell, cells.unit))


def _read_note(cells: _Cells, cell: Remark) -> Remark | Problem:
    """Read the remark beside a cell; a remark of নাই or ০ is that there is none."""
    reading = read_remark(cells.remark)
    note = reading.value
    if note is None:
        return cells.problem(_FLAG_CODES[reading.flag or ""], "remark")
    if note.meaning is Meaning.DITTO:
        return cells.problem("unreadable_value", "remark", "ditto")
    if note.meaning is None and cell.meaning not in (Meaning.ACHIEVED, Meaning.PLANNED):
        return cells.problem("unknown_phrase", "remark")  # "৩য় কোয়ার্টারে": done then, or to be done?
    if _is_done_in_part(note) and cell.figure is None:
        return cells.problem("unknown_phrase", "remark")
    return _NO_REMARK if note.meaning is Meaning.NIL else note


def _is_done_in_part(note: Remark) -> bool:
    """Whether the remark says "৫০% অর্জিত": that alone is neither done nor undone."""
    is_share = note.figure is not None and note.figure.is_percent and not note.in_full
    return note.meaning is Meaning.ACHIEVED and is_share


def _why_unreadable(cells: _Cells, flag: str) -> Problem:
    """Tell a figure that cannot be read (৩১/০৬/২৫, ৭ ৫) from words that nobody has listed."""
    text = cells.achievement
    reason = read_date(text).flag if cells.unit == "date" else read_number(text).flag
    if flag == "unknown_phrase" and (reason not in _NOT_EVEN_A_FIGURE or not _A_WORD.search(text)):
        return cells.problem("unreadable_value", "achievement", reason or "")
    return cells.problem(_FLAG_CODES[flag], "achievement")


def _is_of_another_unit(cell: Remark, unit: str) -> bool:
    """Whether a figure or day stands in the cell that the unit does not count in; ০ is "not yet" in any."""
    if unit == "date":
        is_count = cell.figure is not None and cell.figure.value != 0
        return is_count and cell.day is None and not cell.in_full
    if cell.day is not None and cell.meaning is None:
        return True
    if cell.figure is None or cell.in_full:
        return False
    return cell.figure.is_percent if unit == "number" else cell.figure.may_be_fraction


def _contradicts_itself(cell: Remark) -> bool:
    """Whether a figure and what stands beside it cannot both be true: "৪ (অর্জিত হয়নি)", "০ (১৬/০৩/২৫)"."""
    if cell.figure is None:
        return False
    if cell.figure.value == 0:
        return cell.meaning is None and cell.day is not None
    return cell.meaning not in _LEAVES_A_FIGURE


def _in_unit(cell: Remark, unit: str) -> Remark:
    """Return the cell with a plain figure of a percentage as what it is: ৮০ in a % column is ৮০%."""
    if unit == "percent" and cell.figure:
        return replace(cell, figure=Number(cell.figure.value, is_percent=True))
    return cell


def _with_figure_as_meaning(cell: Remark) -> Remark:
    """Let a figure say what it says without words: zero that nothing was done, more that something was."""
    if cell.figure and cell.figure.value == 0:
        return replace(cell, meaning=cell.meaning or Meaning.NIL)
    if cell.figure or (cell.day and cell.meaning is None):
        return replace(cell, meaning=Meaning.ACHIEVED)
    return cell


# --- both cells together ---------------------------------------------------------------------------


def _judged(cells: _Cells, cell: Remark, note: Remark) -> Achievement:
    """Weigh the cell and the remark. Where they contradict each other, a figure stands and words do not."""
    figure = _figure(cell, cells.unit)
    together = _together(cell, _comparable(note, cells.unit, figure))
    spoken = together or cell
    if figure is None and cells.unit == "date" and spoken.meaning is Meaning.ACHIEVED:
        figure = spoken.day
    state = _STATES[spoken.meaning] if together and spoken.meaning else State.UNREADABLE
    if figure is not None and not _lacks_denominator(spoken, cells.unit):
        state = State.REPORTED
    problems = [] if together else [cells.problem("contradiction", "remark")]
    if state is State.ACHIEVED:
        part: Part = "achievement" if cell.meaning is Meaning.ACHIEVED else "remark"
        problems.append(cells.problem(_MISSING[cells.unit], part))
    if together and _is_of_another_quarter(together):
        problems.append(cells.problem("contradiction", "remark" if note.quarter else "achievement"))
    is_done, is_to_be_done = spoken.meaning is Meaning.ACHIEVED, spoken.meaning in _MAY_BE_PLANNED
    return Achievement(
        state,
        value=figure if state is State.REPORTED and isinstance(figure, float) else None,
        value_date=figure if state is State.REPORTED and isinstance(figure, date) else None,
        achieved_quarter=spoken.quarter if is_done else None,
        achieved_by=spoken.by if is_done else None,
        planned_quarter=spoken.quarter if is_to_be_done else None,
        planned_date=spoken.day if is_to_be_done else None,
        problems=tuple(problems),
    )


def _together(cell: Remark, note: Remark) -> Remark | None:
    """Return what both cells say as one; `None` where they contradict each other."""
    if cell.meaning is Meaning.NIL and note.done_elsewhere:
        return note  # nothing by us this quarter, because it was done before or by the directorate
    return combined((cell, note))


def _is_of_another_quarter(spoken: Remark) -> bool:
    """Whether a day is named, and a quarter that it does not lie in."""
    if spoken.day is None or spoken.quarter is None:
        return False
    return quarter_of(spoken.day) != spoken.quarter


def _comparable(note: Remark, unit: str, figure: float | date | None) -> Remark:
    """Return the remark without what does not bear on the cell's figure.

    Work may go on after something was done, and "৮০% অর্জিত" beside a count is a share of the target.
    """
    if figure and note.meaning is Meaning.IN_PROGRESS:
        return _NO_REMARK
    if note.figure and note.figure.is_percent != (unit == "percent"):
        return replace(note, figure=None)
    return note


def _lacks_denominator(spoken: Remark, unit: str) -> bool:
    """Whether a percentage of nothing is meant: ০ beside "কোন আবেদন পাওয়া যায়নি"."""
    return unit == "percent" and spoken.meaning is Meaning.NO_CASE


def _figure(cell: Remark, unit: str) -> float | date | None:
    """Return the figure, or for the unit date the day, that the cell reports."""
    if unit == "date":
        return cell.day if cell.meaning is Meaning.ACHIEVED else None
    if cell.figure and cell.figure.is_percent <= (unit == "percent"):
        return cell.figure.value
    return 100.0 if unit == "percent" and cell.in_full else None
