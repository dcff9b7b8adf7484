"""What the operator reads in the Prefect UI about a run: the fate of each file, and what to ask about."""

import string
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.fate import Fate
from flows.reminding import Reminded
from flows.road import Walk
from flows.settings import number
from transforms.finding import Finding, Severity
from transforms.shown import shown
from warehouse.replay import Changes
from warehouse.summary import DivisionReporting

# The UI reads Markdown and HTML in pages, and in the cells of tables too. A backslash takes the meaning from
# every mark that has one there, and keeps an address from becoming a link.
_WITHOUT_POWER = {ord(mark): f"\\{mark}" for mark in string.punctuation}


def publish_run_report(walk: Walk) -> None:
    """Publish two artifacts of a run: a table of its submissions, and its findings in Bengali."""
    create_table_artifact(
        key="submissions",
        description=walk.sentence(),
        table=[
            *map(_fate, walk.fates),
            *(_untaken(known.file_name, "taken before") for known in walk.received.known),
            *(
                _untaken(str(failure.path), f"not reachable: {failure.cause}")
                for failure in walk.received.unavailable
            ),
            *(_untaken(message, "brought no file") for message in walk.received.without_file),
        ],
    )
    create_markdown_artifact(key="findings", markdown=_findings_page(walk))


def publish_reporting(rates: Iterable[DivisionReporting], periods: Collection[tuple[str, int]]) -> None:
    """Publish how every division has reported for these fiscal years and quarters, if any."""
    table = [_rate(one) for one in rates if (one.fiscal_year, one.quarter) in periods]
    if table:
        create_table_artifact(
            key="reporting", description="Who has reported · কে প্রতিবেদন দিয়েছে", table=table
        )


def publish_changes(changes: Changes) -> None:
    """Publish what reading reports again changed, as a table of submissions and one of observations."""
    create_table_artifact(
        key="submissions-changed",
        description=changes.sentence(),
        table=[
            {"file": _plain(change.file_name), "was": change.was or "not loaded", "is": change.became}
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
                "was": _plain(change.was or ""),
                "is": _plain(change.became or ""),
            }
            for change in changes.observations
        ],
    )


def publish_summary_links(written: Sequence[Path], folder: Path) -> None:
    """Publish links to the summaries of a run, a section a quarter; `folder` is the one that holds them all.

    They lead to the papers server, and are mere paths where there is none.
    """
    port = int(number("papers_port"))
    sections: dict[str, list[str]] = {}
    for path in sorted(written, key=lambda path: (path.name != "index.html", path)):
        quarter, *rest = path.relative_to(folder).parts
        name = "/".join(rest)
        address = f"http://127.0.0.1:{port}/{quote(f'{quarter}/{name}')}"
        sections.setdefault(quarter, []).append(f"- [{name}]({address})" if port else f"- `{path}`")
    pages = [
        "\n".join([f"### {quarter.replace('-q', ' Q')}", "", *lines]) for quarter, lines in sections.items()
    ]
    create_markdown_artifact(
        key="summaries",
        markdown="\n\n".join(["## সারসংক্ষেপ · Summaries", *(pages or ["Nothing was written."])]),
    )


def publish_rehearsed_papers(papers: Sequence[Path]) -> None:
    """Publish which papers a run would have written."""
    lines = [f"- `{path}`" for path in papers] or ["- nothing"]
    create_markdown_artifact(key="summaries", markdown="\n".join(["## This would be written", "", *lines]))


def publish_reminders(reminded: Reminded) -> None:
    """Publish which offices are reminded today, or would be, of which report."""
    create_table_artifact(
        key="reminders",
        description=reminded.sentence(),
        table=[
            {
                "office": one.report.office_id,
                "plan": one.report.plan_id,
                "quarter": one.report.quarter,
                "due": one.report.due_date.isoformat(),
                "days from due date": one.day,
                "address": "not registered" if one.report.office_id in reminded.without_address else "known",
            }
            for one in reminded.reminders
        ],
    )


def _fate(fate: Fate) -> dict[str, str | int | None]:
    return {
        "file": _plain(fate.file_name),
        "status": fate.status.replace("_", " "),
        "office": fate.office_id or fate.division_id,
        "period": f"{fate.fiscal_year} Q{fate.quarter}" if fate.quarter else fate.fiscal_year,
        "observations": fate.observations,
        "to ask": sum(found.severity is not Severity.NOTE for found in fate.findings),
        "form": fate.form,
        "why": " ".join(
            _plain(found.message_bn) for found in fate.findings if found.severity is Severity.REJECT
        ),
    }


def _untaken(file_name: str, status: str) -> dict[str, str | int | None]:
    return {"file": _plain(file_name), "status": _plain(status)}


def _rate(one: DivisionReporting) -> dict[str, str | int | float | None]:
    return {
        "period": f"{one.fiscal_year} Q{one.quarter}",
        "plan": one.plan_id,
        "বিভাগ": one.division_name_bn,
        "expected": one.expected,
        "received": one.received,
        "on time": one.on_time,
        "late": one.late,
        "missing": one.missing,
        "rate %": one.rate_pct,
    }


def _findings_page(walk: Walk) -> str:
    sections = [
        "\n".join([f"### {_plain(fate.file_name)}", "", *(_line(found) for found in asked)])
        for fate in walk.fates
        if (asked := [found for found in fate.findings if found.severity is not Severity.NOTE])
    ]
    return "\n\n".join(["## যা জিজ্ঞাসা করতে হবে", *(sections or ["কিছু নেই।"])])


def _line(found: Finding) -> str:
    return f"- {_plain(found.message_bn)} `{found.code}`"


def _plain(text: str) -> str:
    """Take the power of markup from what an office wrote: it is shown, never followed."""
    return shown(" ".join(text.split())).translate(_WITHOUT_POWER)
