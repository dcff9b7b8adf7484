"""The border: the table of observations as it must be before it may enter the warehouse.

Structure is checked first, and a report whose rows cannot be rows at all is rejected whole. Then the rows:
one that cannot be true is withheld, so that it keeps its place and its raw text and loses its figure. Every
failure becomes a finding with the cell it came from. Nothing is dropped.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from transforms.described import Column, described_table
from transforms.finding import Finding, finding
from transforms.frame import DTYPES, frame_of_records
from transforms.grouping import grouped
from transforms.observation import Observation, withheld
from transforms.reference import one_folder
from transforms.report import Report
from transforms.waivers import waive

if TYPE_CHECKING:
    # Where it is needed it is imported by the functions themselves: a run with nothing new starts at once.
    import pandera.pandas as pa

# What makes a row one of its kind.
KEY = ("submission_id", "plan_id", "office_id", "indicator_code")


_CHECKED_TOGETHER = 1000  # reports in one frame: as fast as all of them, and in little memory


def check_at_border(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Return the reports with what the schemas refuse taken out of their figures and told as findings.

    By then everything is told that one report can show. What a person has waived is lowered to notes, and
    what has one cause is told once.
    """
    some = (reports[begin : begin + _CHECKED_TOGETHER] for begin in range(0, len(reports), _CHECKED_TOGETHER))
    with one_folder():
        return tuple(report for together in some for report in _checked(together))


def _checked(reports: Sequence[Report]) -> Iterator[Report]:
    frame = observations_frame(reports)
    told = _reject_broken_structures(reports, frame)
    kept = [after.observations is before.observations for before, after in zip(reports, told, strict=True)]
    if not all(kept):
        frame = observations_frame(told)  # without the rows of those that are rejected now
    for report in map(waive, _withhold_impossible_rows(told, frame)):
        yield replace(report, findings=grouped(report.findings))


def observations_frame(reports: Sequence[Report]) -> pd.DataFrame:
    """Return all observations as one frame, one row each, with the columns and types of `columns.toml`."""
    return frame_of_records("observations", (row for report in reports for row in report.observations))


@cache
def structure_schema() -> "pa.DataFrameSchema":
    """Every column is there, of its type; a row says whose it is, of when, of what, and where it stood."""
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            column.name: pa.Column(
                DTYPES[column.type],
                nullable=column.nullable,
                checks=_checks_of(column),
            )
            for column in described_table("observations").columns
        },
        unique=list(KEY),
        strict=True,
    )


def _checks_of(column: Column) -> "list[pa.Check]":
    import pandera.pandas as pa

    checks = [pa.Check.isin(column.allowed)] if column.allowed else []
    return [*checks, pa.Check.str_length(min_value=1)] if column.name in (*KEY, "cell") else checks


@cache
def row_schema() -> "pa.DataFrameSchema":
    """What a figure can be. The error of each check is the code of the finding that its failure raises."""
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {"value": pa.Column("Float64", pa.Check.ge(0, error="negative_value"), nullable=True)},
        checks=pa.Check(_is_no_percentage_over_100, error="percent_over_100"),
    )


def _is_no_percentage_over_100(frame: pd.DataFrame) -> pd.Series:
    over = (frame["unit"] == "percent") & (frame["value"] > 100)
    return ~over.fillna(False).astype(bool)


def _reject_broken_structures(reports: Sequence[Report], frame: pd.DataFrame) -> tuple[Report, ...]:
    refused: defaultdict[str, list[Finding]] = defaultdict(list)
    for row, problem in _failures(structure_schema(), frame):
        submission_id = str(frame.at[row, "submission_id"])
        refused[submission_id].append(
            finding("report_structure", cell=str(frame.at[row, "cell"]), problem=problem)
        )
    return tuple(report.with_findings(refused.get(report.submission_id, ())) for report in reports)


def _withhold_impossible_rows(reports: Sequence[Report], frame: pd.DataFrame) -> tuple[Report, ...]:
    owners = [(place, row) for place, report in enumerate(reports) for row in range(len(report.observations))]
    refused: defaultdict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row, code in _failures(row_schema(), frame):
        place, own_row = owners[row]
        refused[place][own_row].append(code)
    return tuple(_withhold(report, refused.get(place, {})) for place, report in enumerate(reports))


def _withhold(report: Report, refused: dict[int, list[str]]) -> Report:
    if not refused:
        return report
    findings = [
        _impossible(report.observations[row], code) for row, codes in refused.items() for code in codes
    ]
    observations = tuple(
        withheld(observation) if row in refused else observation
        for row, observation in enumerate(report.observations)
    )
    return replace(report, observations=observations).with_findings(findings)


def _impossible(observation: Observation, code: str) -> Finding:
    return finding(
        code,
        cell=observation.cell,
        raw_text=observation.achievement_raw,
        indicator_code=observation.indicator_code,
        office_id=observation.office_id,
    )


def _failures(schema: "pa.DataFrameSchema", frame: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """Yield each failing row once per check, with the check's name."""
    from pandera.errors import SchemaErrors

    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        for row, check in dict.fromkeys(zip(cases["index"], cases["check"], strict=True)):
            if pd.isna(row):
                raise  # a column is missing or of another type: our own fault, not the office's
            yield int(row), str(check)
