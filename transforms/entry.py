"""An entry: what one office wrote about one indicator, gathered from its form but still as cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.grid import Cell
from transforms.finding import Finding, finding
from transforms.indicator_code import IndicatorText, read_indicator_text
from transforms.office import Office
from transforms.plan import Indicator, Plan


@dataclass(frozen=True, slots=True)
class Entry:
    """The cells of one indicator in one office's report.

    `indicator` is the plan's; `heading` is where the report names it and `stated` what it says there.
    `targets` maps a band (100, 90, 80, 70, 60) to its cell. `unit` and `weight` are as the report states
    them, empty or `None` where it does not. `activity` names what the indicator belongs to, and
    `scale` says that its figures stand for many times themselves. A cell that the form lacks is `None`.
    Where an entry `has_slipped`, its cells are those of other columns, and it has no targets.
    """

    office: Office
    indicator: Indicator
    heading: Cell
    stated: IndicatorText
    targets: Mapping[int, Cell]
    achievement: Cell | None
    remark: Cell | None
    unit_cell: Cell | None = None
    weight_cell: Cell | None = None
    year_to_date: Cell | None = None
    activity: Cell | None = None
    scale: Cell | None = None
    has_slipped: bool = False

    @property
    def says_anything(self) -> bool:
        """Whether anything, be it a dash, stands in achievement or remark."""
        return any(cell is not None and not cell.is_blank for cell in (self.achievement, self.remark))

    @property
    def place(self) -> str:
        """Where a person looks for the achievement; the indicator's own cell where the file has none."""
        return self.achievement.place if self.achievement else self.heading.place

    @property
    def achievement_text(self) -> str:
        """The achievement as it stands, empty for a cell that is blank or absent."""
        return self.achievement.text if self.achievement else ""

    @property
    def achievement_raw(self) -> str:
        """The achievement as received, also where a legacy font was converted."""
        return self.achievement.raw_text if self.achievement else ""

    @property
    def remark_raw(self) -> str:
        """The remark as received, also where a legacy font was converted."""
        return self.remark.raw_text if self.remark else ""

    @property
    def remark_text(self) -> str:
        """The remark as it stands, empty for a cell that is blank or absent."""
        return self.remark.text if self.remark else ""


@dataclass(frozen=True, slots=True)
class Entries:
    """All entries of a form, in its order, with what was found amiss while they were gathered."""

    entries: tuple[Entry, ...] = ()
    findings: tuple[Finding, ...] = ()

    @classmethod
    def joined(cls, parts: Sequence["Entries"]) -> "Entries":
        """Return the entries of a form whose table is broken over several."""
        return cls(
            tuple(entry for part in parts for entry in part.entries),
            tuple(found for part in parts for found in part.findings),
        )


def unknown_indicator(cell: Cell, plan: Plan) -> Finding:
    """Raise the finding for an indicator, named in this cell, that the year's plan does not have."""
    return finding(
        "unknown_indicator",
        cell=cell.place,
        raw_text=cell.text,
        indicator_code=read_indicator_text(cell.text).code,
        fiscal_year=plan.fiscal_year,
    )
