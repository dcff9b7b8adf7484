"""The directorate's workbook of a quarter under one plan: the divisions, and a sheet of offices for each.

Figures are figures and days are days, so that they can be sorted, filtered and reckoned with; only their
look is Bengali. There are no formulas in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from transforms.numerals import bengali_digits
from transforms.plan import Plan, all_plans
from transforms.reference import load_toml
from warehouse.matrix import MatrixColumn, columns_of, name_in_title
from warehouse.statements import rows
from warehouse.summary import cell_of
from warehouse.workbook import fit_height, head_table, put_figure, put_heading, put_look, put_text

TITLE_ROW, HEADING_ROW = 1, 2
FIRST_ROW = HEADING_ROW + 1
MISSING_FILL = "EDEDED"

Row = Mapping[str, Any]


class Figure(NamedTuple):
    """What stands in a cell: a figure of a unit, or with no unit a text; `None` where nothing does."""

    said: float | date | str | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class _Table:
    """What stands on one sheet: a title, the headings of its columns with their widths, and its rows.

    The first `frozen_columns` stay in sight. The rows numbered in `missing` are of offices without a report.
    """

    name: str
    title: str
    headings: Sequence[tuple[str, float]]
    rows: Sequence[Sequence[Figure]]
    frozen_columns: int
    totals: Sequence[Figure] = ()
    missing: frozenset[int] = frozenset()


def write_roll_up(
    connection: DuckDBPyConnection, fiscal_year: str, quarter: int, plan_id: str, path: Path
) -> None:
    """Write the directorate's workbook of a quarter (1 to 4) under a plan, over the file that stands there.

    Raises `KeyError` for a plan that the reference files do not hold.
    """
    plan = {plan.plan_id: plan for plan in all_plans()}[plan_id]
    period = {"fiscal_year": fiscal_year, "quarter": quarter, "plan_id": plan_id}
    workbook = Workbook()
    workbook.properties.creator = "Protibedon"
    workbook.remove(workbook.worksheets[0])
    for table in _tables(connection, plan, period):
        _write_table(workbook.create_sheet(table.name), table)
    workbook.save(path)


def _tables(connection: DuckDBPyConnection, plan: Plan, period: Mapping[str, Any]) -> Iterator[_Table]:
    columns = columns_of(plan)
    divisions = rows(connection, "ask/roll_up_rates", **period)
    offices = rows(connection, "ask/roll_up_offices", **period)
    of_divisions = {
        (row["division_id"], row["indicator_code"]): row
        for row in rows(connection, "ask/roll_up_divisions", **period)
    }
    of_offices = {
        (row["office_id"], row["indicator_code"]): _of_an_office(row)
        for row in rows(connection, "ask/matrix_cells", **period)
    }
    yield _all_divisions(_title("title", plan, period), columns, divisions, of_divisions)
    for division in divisions:
        name = division["division_bn"]
        title = _title("division_title", plan, period, division=name)
        in_it = [office for office in offices if office["division_id"] == division["division_id"]]
        yield _one_division(name, title, columns, in_it, of_offices)


def _all_divisions(
    title: str,
    columns: Sequence[MatrixColumn],
    divisions: Sequence[Row],
    lines: Mapping[tuple[str | None, str], Row],
) -> _Table:
    words = _words()
    heading = words["heading"]
    country = {name: sum(one[name] for one in divisions) for name in ("expected", "received", "on_time")}
    country |= {"division_id": None, "division_bn": words["country"]}

    def row_of(division: Row) -> list[Figure]:
        said = (_of_a_division(lines.get((division["division_id"], one.indicator_code))) for one in columns)
        return [Figure(division["division_bn"]), *_rates(division), *said]

    return _Table(
        name=words["first_sheet"],
        title=title,
        headings=[
            (heading["division"], 18),
            *((heading[name], 13) for name in ("expected", "received", "on_time", "rate")),
            *((words["of_a_division"][one.unit].format(indicator=_named(one)), 18) for one in columns),
        ],
        rows=[row_of(division) for division in divisions],
        frozen_columns=1,
        totals=row_of(country),
    )


def _one_division(
    name: str,
    title: str,
    columns: Sequence[MatrixColumn],
    offices: Sequence[Row],
    said: Mapping[tuple[str, str], Figure],
) -> _Table:
    words = _words()
    heading = words["heading"]

    def row_of(serial: int, office: Row) -> list[Figure]:
        out_of = office["weighted_out_of"]
        return [
            Figure(serial, "number"),
            Figure(office["office_bn"]),
            Figure(words["status"][office["status"]]),
            Figure(office["received_on"], "date"),
            *(said.get((office["office_id"], one.indicator_code), Figure(None)) for one in columns),
            Figure(office["weighted_score"] if out_of else None, "number"),
            Figure(out_of or None, "number"),
        ]

    return _Table(
        name=name,
        title=title,
        headings=[
            (heading["serial"], 6),
            (heading["office"], 20),
            (heading["status"], 14),
            (heading["received_on"], 13),
            *((_named(column), 18) for column in columns),
            (heading["score"], 11),
            (heading["out_of"], 11),
        ],
        rows=[row_of(serial, office) for serial, office in enumerate(offices, 1)],
        frozen_columns=2,
        missing=frozenset(n for n, office in enumerate(offices) if office["status"] == "missing"),
    )


def _write_table(sheet: Worksheet, table: _Table) -> None:
    put_text(sheet.cell(TITLE_ROW, 1), table.title)
    put_look(sheet, TITLE_ROW, [1], bold=True, lines=False)
    put_heading(sheet, HEADING_ROW, table.headings)
    for number, figures in enumerate(table.rows):
        fill = MISSING_FILL if number in table.missing else ""
        _write_row(sheet, FIRST_ROW + number, figures, fill=fill)
    last_row = HEADING_ROW + len(table.rows)
    if table.totals:
        _write_row(sheet, last_row + 1, table.totals, bold=True)
    head_table(
        sheet,
        heading_row=HEADING_ROW,
        last_row=last_row,
        columns=len(table.headings),
        frozen_columns=table.frozen_columns,
    )


def _write_row(
    sheet: Worksheet, row: int, figures: Sequence[Figure], *, fill: str = "", bold: bool = False
) -> None:
    put_look(sheet, row, range(1, len(figures) + 1), fill=fill, bold=bold)
    for column, (said, unit) in enumerate(figures, 1):
        if isinstance(said, str):
            put_text(sheet.cell(row, column), said)
        elif said is not None:
            put_figure(sheet.cell(row, column), said, unit)
    fit_height(sheet, row, [said if isinstance(said, str) else "" for said, _ in figures])


def _rates(division: Row) -> list[Figure]:
    expected, received, on_time = (division[name] for name in ("expected", "received", "on_time"))
    share = Figure(100 * received / expected if expected else None, "percent")
    return [*(Figure(count, "number") for count in (expected, received, on_time)), share]


def _of_a_division(line: Row | None) -> Figure:
    """Return what a division's offices come to: a sum of numbers, a mean of percentages, achieved days."""
    if line is None or not line["offices_reported"]:
        return Figure(None)
    if line["unit"] == "percent":
        return Figure(line["mean_value"], "percent")
    return Figure(line["total_value"] if line["unit"] == "number" else line["offices_achieved"], "number")


def _of_an_office(row: Row) -> Figure:
    figure = row["value_date"] if row["value"] is None else row["value"]
    return Figure(cell_of(row).achievement) if figure is None else Figure(figure, row["unit"])


def _named(column: MatrixColumn) -> str:
    code = bengali_digits(column.indicator_code)
    return str(_words()["heading"]["indicator"].format(code=code, statement=column.statement))


def _title(name: str, plan: Plan, period: Mapping[str, Any], **facts: str) -> str:
    quarters = load_toml("calendar.toml")["written"]["quarters"]
    return bengali_digits(
        _words()[name].format(
            plan=name_in_title(plan),
            fiscal_year=period["fiscal_year"],
            quarter=quarters[period["quarter"] - 1],
            **facts,
        )
    )


def _words() -> dict[str, Any]:
    return load_toml("roll_up.toml")
