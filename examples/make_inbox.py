"""Write the inbox of made reports that `make run` takes through to the summaries.

Usage: python examples/make_inbox.py [FOLDER]

Who reports what, and with which fault, is told in `made_reports.toml`; here it is put on paper as offices
do, in Word, in Excel and as text. The same files come out byte for byte each time.
"""

import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from paper import WRITERS, Figure, Paper, Span

from transforms.fiscal_year import FiscalYear
from transforms.numerals import bengali_digits
from transforms.office import division_of, office_of
from transforms.plan import BANDS, Indicator, Plan, plan_of
from transforms.reference import load_toml
from warehouse.matrix import DivisionalMatrix, MatrixCell, MatrixRow, columns_of
from warehouse.matrix_layout import HEADING_DEPTH, body_rows, heading_cells, title_of, width_of

HERE = Path(__file__).parent
Answer = list[Any]  # achievement and remark


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeReport:
    """One `[[reports]]` entry. Everything with a default is there to make a report unlike the usual."""

    file: str
    annex: str
    office: str
    quarter: int
    name: str
    designation: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    typed: bool = False
    dates: str = "%d/%m/%y"
    office_line: str = ""
    ordinal: int = 0
    targets: Mapping[str, Mapping[str, date]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    repeated: Mapping[str, Answer] = field(default_factory=dict)
    arrives: float = 1.0


# --- the office form -------------------------------------------------------------------------------------


def office_form(report: MadeReport, plan: Plan, made: Mapping[str, Any]) -> Paper:
    """Put one office's quarter on the form of the annex."""
    words = made["form"]
    office = office_of(report.office)
    facts = {
        "plan": plan.name_bn,
        "place": office.name_bn,
        "ordinal": words["ordinals"][(report.ordinal or report.quarter) - 1],
        "months": months_of(plan.fiscal_year, report.quarter),
        "years": bengali_digits(f"{plan.fiscal_year.start}-{plan.fiscal_year.start + 1}"),
        "office": report.office,
        "name": report.name,
        "designation": report.designation,
    }
    body = tuple(form_rows(report, plan, made["usual"][report.annex][str(report.quarter)], words))
    return Paper(
        heading=(
            *words["government"],
            report.office_line or words["office"][office.level].format(**facts),
            "",
            words["annexes"][report.annex].format(**facts),
            words["title"].format(**facts),
        ),
        rows=(*form_heading(words, facts), *body),
        spans=(*heading_spans(), *activity_spans(body)),
        widths=(5, 17, 26, 7, 9, 9, 9, 9, 9, 9, 12, 19),
        closing=tuple(line.format(**facts) for line in words["closing"]),
        typed=report.typed,
    )


def months_of(year: FiscalYear, quarter: int) -> str:
    """Write the months of a quarter as the form does: অক্টোবর/২৪-ডিসেম্বর/২৪."""
    names = load_toml("calendar.toml")["months"]
    days = year.quarter_days(quarter)
    return bengali_digits("-".join(f"{names[str(day.month)][0]}/{day:%y}" for day in days))


def form_heading(words: Mapping[str, Any], facts: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the three heading rows: column names, the names of the bands, their percentages."""
    unused = ("",) * (len(BANDS) - 1)
    targets, achievement = (words[name].format(**facts) for name in ("targets", "achievement"))
    yield *words["columns"], targets, *unused, achievement, words["remark"]
    before, behind = ("",) * len(words["columns"]), ("", "")
    yield *before, *(words["bands"][str(band)] for band in BANDS), *behind
    yield *before, *(bengali_digits(f"{band}%") for band in BANDS), *behind


def heading_spans() -> Iterator[Span]:
    """Yield the merges of the heading: the targets over their bands, every other name over three rows."""
    yield Span(0, 5, 1, len(BANDS))
    for column in (0, 1, 2, 3, 4, 10, 11):
        yield Span(0, column, HEADING_DEPTH, 1)


def form_rows(
    report: MadeReport, plan: Plan, usual: Mapping[str, Answer], words: Mapping[str, Any]
) -> Iterator[tuple[str | Figure, ...]]:
    """Yield a row for each indicator; serial and activity stand once, on the activity's first row."""
    kept = (indicator for indicator in plan.indicators if indicator.code not in report.left_out)
    for serial, (activity, indicators) in enumerate(groupby(kept, lambda line: line.activity), 1):
        first_cells = (bengali_digits(f"{serial:02}"), activity)
        for indicator in indicators:
            answer = report.answers.get(indicator.code, usual[indicator.code])
            yield *first_cells, *indicator_cells(indicator, answer, report, words)
            first_cells = ("", "")
            if indicator.code in report.repeated:
                repeated = report.repeated[indicator.code]
                yield *first_cells, *indicator_cells(indicator, repeated, report, words)


def indicator_cells(
    indicator: Indicator, answer: Answer, report: MadeReport, words: Mapping[str, Any]
) -> Iterator[str | Figure]:
    """Yield statement, unit, weight, five targets, achievement and remark of one indicator."""
    yield f"[{bengali_digits(indicator.code)}] {indicator.statement}"
    yield words["units"][indicator.unit]
    yield Figure(indicator.weight)
    unlike_the_plan = report.targets.get(indicator.code, {})
    for band in BANDS:
        target = unlike_the_plan.get(str(band), indicator.bands.get(band))
        yield "-" if target is None else Figure(target, indicator.unit, report.dates)
    achievement, remark = answer
    yield achievement if isinstance(achievement, str) else Figure(achievement, indicator.unit, report.dates)
    yield remark


def activity_spans(body: tuple[tuple[str | Figure, ...], ...]) -> Iterator[Span]:
    """Yield the merges of serial and activity over the rows below that carry none."""
    starts = [number for number, row in enumerate(body) if row[0]]
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        if end - start > 1:
            yield from (Span(HEADING_DEPTH + start, column, end - start, 1) for column in (0, 1))


# --- the divisional matrix -------------------------------------------------------------------------------


def divisional_matrix(entry: Mapping[str, Any], plan: Plan, made: Mapping[str, Any]) -> Paper:
    """Put the offices of a division beside the indicators, as the division sends them up."""
    usual = made["usual"][plan.annex][str(entry["quarter"])]
    matrix = DivisionalMatrix(
        division_name_bn=division_of(entry["division"]).name_bn,
        fiscal_year=str(plan.fiscal_year),
        quarter=entry["quarter"],
        plan_name_bn=plan.title_phrases[0],
        marks=plan.marks,
        weighted_marks=plan.weighted_marks,
        columns=columns_of(plan),
        rows=tuple(
            matrix_row(serial, office, usual | answers, plan)
            for serial, (office, answers) in enumerate(entry["offices"].items(), 1)
        ),
    )
    heading = [[""] * width_of(matrix) for _ in range(HEADING_DEPTH)]
    for cell in heading_cells(matrix):
        heading[cell.row - 1][cell.column - 1] = cell.text
    return Paper(
        heading=(title_of(matrix),),
        rows=(*map(tuple, heading), *body_rows(matrix)),
        spans=tuple(
            Span(cell.row - 1, cell.column - 1, cell.row_span, cell.column_span)
            for cell in heading_cells(matrix)
            if cell.row_span * cell.column_span > 1
        ),
        widths=(4, 9, *(7, 7, 9) * len(plan.indicators), 7),
        closing=tuple(entry["closing"]),
    )


def matrix_row(serial: int, office: str, answers: Mapping[str, Answer], plan: Plan) -> MatrixRow:
    """Put one office's answers in a row, each beside the target of its 100 band."""
    cells = []
    for indicator in plan.indicators:
        achievement, remark = answers[indicator.code]
        shown = achievement if isinstance(achievement, str) else str(Figure(achievement, indicator.unit))
        target = str(Figure(indicator.bands[100], indicator.unit))
        cells.append(MatrixCell(target, shown, remark or "-"))
    return MatrixRow(serial, office, office_of(office).name_bn, True, tuple(cells), None, 0)


# --- the inbox -------------------------------------------------------------------------------------------


def made_files(made: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the inbox, by name, in the order in which they arrive."""
    usual_annex = {"annex": made["annex"]}
    for report in (MadeReport(**usual_annex | entry) for entry in made["reports"]):
        content = written(report.file, office_form(report, plan_in(made, report.annex), made))
        yield report.file, content[: int(len(content) * report.arrives)]
    for entry in made["matrices"]:
        matrix = divisional_matrix(entry, plan_in(made, made["annex"]), made)
        yield entry["file"], written(entry["file"], matrix)
    for entry in made["letters"]:
        yield entry["file"], written(entry["file"], Paper(heading=tuple(entry["lines"])))


def plan_in(made: Mapping[str, Any], annex: str) -> Plan:
    """Return the plan of an annex in the year of the made reports."""
    plan = plan_of(annex, FiscalYear.parse(made["fiscal_year"]))
    assert plan is not None, f"no plan of the annex {annex} is known for the made reports"
    return plan


def written(name: str, paper: Paper) -> bytes:
    """Return a paper as the kind of file that a name ends in."""
    return WRITERS[Path(name).suffix](paper)


def make_inbox(folder: Path) -> tuple[str, ...]:
    """Write the made inbox into a folder and return the names of its files; others there are left alone."""
    made = tomllib.loads((HERE / "made_reports.toml").read_text(encoding="utf-8"))
    files = dict(made_files(made))
    files |= {entry["file"]: files[entry["of"]] for entry in made["copies"]}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return tuple(files)


def main(arguments: Iterable[str]) -> None:
    """Write the inbox into the folder named, or beside this script."""
    folder = Path(next(iter(arguments), HERE / "inbox"))
    names = make_inbox(folder)
    print(f"{len(names)} files in {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
