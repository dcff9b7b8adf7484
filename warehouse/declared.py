"""The declared tables: what officials keep in the reference files, as tables that SQL can join to."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from duckdb import DuckDBPyConnection

from transforms import fiscal_year, office
from transforms import plan as plans
from transforms.described import described_table
from transforms.office import Division, Office, all_divisions, all_offices
from transforms.plan import all_plans
from transforms.reference import fingerprint
from warehouse.rows import differs_from_incoming, incoming
from warehouse.statements import rows as stored
from warehouse.statements import run, run_text, sql

Row = dict[str, object]


def refresh_declared_tables(connection: DuckDBPyConnection) -> bool:
    """Let the tables of divisions, offices, plans and what plans hold say what the files say now.

    The rows are made and compared only where the files, or the code that reads them, are others than they
    were when the tables were filled: a country has 23,667 offices, and one more report is loaded at once.
    Returns whether any of them said anything else before. One that did not is left alone.
    """
    if _are_filled_from(connection, now := _made_from()):
        return False
    changed = [_refresh(connection, table, list(rows())) for table, rows in _TABLES.items()]
    run(connection, "load/write_fingerprint", fingerprint=now)
    return any(changed)


def is_declared_otherwise(connection: DuckDBPyConnection) -> bool:
    """Whether the files say anything else now than these tables do; looks as little, and changes nothing."""
    if _are_filled_from(connection, _made_from()):
        return False
    for table, rows in _TABLES.items():
        with incoming(connection, table, rows()):
            if differs_from_incoming(connection, table):
                return True
    return False


def _made_from() -> str:
    """Return a word that is another one as soon as the reference files, or the code behind the rows, are."""
    code = (Path(str(module.__file__)).read_bytes() for module in (office, plans, fiscal_year))
    return sha256(b"".join((fingerprint().encode(), Path(__file__).read_bytes(), *code))).hexdigest()


def _are_filled_from(connection: DuckDBPyConnection, made_from: str) -> bool:
    return [row["fingerprint"] for row in stored(connection, "load/fingerprint")] == [made_from]


def _refresh(connection: DuckDBPyConnection, table: str, declared: Sequence[Row]) -> bool:
    with incoming(connection, table, declared):
        if not differs_from_incoming(connection, table):
            return False
        run_text(connection, sql("load/replace").format(table=table))
        return True


def _divisions() -> Iterator[Row]:
    return map(_as_row, all_divisions())


def _offices() -> Iterator[Row]:
    return map(_as_row, all_offices())


def _as_row(record: Division | Office) -> Row:
    return {field: getattr(record, field) for field in record.__slots__}


def _plans() -> Iterator[Row]:
    for plan in all_plans():
        yield {
            "plan_id": plan.plan_id,
            "annex": plan.annex,
            "fiscal_year": str(plan.fiscal_year),
            "name_bn": plan.name_bn,
            "name_en": plan.name_en,
            "marks": plan.marks,
            "weighted_marks": plan.weighted_marks,
            "scoring": plan.scoring,
        }


def _indicators() -> Iterator[Row]:
    for plan in all_plans():
        for position, indicator in enumerate(plan.indicators, start=1):
            yield {
                "plan_id": plan.plan_id,
                "fiscal_year": str(plan.fiscal_year),
                "indicator_code": indicator.code,
                "indicator_key": indicator.key,
                "activity_bn": indicator.activity,
                "statement_bn": indicator.statement,
                "unit": indicator.unit,
                "weight": indicator.weight,
                "calculation": indicator.calculation,
                "position": position,
            }


def _plan_bands() -> Iterator[Row]:
    for plan in all_plans():
        for indicator in plan.indicators:
            for band, target in indicator.bands.items():
                yield {
                    "plan_id": plan.plan_id,
                    "fiscal_year": str(plan.fiscal_year),
                    "indicator_code": indicator.code,
                    "band": band,
                    "target_value": None if isinstance(target, date) else target,
                    "target_date": target if isinstance(target, date) else None,
                }


def _due_dates() -> Iterator[Row]:
    levels = next(column.allowed for column in described_table("offices").columns if column.name == "level")
    for plan in all_plans():
        for quarter in plan.due:
            for level in levels:
                yield {
                    "fiscal_year": str(plan.fiscal_year),
                    "plan_id": plan.plan_id,
                    "quarter": quarter,
                    "quarter_end": plan.fiscal_year.quarter_days(quarter)[1],
                    "level": level,
                    "due_date": plan.due_date(quarter, str(level)),
                }


_TABLES: dict[str, Callable[[], Iterator[Row]]] = {
    "divisions": _divisions,
    "offices": _offices,
    "plans": _plans,
    "indicators": _indicators,
    "plan_bands": _plan_bands,
    "due_dates": _due_dates,
}
