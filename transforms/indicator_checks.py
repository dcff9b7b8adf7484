"""The checks of the indicators: what a report says of them beside its answers, held against the plan.

A matrix says it once for all its offices, over their columns; an office form in the indicator's own row.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from extractors.grid import Cell
from transforms.answer import Answer, at_cell, unit_words
from transforms.divisional_matrix import target_headings
from transforms.filled_form import FilledForm
from transforms.finding import Finding, Severity, finding
from transforms.indicator_code import read_indicator_text
from transforms.numerals import bengali_digits, read_number
from transforms.office import Office
from transforms.statement import Agreement, agreement, is_activity_of_another


def weights_of_the_report(filled: FilledForm) -> Iterator[Finding]:
    """The weights printed in a report add to the marks of its annex: a free check that nothing is missing.

    Where a weight is left blank the sum is short for that reason alone, and says nothing.
    """
    stated: dict[str, float] = {}
    for answer in filled.answers:
        weight = answer.entry.stated.weight
        if weight is not None:
            stated[answer.entry.indicator.code] = weight
    total, expected = sum(stated.values()), filled.plan.marks
    if stated.keys() == {answer.entry.indicator.code for answer in filled.answers}:
        code = "weights_add_up" if total == expected else "weights_do_not_add_up"
        yield finding(code, total=total, expected=expected)


def weights_of_the_plan(filled: FilledForm) -> Iterator[Finding]:
    """An indicator's weight is the plan's."""
    for answer in _once_per_indicator(filled):
        entry = answer.entry
        stated, cell = entry.stated.weight, entry.weight_cell or entry.heading
        is_unreadable = entry.weight_cell is not None and stated is None
        if is_unreadable or stated not in (None, entry.indicator.weight):
            yield at_cell(answer, cell, "weight_conflict", expected=entry.indicator.weight)


def units_of_the_plan(filled: FilledForm) -> Iterator[Finding]:
    """An indicator's unit is the plan's; a figure that another unit would make another figure is withheld."""
    for answers in _by_heading(filled):
        entry = answers[0].entry
        is_scaled = entry.scale is not None and entry.indicator.unit != "date"
        is_another = (entry.stated.unit or entry.unit_cell) and entry.stated.unit != entry.indicator.unit
        if is_scaled or is_another:
            cell = (entry.scale if is_scaled else entry.unit_cell) or entry.heading
            yield finding(
                "unit_conflict",
                cell=cell.place,
                raw_text=cell.raw_text,
                indicator_code=entry.indicator.code,
                office_id=_office_concerned(filled, answers),
                severity=Severity.QUARANTINE if any(map(_may_be_another_figure, answers)) else None,
                **unit_words(entry.indicator.unit),
            )


def _may_be_another_figure(answer: Answer) -> bool:
    """Whether the unit that the report states would make another figure of the one in the cell."""
    entry, figure = answer.entry, answer.achievement.value
    if not figure or entry.scale:
        return bool(figure)
    is_share = {entry.stated.unit, entry.indicator.unit} == {"number", "percent"}
    written = read_number(entry.achievement_text).value
    says_its_unit = written is not None and written.is_percent
    return is_share and not says_its_unit


def units_over_the_targets(filled: FilledForm) -> Iterator[Finding]:
    """The unit word in a matrix's target heading is the indicator's own."""
    headings = (heading for table in filled.form.tables for heading in target_headings(table))
    for cell, stated, unit in headings:
        indicator = filled.plan.indicator(stated.code)
        if indicator and unit != indicator.unit:
            yield finding(
                "unit_conflict",
                cell=cell.place,
                raw_text=cell.raw_text,
                indicator_code=indicator.code,
                **unit_words(indicator.unit),
            )


def statements_of_the_plan(filled: FilledForm) -> Iterator[Finding]:
    """The words beside a code are its indicator's; where they are another's, the figure is withheld."""
    for answer in _once_per_indicator(filled):
        entry = answer.entry
        whose = agreement(entry.stated.statement, entry.indicator, filled.plan)
        if whose is not Agreement.OWN:
            severity = Severity.QUARANTINE if whose is Agreement.ANOTHERS else None
            yield _in_heading(filled, answer, "statement_conflict", entry.heading, severity=severity)


def activities_of_the_plan(filled: FilledForm) -> Iterator[Finding]:
    """The activity over or beside an indicator is its own: another's tells that headings were exchanged."""
    for answer in _once_per_indicator(filled):
        cell, indicator = answer.entry.activity, answer.entry.indicator
        if cell and is_activity_of_another(cell.text, indicator, filled.plan):
            yield _in_heading(filled, answer, "activity_conflict", cell)


def targets_of_their_own(filled: FilledForm) -> Iterator[Finding]:
    """Two indicators that print each other's targets, and not their own, have exchanged their places."""
    answers = _once_per_indicator(filled)
    for answer in answers:
        others = (other for other in answers if other.entry.indicator.unit == answer.entry.indicator.unit)
        other = next((other for other in others if _have_exchanged_targets(answer, other)), None)
        if other:
            code = other.entry.indicator.code
            place = answer.ladder[0].cell
            yield _in_heading(
                filled, answer, "targets_of_another", place, other_bn=bengali_digits(code), other_en=code
            )


def _have_exchanged_targets(one: Answer, other: Answer) -> bool:
    own, others = one.entry.indicator.bands, other.entry.indicator.bands
    if not one.ladder or not other.ladder or own.get(100) == others.get(100):
        return False
    return _prints(one, others) and _prints(other, own)


def _prints(answer: Answer, bands: dict[int, float | date]) -> bool:
    return all(bands.get(rung.band) == rung.target for rung in answer.ladder)


def headings_in_order(filled: FilledForm) -> Iterator[Finding]:
    """A matrix has the plan's indicators in the plan's order; headings exchanged with each other break it."""
    order = {indicator.code: place for place, indicator in enumerate(filled.plan.indicators)}
    for table in filled.form.tables:
        stated = ((read_indicator_text(cell.text).code, cell) for cell in table.header.indicator_cells())
        planned = [(code, cell) for code, cell in stated if code in order]
        for (before, _), (code, cell) in pairwise(planned):
            if order[before] > order[code]:
                yield finding(
                    "headings_out_of_order",
                    cell=cell.place,
                    raw_text=cell.raw_text,
                    indicator_code=code,
                    before_bn=bengali_digits(before),
                    before_en=before,
                )
                break  # the further ones follow from the first


def indicators_all_there(filled: FilledForm) -> Iterator[Finding]:
    """Every indicator of the plan stands in the report; one that could not be read stands there too."""
    present = {answer.entry.indicator.code for answer in filled.answers} | filled.form.codes
    office_id = filled.office.office_id if filled.office else ""
    for indicator in filled.plan.indicators:
        if indicator.code not in present:
            yield finding("missing_indicator", indicator_code=indicator.code, office_id=office_id)


def indicators_there_for_each(filled: FilledForm) -> Iterator[Finding]:
    """A matrix in several parts names an office in each: one left out of a part lacks its indicators."""
    of_office: defaultdict[Office, set[str]] = defaultdict(set)
    for answer in filled.answers:
        of_office[answer.entry.office].add(answer.entry.indicator.code)
    in_the_matrix = set().union(*of_office.values())
    for office, codes in of_office.items():
        for code in sorted(in_the_matrix - codes):
            missing = finding("missing_indicator", indicator_code=code, office_id=office.office_id)
            yield missing._replace(
                message_bn=f"{office.name_bn}: {missing.message_bn}",
                message_en=f"{office.name_en}: {missing.message_en}",
            )


def _by_heading(filled: FilledForm) -> list[list[Answer]]:
    """What a form says of an indicator itself, a matrix says once for all its offices."""
    grouped: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in filled.answers:
        grouped[answer.entry.heading.place].append(answer)
    return list(grouped.values())


def _once_per_indicator(filled: FilledForm) -> list[Answer]:
    return [answers[-1] for answers in _by_heading(filled)]


def _office_concerned(filled: FilledForm, answers: Sequence[Answer]) -> str:
    """Return whose a heading's finding is: in a matrix all offices', in an office form its own."""
    return "" if filled.is_matrix else answers[0].entry.office.office_id


def _in_heading(
    filled: FilledForm,
    answer: Answer,
    code: str,
    cell: Cell,
    *,
    severity: Severity | None = None,
    **facts: Any,
) -> Finding:
    return finding(
        code,
        cell=cell.place,
        raw_text=cell.raw_text,
        indicator_code=answer.entry.indicator.code,
        office_id=_office_concerned(filled, [answer]),
        severity=severity,
        **facts,
    )
