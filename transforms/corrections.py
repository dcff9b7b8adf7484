"""Corrections: what a person has found that a cell should have said.

A correction holds only while the cell says what the person saw there. What was received is never changed:
the cell keeps its raw text and is read, by the same readers as any other, as if it said the new one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors.grid import Cell
from transforms.bengali_text import canonical
from transforms.decision import FILE, Decision, read_decisions
from transforms.entry import Entry
from transforms.finding import Finding, finding
from transforms.plan import BANDS, Plan
from transforms.reference import ReferenceMistake, load_toml, replacement_folder
from transforms.reporting_period import ReportingPeriod

TARGET_BANDS = {f"target_{band}": band for band in BANDS}
FIELDS = ("achievement", "remark", *TARGET_BANDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Decision):
    """One `[[correction]]`: in this field of this office's indicator, for `expect` read `value`.

    Its own report and its row of a divisional matrix are both meant.
    """

    office: str
    indicator: str
    field: str
    expect: str
    value: str

    def __post_init__(self) -> None:
        Decision.__post_init__(self)
        if not self.office:
            raise ValueError("`office` is missing")
        if self.field not in FIELDS:
            raise ValueError(f"`field` is one of {', '.join(FIELDS)}, not `{self.field}`")

    def concerns(self, plan: Plan, period: ReportingPeriod) -> bool:
        """Whether it is about reports on this plan for this period."""
        return (
            self.fiscal_year == str(period.fiscal_year)
            and self.quarter == period.quarter
            and self.annex in ("", plan.annex)
        )

    def is_about(self, entry: Entry) -> bool:
        """Whether it is about this office's answer on this indicator."""
        return (self.office, self.indicator) == (entry.office.office_id, entry.indicator.code)

    def stands_in(self, entry: Entry) -> bool:
        """Whether the cell says what the person saw there: as received, or as converted to Unicode."""
        cell = _cell(entry, self.field)
        return canonical(self.expect) in (canonical(cell.raw_text), canonical(cell.text))


@dataclass(frozen=True, slots=True)
class TriedCorrection:
    """A correction that a report was due for, and what stood in `cell`; both empty where none was found."""

    correction: Correction
    cell: str
    found: str
    applied: bool


@dataclass(frozen=True, slots=True)
class CorrectedEntries:
    """A form's entries, in its order, as they are to be read, and every correction that was tried on them."""

    entries: tuple[Entry, ...]
    tried: tuple[TriedCorrection, ...]


def declared_corrections() -> tuple[Correction, ...]:
    """Return every declared correction; raises `ReferenceMistake` for one that cannot be meant."""
    return _declared(replacement_folder())


@cache
def _declared(_folder: str) -> tuple[Correction, ...]:
    corrections = read_decisions(Correction, "correction")
    for what, times in Counter(map(_what_is_corrected, corrections)).items():
        if times > 1:
            raise ReferenceMistake(f"{FILE}: the same text is corrected twice: {', '.join(map(str, what))}")
    return corrections


def correct(entries: Sequence[Entry], plan: Plan, period: ReportingPeriod) -> CorrectedEntries:
    """Apply the declared corrections that a form's entries are due for.

    Of several corrections of one cell, such as one for what the office wrote and one for what its division's
    matrix says, those that do not stand are passed over where another one does.
    """
    tried = tuple(_tried(entries, plan, period))
    applied = [one.correction for one in tried if one.applied]
    return CorrectedEntries(tuple(_corrected(entry, applied) for entry in entries), tried)


def correction_findings(tried: Iterable[TriedCorrection]) -> Iterator[Finding]:
    """Tell of each correction whether it was applied, to which text, by whom and why."""
    for one in tried:
        correction = one.correction
        words = load_toml("words.toml")["fields"][correction.field]
        yield finding(
            "corrected" if one.applied else "correction_not_applied",
            cell=one.cell,
            raw_text=one.found,
            indicator_code=correction.indicator,
            office_id=correction.office,
            field_bn=words["bn"],
            field_en=words["en"],
            expect=correction.expect,
            value=correction.value,
            reason=correction.reason,
            who=correction.who,
            when=correction.when,
        )


def _what_is_corrected(one: Correction) -> tuple[str | int, ...]:
    report = (one.office, one.fiscal_year, one.quarter, one.annex)
    return (*report, one.indicator, one.field, canonical(one.expect))


def _tried(entries: Sequence[Entry], plan: Plan, period: ReportingPeriod) -> Iterator[TriedCorrection]:
    for corrections in _by_cell(entries, plan, period):
        outcomes = [outcome for correction in corrections for outcome in _outcomes(correction, entries)]
        yield from [outcome for outcome in outcomes if outcome.applied] or outcomes


def _by_cell(entries: Sequence[Entry], plan: Plan, period: ReportingPeriod) -> Iterable[list[Correction]]:
    """Return the corrections due for these entries; those of one field of one office's indicator together."""
    offices = {entry.office.office_id for entry in entries}
    same_cell: defaultdict[tuple[str, str, str], list[Correction]] = defaultdict(list)
    for correction in declared_corrections():
        if correction.office in offices and correction.concerns(plan, period):
            same_cell[correction.office, correction.indicator, correction.field].append(correction)
    return same_cell.values()


def _outcomes(correction: Correction, entries: Iterable[Entry]) -> Iterator[TriedCorrection]:
    """Try a correction on every entry it is about; a report may lack the indicator, or hold it twice."""
    about = [entry for entry in entries if correction.is_about(entry)]
    for entry in about:
        cell = _cell(entry, correction.field)
        yield TriedCorrection(correction, cell.place, cell.raw_text, correction.stands_in(entry))
    if not about:
        yield TriedCorrection(correction, "", "", applied=False)


def _corrected(entry: Entry, corrections: Iterable[Correction]) -> Entry:
    """Return the entry with its corrected cells; each correction is held to the cell as received."""
    corrected = entry
    for correction in corrections:
        if correction.is_about(entry) and correction.stands_in(entry):
            cell = _cell(entry, correction.field)
            said = replace(cell, text=correction.value, runs=(), received=cell.raw_text)
            corrected = _with_cell(corrected, correction.field, said)
    return corrected


def _cell(entry: Entry, field: str) -> Cell:
    """Return the cell of a field; a blank one where the form has none."""
    written = entry.targets.get(TARGET_BANDS[field]) if field in TARGET_BANDS else _answer(entry, field)
    return written or Cell(entry.place, entry.heading.column, "")


def _answer(entry: Entry, field: str) -> Cell | None:
    return entry.remark if field == "remark" else entry.achievement


def _with_cell(entry: Entry, field: str, cell: Cell) -> Entry:
    if field in TARGET_BANDS:
        return replace(entry, targets={**entry.targets, TARGET_BANDS[field]: cell})
    if field == "remark":
        return replace(entry, remark=cell)
    return replace(entry, achievement=cell, has_slipped=False)
