"""An indicator draft: one indicator of a drafted plan, as far as form and former plan settle it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from transforms.dates import years_later
from transforms.doubt import Doubt, doubt
from transforms.fiscal_year import FiscalYear
from transforms.indicator_code import read_activity_text
from transforms.plan import Plan, all_plans
from transforms.plan_line import PlanLine, Value
from transforms.printed_indicator import PrintedIndicator
from transforms.succession import Predecessor, predecessors
from transforms.target_band import Rung, Target, first_out_of_order, read_target

# Where no former plan tells: what each unit usually is over a year. Always marked for a person to decide.
_USUAL_CALCULATION = {"date": "date", "number": "sum", "percent": "cumulative"}
_PERCENT_SIGNS = ("%", "শতাংশ")


@dataclass(frozen=True, slots=True)
class Years:
    """The fiscal year that a form is of, and the one that is drafted: the days of its targets move along."""

    printed: FiscalYear
    drafted: FiscalYear

    @property
    def apart(self) -> int:
        """How many years days are moved by."""
        return self.drafted.start - self.printed.start


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    """The lines of one indicator, with its key and its weight in marks."""

    lines: tuple[PlanLine[Value], ...]
    key: str
    weight: float


def draft_indicators(
    printed: Sequence[PrintedIndicator], former: Plan | None, annex_id: str, years: Years
) -> tuple[IndicatorDraft, ...]:
    """Draft the indicators of a form; key and calculation are those of the former one with the same words."""
    before = predecessors([one.statement for one in printed], former)
    codes = _codes(printed, before)
    taken = {indicator.key for plan in all_plans() if plan.annex == annex_id for indicator in plan.indicators}
    return tuple(
        _drafted(one, predecessor, code, _key(code.value, predecessor, taken, years.drafted), years)
        for one, predecessor, code in zip(printed, before, codes, strict=True)
    )


def _drafted(
    one: PrintedIndicator,
    before: Predecessor | None,
    code: PlanLine[str],
    key: PlanLine[str],
    years: Years,
) -> IndicatorDraft:
    activity, statement = _stated("activity", one.activity), _stated("statement", one.statement)
    unit, weight = _unit(one, before), _weight(one, before)
    counted = (_calculation(unit.value, before), _bands(one, unit.value, years))
    return IndicatorDraft((code, key, activity, statement, unit, weight, *counted), key.value, weight.value)


# --- what names an indicator -------------------------------------------------------------------------


def _codes(
    printed: Sequence[PrintedIndicator], before: Sequence[Predecessor | None]
) -> tuple[PlanLine[str], ...]:
    """Give every indicator a code of its own: the printed one, the former one, or its activity's next."""
    taken = {one.code for one in printed if one.code}
    given: dict[str, PlanLine[str]] = {}
    for one, predecessor in zip(printed, before, strict=True):
        if one.code and one.code not in given:
            given[one.code] = PlanLine("code", one.code)
            continue
        question = "code_twice" if one.code else "code_missing"
        if predecessor and predecessor.is_the_same and predecessor.indicator.code not in taken:
            code = predecessor.indicator.code
        elif activity := read_activity_text(one.activity).number:
            code, question = _free_code(activity, taken), question if one.code else "code_by_activity"
        else:
            code = _free_code("0.0", taken)
        taken.add(code)
        given[code] = PlanLine("code", code, (doubt(question, place=one.place, indicator_code=one.code),))
    return tuple(given.values())


def _free_code(activity: str, taken: Collection[str]) -> str:
    return next(code for number in range(1, len(taken) + 2) if (code := f"{activity}.{number}") not in taken)


def _key(code: str, before: Predecessor | None, taken: Collection[str], year: FiscalYear) -> PlanLine[str]:
    """Carry the former key on, or draft one from the code: one that no other indicator ever had."""
    if before and before.is_the_same:
        doubts = () if before.is_beyond_doubt else (_about("key_by_likeness", before),)
        return PlanLine("key", before.indicator.key, doubts)
    number = code.replace(".", "_")
    key = f"indicator_{number}"
    if key in taken:
        key = f"indicator_{year.start}_{number}"
    if before and before.is_near:
        return PlanLine("key", key, (_about("key_new_but_near", before),))
    return PlanLine("key", key, (doubt("key_new"),))


def _about(code: str, before: Predecessor) -> Doubt:
    former = before.indicator
    return doubt(
        code,
        indicator_code=former.code,
        before=former.statement,
        key=former.key,
        likeness=round(before.likeness),
    )


def _stated(field: str, text: str) -> PlanLine[str]:
    return PlanLine(field, text, () if text else (doubt(f"{field}_missing"),))


# --- how it is counted -------------------------------------------------------------------------------


def _unit(one: PrintedIndicator, before: Predecessor | None) -> PlanLine[str]:
    former = before.indicator.unit if before and before.is_the_same else ""
    if not one.unit:
        return PlanLine("unit", former or _unit_of_targets(one), (doubt("unit_unknown", raw=one.unit_text),))
    doubts = (doubt("unit_changed", before=former),) if former not in ("", one.unit) else ()
    return PlanLine("unit", one.unit, doubts)


def _unit_of_targets(one: PrintedIndicator) -> str:
    texts = [cell.text for cell in one.targets.values()]
    if any(read_target(text, "date").value for text in texts):
        return "date"
    return "percent" if any(sign in text for text in texts for sign in _PERCENT_SIGNS) else "number"


def _weight(one: PrintedIndicator, before: Predecessor | None) -> PlanLine[float]:
    if one.weight is not None:
        return PlanLine("weight", one.weight)
    former = before.indicator.weight if before and before.is_the_same else 0.0
    return PlanLine("weight", former, (doubt("weight_unreadable", raw=one.weight_text),))


def _calculation(unit: str, before: Predecessor | None) -> PlanLine[str]:
    if before and before.is_the_same and before.indicator.unit == unit:
        return PlanLine("calculation", before.indicator.calculation)
    return PlanLine("calculation", _USUAL_CALCULATION[unit], (doubt("calculation_by_unit"),))


# --- its targets -------------------------------------------------------------------------------------


def _bands(one: PrintedIndicator, unit: str, years: Years) -> PlanLine[dict[int, Target]]:
    rungs: list[Rung] = []
    doubts: list[Doubt] = []
    for band, cell in sorted(one.targets.items(), reverse=True):
        target = read_target(cell.text, unit)
        if target.value is not None:
            rungs.append(Rung(band, _moved(target.value, years), cell))
        elif target.is_refused:
            doubts.append(doubt("target_unreadable", band=band, raw=cell.text))
    doubts.extend(_doubts_of_ladder(rungs, unit, years))
    return PlanLine("bands", {rung.band: rung.target for rung in rungs}, tuple(doubts))


def _moved(target: Target, years: Years) -> Target:
    return years_later(target, years.apart) if isinstance(target, date) else target


def _doubts_of_ladder(rungs: Sequence[Rung], unit: str, years: Years) -> Iterator[Doubt]:
    if not rungs:
        yield doubt("no_targets")
        return
    if rungs[0].band != 100:
        yield doubt("no_top_target")
    elif len(rungs) == 1:
        yield doubt("one_target")
    step = first_out_of_order(rungs)
    if step:
        yield doubt("targets_out_of_order", before=step[0].cell.text, raw=step[1].cell.text)
    if unit == "date" and years.apart:
        yield doubt("targets_moved", from_year=years.printed, to_year=years.drafted)
    for rung in rungs:
        yield from _doubts_of_target(rung, unit, years.drafted)


def _doubts_of_target(rung: Rung, unit: str, year: FiscalYear) -> Iterator[Doubt]:
    if isinstance(rung.target, date):
        if not year.contains(rung.target):
            yield doubt("target_outside_year", band=rung.band, day=rung.target, fiscal_year=year)
    elif unit == "percent" and rung.target > 100:
        yield doubt("target_over_100", band=rung.band, raw=rung.cell.text)
