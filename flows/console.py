"""What the command line shows: tables for people, cut to the terminal's width by rich."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from transforms.shown import shown

if TYPE_CHECKING:  # each command shows one of these, and need not wait for what the others bring with them
    from flows.trying import Tried
    from transforms.report import Report
    from warehouse.decisions import OpenDecision
    from warehouse.replay import Changes
    from warehouse.summary import DivisionReporting, SummaryLine

MOST_CHANGES = 60
WIDTH_OF_A_FILE = 140
_COUNTS = ("expected", "received", "on time", "late", "missing")
_FIGURES = ("total", "mean", "min", "max")
_SUMMARY_COLUMNS = ("quarter", "division", "indicator", "unit", "reported", "achieved")


def print_reporting(rates: "Sequence[DivisionReporting]") -> None:
    """Print by quarter and plan how many offices of each division have reported, and which have not."""
    for quarter, of_quarter in groupby(rates, lambda one: f"{one.plan_id}, {one.fiscal_year} Q{one.quarter}"):
        divisions = list(of_quarter)
        table = _table(f"Reporting, {quarter}", "division", *_COUNTS, "rate %")
        for one in divisions:
            counts = (str(getattr(one, name.replace(" ", "_"))) for name in _COUNTS)
            table.add_row(one.division_id, *counts, _written(one.rate_pct))
        _console().print(table)
        for one in divisions:
            if one.missing_offices:
                click.echo(f"  missing in {one.division_id}: {', '.join(one.missing_offices)}")
        click.echo()


def print_undone(undone: "Sequence[OpenDecision]") -> None:
    """Print the declared corrections and waivers that have changed nothing, each with the reason."""
    table = _table("Declared, and without effect", "decision", "whose", "quarter", "about", "why")
    for one in undone:
        table.add_row(one.kind, one.whose, f"{one.fiscal_year} Q{one.quarter}", _words(one.about), one.reason)
    if undone:
        _console().print(table)


def print_summary(lines: "Sequence[SummaryLine]") -> None:
    """Print the divisional summary, plan by plan: each indicator's offices, total, mean and range."""
    explained = "totals are counts, never percentages; means over the offices that gave a figure"
    for plan_id, of_plan in groupby(sorted(lines, key=_plan_id), _plan_id):
        table = _table(f"Divisional summary, {plan_id} ({explained})", *_SUMMARY_COLUMNS, *_FIGURES)
        for line in of_plan:
            table.add_row(
                f"{line.fiscal_year} Q{line.quarter}",
                line.division_id,
                f"[{line.indicator_code}]".replace("[", "\\["),
                line.unit,
                f"{line.offices_reported}/{line.offices_expected}",
                str(line.offices_achieved),
                *(_written(getattr(line, f"{name}_value")) for name in _FIGURES),
            )
        _console().print(table)


def print_changes(changes: "Changes") -> None:
    """Print what a replay changed: submissions, observations and the number of findings of each kind.

    A long list is cut short: a warehouse made anew from its originals would fill the screen for minutes.
    """
    submissions = _table(_cut("Submissions changed", changes.submissions), "file", "was", "is")
    for submission in changes.submissions[:MOST_CHANGES]:
        submissions.add_row(_words(submission.file_name), submission.was or "not loaded", submission.became)
    title = _cut("Observations changed", changes.observations)
    observations = _table(title, "quarter", "office", "indicator", "was", "is")
    for one in changes.observations[:MOST_CHANGES]:
        place = (f"{one.fiscal_year} Q{one.quarter}", one.office_id, one.indicator_code)
        observations.add_row(*place, _or_none(one.was), _or_none(one.became))
    findings = _table("Findings, how many of each kind", "code", "severity", "was", "is")
    for found in changes.findings:
        findings.add_row(found.code, found.severity, str(found.was), str(found.became))
    for table in (submissions, observations, findings):
        if table.row_count:
            _console().print(table)


def _cut(title: str, changes: Sequence[object]) -> str:
    return title if len(changes) <= MOST_CHANGES else f"{title}, the first {MOST_CHANGES} of {len(changes)}"


def _or_none(words: str | None) -> str:
    return "none" if words is None else _words(words)


def print_tried(tried: "Tried") -> None:
    """Print what a file would become: its sheets row by row, and its reports; of a refused one why."""
    if tried.sheets:
        _console().print(f"\n[bold]file[/bold] {_words(tried.file_name)}")
    for sheet in tried.sheets:
        _console().print(f"[bold]grid[/bold] {sheet.kind}: {_words(sheet.name)}, {sheet.rows} rows")
        for place, texts in sheet.lines:
            _console().print(shown(f"  {place:<18} {texts}"), markup=False, overflow="ellipsis", no_wrap=True)
        if sheet.rows > len(sheet.lines):
            _console().print(f"  … {sheet.rows - len(sheet.lines)} more rows")
    for report in tried.reports:
        if tried.sheets:
            print_report(report)
        else:
            _print_findings(report)


def print_report(report: "Report") -> None:
    """Print a report: what it is, its observations, and its findings in Bengali."""
    period = f"{report.fiscal_year} Q{report.quarter}" if report.quarter else "unknown period"
    whose = report.office_id or report.division_id or "unknown office"
    console = _console()
    which = f" {report.part}" if report.part_of else ""
    console.print(
        f"\n[bold]form{which}[/bold] {report.form or 'unknown'}: {whose}, {period}: {report.status}"
    )
    if report.observations:
        console.print("\n[bold]observations[/bold]")
    for seen in report.observations:
        value = seen.value_date or seen.value
        said = f"{seen.state}" if value is None else f"{seen.state} {_written(value)}"
        line = f"  {seen.office_id:<14} {seen.indicator_code:<6} {said:<24} {seen.cell}"
        console.print(shown(line), markup=False, highlight=False)
    if report.findings:
        console.print("\n[bold]findings[/bold]")
    _print_findings(report)


def _print_findings(report: "Report") -> None:
    for found in report.findings:
        line = f"  {found.severity:<10} {found.code}: {found.message_bn}"
        _console().print(shown(line), markup=False, highlight=False)


def _words(text: str) -> str:
    """Return what an office wrote, without power over the terminal or over rich."""
    return escape(shown(text))


def _plan_id(line: "SummaryLine") -> str:
    return line.plan_id


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, justify="right" if column in (*_COUNTS, *_FIGURES, "rate %") else "left")
    return table


def _written(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _console() -> Console:
    """Return a console as wide as the terminal, or wide enough for every table where the output is a file."""
    console = Console()
    return console if console.is_terminal else Console(width=WIDTH_OF_A_FILE)
