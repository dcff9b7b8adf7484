"""The data dictionary: every published table and column in Bengali and English, from `columns.toml`."""

from collections.abc import Iterator

from transforms.described import Column, Table, described_tables

_OPENING = """\
# Data dictionary · তথ্য অভিধান

Written from `transforms/reference/columns.toml` by `make docs`; do not edit. The same sentences stand as
comments in the published warehouse: `SELECT column_name, comment FROM duckdb_columns() WHERE NOT internal`.
"""


def data_dictionary() -> str:
    """Return the dictionary of the published tables as one Markdown page."""
    sections = ("\n".join(_section(table)) for table in described_tables() if table.published)
    return "\n".join([_OPENING, *sections])


def _section(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    yield f"{table.bn}\n"
    yield f"{table.en}\n"
    yield "| column | type | unit | বাংলা | English |"
    yield "| --- | --- | --- | --- | --- |"
    yield from map(_line, table.columns)
    yield ""


def _line(column: Column) -> str:
    kind = column.type if column.nullable else f"{column.type}, never empty"
    values = f" One of: {', '.join(f'`{value}`' for value in column.allowed)}." if column.allowed else ""
    return f"| `{column.name}` | {kind} | {column.unit} | {column.bn} | {column.en}{values} |"
