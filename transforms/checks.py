"""The checks: one list per form, each check a small function from a filled form to findings.

Checks look at what the report says as a whole and change nothing. What a single cell cannot be read as is
found where the cell is read (`answer.py`); what bars a row from the figures is in `border.py`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from transforms.answer import Answer, about, at_cell
from transforms.bengali_text import foreign_letters
from transforms.filled_form import FilledForm
from transforms.finding import Finding, Severity, finding
from transforms.heading import read_unit
from transforms.indicator_checks import (
    activities_of_the_plan,
    headings_in_order,
    indicators_all_there,
    indicators_there_for_each,
    statements_of_the_plan,
    targets_of_their_own,
    units_of_the_plan,
    units_over_the_targets,
    weights_of_the_plan,
    weights_of_the_report,
)
from transforms.numerals import read_number
from transforms.office import expected_offices
from transforms.target_band import first_out_of_order, higher_is_better, reaches, read_target
from transforms.unread import unread_columns

Check = Callable[[FilledForm], Iterator[Finding]]
FEWEST_TO_COMPARE = 3


def run_checks(filled: FilledForm) -> tuple[Finding, ...]:
    """Return everything that a careful reader notices about a filled form, check by check."""
    checks = MATRIX_CHECKS if filled.is_matrix else OFFICE_FORM_CHECKS
    return tuple(found for check in checks for found in check(filled))


def columns_not_read(filled: FilledForm) -> Iterator[Finding]:
    """A column with no heading, or one that no entry of the lexicon knows, was not read."""
    for table in filled.form.tables:
        yield from unread_columns(table)


def headings_misspelt(filled: FilledForm) -> Iterator[Finding]:
    """A heading recognised only after folding its spaces and spelling."""
    for table in filled.form.tables:
        for column in table.header.columns:
            if column.heading.is_misspelt:
                yield finding("heading_repaired", cell=column.cell.place, raw_text=column.cell.raw_text)


def foreign_letters_noted(filled: FilledForm) -> Iterator[Finding]:
    """Assamese ৰ and ৱ look Bengali and are other letters."""
    titles = [line.cell for line in filled.form.title]
    cells = [cell for row in filled.form.rows_of_tables for cell in row.cells]
    foreign = (cell for cell in (*titles, *cells) if foreign_letters(cell.text))
    for cell in dict.fromkeys(foreign):
        letters = foreign_letters(cell.text)
        yield finding("foreign_letter", cell=cell.place, raw_text=cell.raw_text, letters=letters)


def rows_in_line(filled: FilledForm) -> Iterator[Finding]:
    """Another figure where the remark stands, or a unit where the weight does: the cells have slipped."""
    for answer in filled.answers:
        remark, weight = answer.entry.remark, answer.entry.weight_cell
        figure = read_target(answer.entry.remark_text, answer.entry.indicator.unit).value
        if remark and answer.reported is not None and figure not in (None, answer.reported):
            yield at_cell(answer, remark, "row_out_of_line")
        elif weight and read_unit(weight.text):
            yield at_cell(answer, weight, "row_out_of_line")


def answers_of_their_own(filled: FilledForm) -> Iterator[Finding]:
    """A figure in one cell merged over several answers, or over a target too, is nobody's own."""
    reporting = (answer for answer in filled.answers if answer.reported is not None)
    figures = [answer for answer in reporting if answer.entry.achievement]
    sharing = Counter(answer.entry.place for answer in figures)
    merged = {cell.place for table in filled.form.tables for cell in table.cells_of_several_figures()}
    for answer in figures:
        if sharing[answer.entry.place] > 1 or answer.entry.place in merged:
            yield about(answer, "shared_answer")


def bands_in_order(filled: FilledForm) -> Iterator[Finding]:
    """A ladder's targets run one way from the 100 band down."""
    for answer in filled.answers:
        step = first_out_of_order(answer.ladder)
        if step:
            upper, lower = step
            yield at_cell(answer, lower.cell, "target_bands_not_monotonic", before=upper.cell.text)


def bands_of_zero(filled: FilledForm) -> Iterator[Finding]:
    """A band of ০, where more is better, would pay for doing nothing."""
    for answer in filled.answers:
        for rung in answer.ladder:
            if rung.target == 0.0 and higher_is_better(answer.ladder):
                yield at_cell(answer, rung.cell, "zero_band", band=rung.band)


def top_bands_met(filled: FilledForm) -> Iterator[Finding]:
    """An office that met its 100 band is worth naming."""
    for answer in filled.answers:
        top = answer.ladder[:1]
        reported = answer.reported
        if not top or top[0].band != 100 or reported is None:
            continue
        if reaches(top[0].target, reported, higher=higher_is_better(answer.ladder)):
            yield about(answer, "top_band_met")


def days_within_the_year(filled: FilledForm) -> Iterator[Finding]:
    """A day lies in the fiscal year reported, and that of an achievement not after the quarter's last."""
    year = filled.period.fiscal_year
    _, last_day = year.quarter_days(filled.period.quarter)
    for answer in filled.answers:
        day = answer.achievement.value_date
        if day and not year.contains(day):
            yield about(answer, "date_outside_fiscal_year", fiscal_year=year)
        elif day and day > last_day:
            yield about(answer, "date_after_quarter")
        for rung in answer.ladder:
            if isinstance(rung.target, date) and not year.contains(rung.target):
                yield at_cell(answer, rung.cell, "date_outside_fiscal_year", fiscal_year=year)


def done_by_now_and_planned_from_now(filled: FilledForm) -> Iterator[Finding]:
    """What is done was done by the quarter reported, and what is planned is not to be done before it.

    A later quarter beside "done" makes it doubtful that it is; a figure stands all the same. So does one that
    is said to be an earlier quarter's, yet where quarters are summed it may be in the sum already.
    """
    first_day, _ = filled.period.fiscal_year.quarter_days(filled.period.quarter)
    for answer in filled.answers:
        read, remark = answer.achievement, answer.entry.remark
        words = remark if remark and not remark.is_blank else answer.entry.achievement or answer.entry.heading
        if read.achieved_quarter and read.achieved_quarter > filled.period.quarter:
            severity = Severity.QUARANTINE if answer.reported is None else None
            yield at_cell(answer, words, "achieved_in_later_quarter", severity=severity)
        is_earlier = (read.achieved_quarter or filled.period.quarter) < filled.period.quarter
        if is_earlier and read.value and answer.entry.indicator.calculation == "sum":
            yield at_cell(answer, words, "figure_of_earlier_quarter")
        is_past = read.planned_quarter is not None and read.planned_quarter < filled.period.quarter
        if is_past or (read.planned_date and read.planned_date < first_day):
            yield at_cell(answer, words, "planned_before_quarter")


def year_to_date_covers_the_quarter(filled: FilledForm) -> Iterator[Finding]:
    """A running count is never below the quarter's own count."""
    for answer in filled.answers:
        cell, quarter_value = answer.entry.year_to_date, answer.achievement.value
        if cell is None or quarter_value is None or answer.entry.indicator.calculation != "sum":
            continue
        to_date = read_number(cell.text).value
        if to_date and to_date.value < quarter_value:
            yield at_cell(answer, cell, "year_to_date_conflict")


def nothing_stated(filled: FilledForm) -> Iterator[Finding]:
    """A dash or a blank, with no remark that says more."""
    for answer in filled.answers:
        if answer.achievement.state == "unstated":
            yield about(answer, "nothing_stated")


def offices_all_there(filled: FilledForm) -> Iterator[Finding]:
    """A matrix holds every office of its division that is expected to report."""
    if filled.division is None:
        return
    _, last_day = filled.period.fiscal_year.quarter_days(filled.period.quarter)
    expected = expected_offices(filled.division.division_id, last_day)
    present = {answer.entry.office.office_id for answer in filled.answers}
    absent = [office for office in expected if office.office_id not in present]
    yield finding(
        "offices_absent" if absent else "all_offices_present",
        division_bn=filled.division.name_bn,
        division_en=filled.division.name_en,
        expected=len(expected),
        present=len(expected) - len(absent),
        absent_bn=", ".join(office.name_bn for office in absent),
        absent_en=", ".join(office.name_en for office in absent),
    )


def superior_named_for_some(filled: FilledForm) -> Iterator[Finding]:
    """What the directorate did for all offices is written in the rows of a few."""
    for answers in _by_indicator(filled).values():
        read = [answer for answer in answers if answer.achievement.state != "unreadable"]
        named = [answer for answer in read if answer.achievement.achieved_by == "superior"]
        if named and len(named) < len(read):
            cell = named[0].entry.remark or named[0].entry.heading
            yield at_cell(named[0], cell, "superior_named_unevenly", count=len(named))


def figures_that_stand_alone(filled: FilledForm) -> Iterator[Finding]:
    """One office reports another figure than all the others, who report the same."""
    for answers in _by_indicator(filled).values():
        reporting = [answer for answer in answers if answer.reported is not None]
        counts = Counter(answer.reported for answer in reporting)
        if len(reporting) < FEWEST_TO_COMPARE or len(counts) != 2:
            continue
        (common, _), (rare, times) = counts.most_common()
        if times == 1:
            alone = next(answer for answer in reporting if answer.reported == rare)
            other = next(answer for answer in reporting if answer.reported == common)
            yield about(alone, "stands_alone", others=other.entry.achievement_text)


BOTH_FORMS: tuple[Check, ...] = (
    columns_not_read,
    headings_misspelt,
    foreign_letters_noted,
    weights_of_the_report,
    weights_of_the_plan,
    units_of_the_plan,
    statements_of_the_plan,
    activities_of_the_plan,
    targets_of_their_own,
    rows_in_line,
    answers_of_their_own,
    indicators_all_there,
    bands_in_order,
    bands_of_zero,
    top_bands_met,
    days_within_the_year,
    done_by_now_and_planned_from_now,
    year_to_date_covers_the_quarter,
    nothing_stated,
)
OFFICE_FORM_CHECKS: tuple[Check, ...] = BOTH_FORMS
MATRIX_CHECKS: tuple[Check, ...] = (
    *BOTH_FORMS,
    units_over_the_targets,
    headings_in_order,
    indicators_there_for_each,
    offices_all_there,
    superior_named_for_some,
    figures_that_stand_alone,
)


def _by_indicator(filled: FilledForm) -> dict[str, list[Answer]]:
    grouped: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in filled.answers:
        grouped[answer.entry.indicator.code].append(answer)
    return grouped
