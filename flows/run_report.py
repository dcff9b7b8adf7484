"""What the operator reads in the Prefect UI about a run: the fate of each file, and what to ask about."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.road import Walk
from transforms.finding import Finding, Severity
from transforms.report import Report
from warehouse.replay import Changes


def publish_run_report(walk: Walk) -> None:
    """Publish two artifacts of a run: a table of its submissions, and its findings in Bengali."""
    create_table_artifact(
        key="submissions",
        description=walk.sentence(),
        table=[_fate(file_name, report) for file_name, report in walk.fates()],
    )
    create_markdown_artifact(key="findings", markdown=_findings_page(walk))


def publish_changes(changes: Changes) -> None:
    """Publish what reading reports again changed, as a table of submissions and one of observations."""
    create_table_artifact(
        key="submissions-changed",
        description=changes.sentence(),
        table=[
            {"file": change.file_name, "was": change.was or "not loaded", "is": change.became}
            for change in changes.submissions
        ],
    )
    create_table_artifact(
        key="observations-changed",
        description=changes.sentence(),
        table=[
            {
                "fiscal year": change.fiscal_year,
                "quarter": change.quarter,
                "office": change.office_id,
                "indicator": change.indicator_code,
                "was": change.was,
                "is": change.became,
            }
            for change in changes.observations
        ],
    )


def publish_summary_links(written: Sequence[Path]) -> None:
    """Publish where the summaries of a run stand."""
    lines = [f"- `{path}`" for path in written] or ["- nothing was written"]
    create_markdown_artifact(key="summaries", markdown="\n".join(["## Summaries", *lines]))


def _fate(file_name: str, report: Report) -> dict[str, str | int | None]:
    return {
        "file": file_name,
        "status": report.status,
        "form": report.form,
        "office": report.office_id or report.division_id,
        "fiscal year": report.fiscal_year,
        "quarter": report.quarter,
        "observations": len(report.observations),
        "to ask": sum(found.severity is not Severity.NOTE for found in report.findings),
    }


def _findings_page(walk: Walk) -> str:
    sections = [
        "\n".join([f"### {_plain(file_name)}", *(_line(found) for found in asked)])
        for file_name, report in walk.fates()
        if (asked := [found for found in report.findings if found.severity is not Severity.NOTE])
    ]
    return "\n\n".join(["## যা জিজ্ঞাসা করতে হবে", *(sections or ["কিছু নেই।"])])


def _line(found: Finding) -> str:
    return f"- {_plain(found.message_bn)} `{found.code}`"


def _plain(text: str) -> str:
    """Take the power of markup from what an office wrote: it is shown, never followed."""
    one_line = escape(" ".join(text.split()), quote=False)
    return one_line.translate({ord(mark): f"\\{mark}" for mark in "\\`*_[]#|!"})
