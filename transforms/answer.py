"""An answer: one entry read, its achievement and remark as a state and value, its targets as a ladder."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from extractors.grid import Cell
from transforms.achievement import Achievement, Problem, State, read_achievement
from transforms.bengali_text import canonical
from transforms.entry import Entry
from transforms.finding import Finding, Severity, finding
from transforms.observation import Observation, TargetBand
from transforms.plan import Plan
from transforms.reference import load_toml
from transforms.reporting_period import ReportingPeriod
from transforms.target_band import Rung, Target, bands_in_one_cell, read_target


@dataclass(frozen=True, slots=True)
class Answer:
    """One entry as it was understood; `ladder` runs from the 100 band down and leaves out unused bands."""

    entry: Entry
    achievement: Achievement
    ladder: tuple[Rung, ...]
    findings: tuple[Finding, ...]

    @property
    def reported(self) -> Target | None:
        """The figure or day that is reported, `None` for any other state."""
        return self.achievement.value_date or self.achievement.value


def read_answer(entry: Entry) -> Answer:
    """Read one entry's cells; what cannot be read becomes a finding, never a guess."""
    if entry.has_slipped:
        unread = Answer(entry, Achievement(State.UNREADABLE), (), ())
        return replace(unread, findings=(about(unread, "row_out_of_line"),))
    achievement = read_achievement(entry.achievement_text, entry.remark_text, entry.indicator.unit)
    ladder, unreadable = _read_ladder(entry)
    problems = tuple(_finding_of(problem, entry, achievement) for problem in achievement.problems)
    return Answer(entry, achievement, ladder, problems + unreadable)


def observation_of(answer: Answer, plan: Plan, period: ReportingPeriod, submission_id: str) -> Observation:
    """Return the answer as one row of the observations."""
    entry, read = answer.entry, answer.achievement
    return Observation(
        fiscal_year=str(period.fiscal_year),
        quarter=period.quarter,
        division_id=entry.office.division_id,
        office_id=entry.office.office_id,
        plan_id=plan.plan_id,
        indicator_code=entry.indicator.code,
        indicator_key=entry.indicator.key,
        unit=entry.indicator.unit,
        weight=entry.indicator.weight,
        state=read.state,
        value=read.value,
        value_date=read.value_date,
        achieved_quarter=read.achieved_quarter,
        achieved_by=read.achieved_by,
        planned_quarter=read.planned_quarter,
        planned_date=read.planned_date,
        achievement_raw=entry.achievement_raw,
        remark_raw=entry.remark_raw,
        achievement_text=canonical(entry.achievement_text),
        remark_text=canonical(entry.remark_text),
        submission_id=submission_id,
        cell=entry.place,
    )


def target_bands_of(
    answer: Answer, plan: Plan, period: ReportingPeriod, submission_id: str
) -> Iterator[TargetBand]:
    """Yield the bands that the answer's report prints."""
    fiscal_year = str(period.fiscal_year)
    for rung in answer.ladder:
        yield TargetBand(
            fiscal_year=fiscal_year,
            plan_id=plan.plan_id,
            office_id=answer.entry.office.office_id,
            indicator_code=answer.entry.indicator.code,
            band=rung.band,
            target_value=rung.target if isinstance(rung.target, float) else None,
            target_date=None if isinstance(rung.target, float) else rung.target,
            target_raw=rung.cell.raw_text,
            submission_id=submission_id,
            cell=rung.cell.place,
        )


def about(answer: Answer, code: str, **facts: Any) -> Finding:
    """Raise a finding about an answer's achievement cell."""
    return finding(
        code,
        cell=answer.entry.place,
        raw_text=answer.entry.achievement_raw,
        indicator_code=answer.entry.indicator.code,
        office_id=answer.entry.office.office_id,
        **facts,
    )


def at_cell(answer: Answer, cell: Cell, code: str, **facts: Any) -> Finding:
    """Raise a finding about another cell of an answer: a target, a weight, a remark."""
    return finding(
        code,
        cell=cell.place,
        raw_text=cell.raw_text,
        indicator_code=answer.entry.indicator.code,
        office_id=answer.entry.office.office_id,
        **facts,
    )


def unit_words(unit: str) -> dict[str, Any]:
    """Return the facts `unit_bn` and `unit_en` that a sentence about a unit needs."""
    words = load_toml("words.toml")["units"][unit]
    return {"unit_bn": words["bn"], "unit_en": words["en"]}


def _read_ladder(entry: Entry) -> tuple[tuple[Rung, ...], tuple[Finding, ...]]:
    if entry.scale and entry.indicator.unit != "date":
        return (), ()  # `unit_conflict` asks for the figures in full
    rungs: list[Rung] = []
    findings: list[Finding] = []
    for band, cell, text in _targets_written(entry):
        target = read_target(text, entry.indicator.unit)
        if target.value is not None:
            rungs.append(Rung(band, target.value, cell))
        elif target.is_refused:
            findings.append(
                finding(
                    "unreadable_target",
                    cell=cell.place,
                    raw_text=cell.raw_text,
                    indicator_code=entry.indicator.code,
                    office_id=entry.office.office_id,
                )
            )
    return tuple(rungs), tuple(findings)


def _targets_written(entry: Entry) -> Iterator[tuple[int, Cell, str]]:
    """Yield each band with its cell and what is written for it; one cell may name all the bands itself."""
    for band, cell in sorted(entry.targets.items(), reverse=True):
        named = bands_in_one_cell(cell.text) if len(entry.targets) == 1 else {}
        for one, text in sorted(named.items(), reverse=True) if named else ((band, cell.text),):
            yield one, cell, text


def _finding_of(problem: Problem, entry: Entry, achievement: Achievement) -> Finding:
    """Turn a reader's problem into a finding at its own cell; one that costs the figure quarantines it."""
    stands_in_remark = problem.part == "remark" and entry.remark is not None
    return finding(
        problem.code,
        cell=entry.remark.place if stands_in_remark and entry.remark else entry.place,
        raw_text=problem.raw_text,
        indicator_code=entry.indicator.code,
        office_id=entry.office.office_id,
        severity=Severity.QUARANTINE if achievement.state == "unreadable" else None,
        **unit_words(entry.indicator.unit),
    )
