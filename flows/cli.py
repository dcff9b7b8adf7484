"""The `protibedon` command. Each command imports only what it needs, so that small ones start at once."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from flows.backup_commands import backup, restore
from flows.command import (
    DONE,
    SOMETHING_REJECTED,
    CouldNotRun,
    exit_code,
    failures_told,
    home_option,
    keep_all_to_the_end,
    let_faults_end_as_not_run,
    period_options,
    print_lines,
    print_walk,
    progress,
)
from flows.home import Home, keep_prefect_at_home
from flows.person_commands import person
from flows.remind_command import remind
from flows.sender_commands import sender
from flows.serve_command import serve
from flows.source import Source

if TYPE_CHECKING:
    from flows.answering import Answered
    from flows.road import Walk

# Line ends to Unicode and to many readers of lines, but not to JSON, which would leave them as they are.
_LINE_ENDS_INSIDE = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="protibedon")
def main() -> None:
    """Read the quarterly progress reports of public libraries and write the divisional summaries.

    Put the reports into data/inbox, then run `protibedon ingest` and `protibedon summarise`.

    Exit codes: 0 done, 1 done but something was rejected, 2 could not run.
    """
    let_faults_end_as_not_run()
    keep_all_to_the_end()


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@click.option(
    "--source",
    type=click.Choice([source.value for source in Source]),
    help="Where to look.  [default: both; only at what is named where PATH is]",
)
@home_option
def ingest(paths: tuple[Path, ...], source: str | None, home: str | None) -> None:
    """Take new reports through to the published warehouse.

    Takes the inbox, or the files and folders named, and the mailbox where one is configured. A file that was
    taken before is not taken again; one that cannot be read is kept, recorded as rejected, and does not stop
    the others.
    """
    from flows import road
    from flows.answering import answer
    from flows.notifying import failure_notified, notify_of_rejections
    from flows.reading import StandingReader

    place = Home.at(home)
    wanted = Source(source or (Source.INBOX if paths else Source.BOTH))
    with failures_told(), failure_notified(place, "ingest"):
        with StandingReader() as read:
            received = road.receive(place, paths, wanted, expect=read.expect)
            with progress(len(received.waiting)) as advance:
                walk = road.Walk(received, road.take_in(place, received.waiting, advance, read))
        answered = answer(place)
    notify_of_rejections(place, "ingest", walk.fates)
    _end_walk(place, walk, answered)


@main.command()
@period_options
@click.option("--office", metavar="ID", default="", help="For example jashore.")
@home_option
def reprocess(fiscal_year: str, quarter: int | None, office: str, home: str | None) -> None:
    """Read kept originals again, after a rule or a reference file has changed.

    Without options all of them, else those that a quarter or an office concerns; what was rejected is always
    tried again. Says what changed.
    """
    from flows import console, replaying, road
    from flows.answering import answer
    from flows.notifying import failure_notified, notify_of_rejections

    place = Home.at(home)
    with failures_told(), failure_notified(place, "reprocess"):
        selected = replaying.select_kept(place, replaying.Selection(fiscal_year, quarter, office))
        with progress(len(selected)) as advance:
            reports = road.read_waiting(place, selected, advance)
        changes = replaying.load_again(place, selected, reports)
        answered = answer(place)
    notify_of_rejections(place, "reprocess", reports)
    console.print_changes(changes)
    click.echo(f"{len(selected)} read again · {changes.sentence()}")
    print_lines(answered.lines())
    click.echo(f"warehouse  {place.published}")
    sys.exit(SOMETHING_REJECTED if any(report.rejection_code for report in reports) else DONE)


@main.command()
@click.argument("draft", type=click.Path(path_type=Path))
@home_option
def accept(draft: Path, home: str | None) -> None:
    """Take in a scan's draft that a person has corrected.

    A scan or photograph gets a draft, an xlsx with the pictures of its pages beside it; the finding
    `needs_review` names it. Correct it by the pictures, save it, and name it here.
    """
    from flows import road
    from flows.answering import answer
    from flows.notifying import failure_notified, notify_of_rejections

    place = Home.at(home)
    path = draft if draft.exists() else place.folder / draft  # the finding names it as seen from the home
    with failures_told(), failure_notified(place, "accept"):
        received = road.receive_accepted(place, path)
        walk = road.Walk(received, road.take_in(place, received.waiting))
        answered = answer(place)
    notify_of_rejections(place, "accept", walk.fates)
    _end_walk(place, walk, answered)


@main.group()
def office() -> None:
    """Decide which office a name means."""


@office.command("alias")
@click.argument("alias")
@click.argument("office_id", metavar="OFFICE")
@home_option
def record_alias(alias: str, office_id: str, home: str | None) -> None:
    """Let one more name mean an office: `protibedon office alias "যশহর" jashore`.

    The decision is written into the home's own reference/office_aliases.csv.
    """
    from transforms import office_alias

    folder = Home.at(home).decided
    with failures_told():
        file = office_alias.record_alias(alias, office_id, folder, date.today())
    if file is None:
        click.echo(f"“{alias}” means {office_id} already; nothing was changed")
    else:
        click.echo(f"“{alias}” now means {office_id}, by {file}")
        click.echo("now run `protibedon reprocess`, which takes in what was held for that name")


@main.command()
@period_options
@click.option("--division", metavar="ID", default="", help="For example khulna.")
@home_option
def summarise(fiscal_year: str, quarter: int | None, division: str, home: str | None) -> None:
    """Write the papers of a quarter: matrices, roll-up, page, letters, reminders.

    Without options, for every quarter and division that any report has come for. A division has its own
    matrices; roll-up, page, letters and reminders are the country's, and are written whole.
    """
    from flows import summarising
    from flows.notifying import failure_notified

    place = Home.at(home)
    with failures_told(), failure_notified(place, "summarise"):
        written = summarising.summarise(place, summarising.Wanted(fiscal_year, quarter, division))
    if not written:
        raise CouldNotRun("no report has come for that quarter and division")
    for path in written:
        click.echo(path)


@main.command()
@period_options
@home_option
def status(fiscal_year: str, quarter: int | None, home: str | None) -> None:
    """Show who has reported, on time, late, or not at all, and what was declared without effect."""
    from flows import console, summarising

    wanted = summarising.Wanted(fiscal_year, quarter)
    with failures_told():
        rates = summarising.reporting(Home.at(home), wanted)
        undone = summarising.undone_decisions(Home.at(home), wanted)
    if not (rates or undone):
        raise CouldNotRun("no report has come for that quarter")
    console.print_reporting(rates)
    console.print_undone(undone)


@main.command("try")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@home_option
def try_file(file: Path, home: str | None) -> None:
    """Show what would be made of one file, or of each file in an archive.

    Prints its grid, form, observations and findings. Touches no warehouse and keeps nothing, so that a
    clerk can check a report before sending it.
    """
    from flows import console, trying

    is_rejected = False
    with failures_told():
        for tried in trying.try_file(file):
            console.print_tried(tried)
            is_rejected |= any(report.rejection_code for report in tried.reports)
    sys.exit(SOMETHING_REJECTED if is_rejected else DONE)


@main.group()
def plan() -> None:
    """Prepare the plan of a new fiscal year."""


@plan.command("draft")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", metavar="PATH", type=click.Path(dir_okay=False, path_type=Path), help="Write it to a new file."
)
@click.option("--fiscal-year", metavar="YEAR", default="", help="Draft for this year, for example 2025-26.")
@click.option("--annex", metavar="ID", default="", help="Where the title does not tell, for example egov.")
@home_option
def draft_plan(file: Path, out: Path | None, fiscal_year: str, annex: str, home: str | None) -> None:
    """Draft next year's plan from an office's form.

    Drafts for the form's own year, or for the first one after it that has no plan yet. What a person must
    decide is marked DECIDE. Put the finished file into the folder reference/plans of the home, then run
    `protibedon reprocess`.
    """
    from flows import drafting

    with failures_told():
        draft = drafting.draft_from(file, annex_id=annex, fiscal_year=fiscal_year)
        text = draft.write(file.name)
        if out:
            drafting.write_new(out, text)
    click.echo(out or text.encode(), nl=bool(out))
    click.echo(f"{draft.plan_id}: {draft.doubtful} lines to decide", err=True)


@main.command("read")
@click.option(
    "--as",
    "kind",
    required=True,
    type=click.Choice(["text", "key", "number", "date", "month", "ordinal", "period"]),
    help="What each text is read as.",
)
@click.argument("texts", nargs=-1, metavar="[TEXT]...")
@home_option
def read_texts(kind: str, texts: tuple[str, ...], home: str | None) -> None:
    """Say what is made of each text, or of each line of stdin: one JSON object a line.

    Dates are ISO, numbers plain. Nothing there is null; what is refused is null with a flag.
    """
    from transforms.read_as import read_as

    with failures_told():
        for raw in texts or _lines_of_stdin():
            reading = read_as(kind, raw)
            told = {"raw": raw, "value": reading.value, "flag": reading.flag}
            line = json.dumps(told, ensure_ascii=False).translate(_LINE_ENDS_INSIDE)
            sys.stdout.buffer.write(line.encode("utf-8", "surrogateescape") + b"\n")


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@home_option
def run(paths: tuple[Path, ...], home: str | None) -> None:
    """Ingest and summarise once, as flows under Prefect.

    Both flows run in this process; no Prefect server is needed. Shows the divisional summary and says where
    the results are.
    """
    place = Home.at(home)
    keep_prefect_at_home(place)
    from flows import console
    from flows.ingest_reports import ingest_reports
    from flows.publish_summaries import publish_summaries
    from flows.summarising import Wanted, divisional_summary

    with failures_told():
        walk = ingest_reports(home=str(place.folder), paths=[str(path) for path in paths])
        written = publish_summaries(home=str(place.folder))
        summary = divisional_summary(place, Wanted())
    print_walk(walk)
    console.print_summary(summary)
    click.echo(f"warehouse  {place.published}")
    for page in (path for path in written if path.name == "index.html"):
        papers = sum(path.is_relative_to(page.parent) for path in written)
        click.echo(f"summaries  {page.parent}: {papers} papers; open {page.name}")


def _end_walk(place: Home, walk: "Walk", answered: "Answered") -> NoReturn:
    """Say what became of each report and of each mail, and end with the exit code that says so too."""
    print_walk(walk)
    print_lines(answered.lines())
    click.echo(f"warehouse  {place.published}")
    sys.exit(exit_code(walk))


def _lines_of_stdin() -> Iterator[str]:
    """Yield stdin's lines as they are; only the line end is taken off, since other blanks may matter."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "surrogateescape").removesuffix("\n").removesuffix("\r")


for _command in (sender, remind, serve, backup, restore, person):
    main.add_command(_command)
