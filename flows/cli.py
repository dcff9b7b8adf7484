"""The `protibedon` command. Each command imports only what it needs, so that small ones start at once."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from flows.home import Home, installed_at, keep_prefect_at_home
from flows.settings import WrongSetting

if TYPE_CHECKING:
    from flows.road import Walk

DONE, SOMETHING_REJECTED, COULD_NOT_RUN = 0, 1, 2
# Line ends to Unicode and to many readers of lines, but not to JSON, which would leave them as they are.
_LINE_ENDS_INSIDE = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
Command = TypeVar("Command", bound=Callable[..., Any])


class _CouldNotRun(click.ClickException):
    """A command that could not run, told in one sentence."""

    exit_code = COULD_NOT_RUN


def _home_option(command: Command) -> Command:
    return click.option(
        "--home",
        metavar="DIR",
        help="Folder that holds everything a run reads and writes.  [default: $PROTIBEDON_HOME, else ./data]",
        callback=_as_installed,
    )(command)


def _as_installed(context: click.Context, _option: click.Parameter, home: str | None) -> str | None:
    """Let the settings and the reference files of the home hold until the command ends."""
    try:
        context.with_resource(installed_at(Home.at(home)))
    except WrongSetting as mistake:
        raise _CouldNotRun(str(mistake)) from mistake
    return home


def _period_options(command: Command) -> Command:
    quarter = click.option("--quarter", type=click.IntRange(1, 4), help="1 is July to September.")
    fiscal_year = click.option("--fiscal-year", metavar="YEAR", default="", help="For example 2024-25.")
    return fiscal_year(quarter(command))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="protibedon")
def main() -> None:
    """Read the quarterly progress reports of public libraries and write the divisional summaries.

    Put the reports into data/inbox, then run `protibedon ingest` and `protibedon summarise`.

    Exit codes: 0 done, 1 done but something was rejected, 2 could not run.
    """


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@_home_option
def ingest(paths: tuple[Path, ...], home: str | None) -> None:
    """Take new reports through to the published warehouse.

    Takes the inbox, or the files and folders named. A file that was taken before is not taken again; one
    that cannot be read is kept, recorded as rejected, and does not stop the others.
    """
    from flows import road

    place = Home.at(home)
    with _failures_told():
        receipt = road.receive(place, paths)
        with _progress(len(receipt.waiting)) as advance:
            reports = road.read_waiting(place, receipt.waiting, advance)
        road.load_reports(place, receipt.waiting, reports)
    walk = road.Walk(receipt, reports)
    _print_walk(walk)
    click.echo(f"warehouse  {place.published}")
    sys.exit(_exit_code(walk))


@main.command()
@_period_options
@click.option("--office", metavar="ID", default="", help="For example jashore.")
@_home_option
def reprocess(fiscal_year: str, quarter: int | None, office: str, home: str | None) -> None:
    """Read kept originals again, after a rule or a reference file has changed.

    Without options all of them, else those that a quarter or an office concerns; what was rejected is always
    tried again. Says what changed.
    """
    from flows import console, replaying, road

    place = Home.at(home)
    with _failures_told():
        selected = replaying.select_kept(place, replaying.Selection(fiscal_year, quarter, office))
        with _progress(len(selected)) as advance:
            reports = road.read_waiting(place, selected, advance)
        changes = replaying.load_again(place, selected, reports)
    console.print_changes(changes)
    click.echo(f"{len(selected)} read again · {changes.sentence()}")
    click.echo(f"warehouse  {place.published}")
    sys.exit(SOMETHING_REJECTED if any(report.rejection_code for report in reports) else DONE)


@main.command()
@click.argument("draft", type=click.Path(path_type=Path))
@_home_option
def accept(draft: Path, home: str | None) -> None:
    """Take in a scan's draft that a person has corrected.

    A scan or photograph gets a draft, an xlsx with the pictures of its pages beside it; the finding
    `needs_review` names it. Correct it by the pictures, save it, and name it here.
    """
    from flows import road

    place = Home.at(home)
    path = draft if draft.exists() else place.folder / draft  # the finding names it as seen from the home
    with _failures_told():
        receipt = road.receive_accepted(place, path)
        reports = road.read_waiting(place, receipt.waiting)
        road.load_reports(place, receipt.waiting, reports)
    walk = road.Walk(receipt, reports)
    _print_walk(walk)
    click.echo(f"warehouse  {place.published}")
    sys.exit(_exit_code(walk))


@main.group()
def office() -> None:
    """Decide which office a name means."""


@office.command("alias")
@click.argument("alias")
@click.argument("office_id", metavar="OFFICE")
@_home_option
def record_alias(alias: str, office_id: str, home: str | None) -> None:
    """Let one more name mean an office: `protibedon office alias "যশহর" jashore`.

    The decision is written into the home's own reference/office_aliases.csv.
    """
    from transforms import office_alias
    from transforms.reference import replacement_folder

    folder = Path(replacement_folder() or Home.at(home).reference)
    try:
        file = office_alias.record_alias(alias, office_id, folder, date.today())
    except office_alias.AliasRefused as refused:
        raise _CouldNotRun(str(refused)) from refused
    if file is None:
        click.echo(f"“{alias}” means {office_id} already; nothing was changed")
    else:
        click.echo(f"“{alias}” now means {office_id}, by {file}")
        click.echo("now run `protibedon reprocess`, which takes in what was held for that name")


@main.command()
@_period_options
@click.option("--division", metavar="ID", default="", help="For example khulna.")
@_home_option
def summarise(fiscal_year: str, quarter: int | None, division: str, home: str | None) -> None:
    """Write the papers of a quarter: matrices, roll-up, page, letters, reminders.

    Without options, for every quarter and division that any report has come for.
    """
    from flows import road

    with _failures_told():
        written = road.summarise(Home.at(home), road.Wanted(fiscal_year, quarter, division))
    if not written:
        raise _CouldNotRun("no report has come for that quarter and division")
    for path in written:
        click.echo(path)


@main.command()
@_period_options
@_home_option
def status(fiscal_year: str, quarter: int | None, home: str | None) -> None:
    """Show who has reported, on time, late, or not at all."""
    from flows import console, road

    with _failures_told():
        rates = road.reporting(Home.at(home), road.Wanted(fiscal_year, quarter))
    if not rates:
        raise _CouldNotRun("no report has come for that quarter")
    console.print_reporting(rates)


@main.command("try")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_home_option
def try_file(file: Path, home: str | None) -> None:
    """Show what would be made of one file.

    Prints its grid, form, observations and findings. Touches no warehouse and keeps nothing, so that a
    clerk can check a report before sending it.
    """
    from extractors.submission import submission_id_of
    from flows import console
    from transforms.border import check_at_border
    from transforms.report import read_file

    content = file.read_bytes()
    with _failures_told():
        (report,) = check_at_border(
            [read_file(content=content, file_name=file.name, submission_id=submission_id_of(content))]
        )
    console.print_grid(content)
    console.print_report(report)
    sys.exit(SOMETHING_REJECTED if report.rejection_code else DONE)


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
@_home_option
def draft_plan(file: Path, out: Path | None, fiscal_year: str, annex: str, home: str | None) -> None:
    """Draft next year's plan from an office's form.

    Drafts for the form's own year, or for the first one after it that has no plan yet. What a person must
    decide is marked DECIDE. Put the finished file into the folder reference/plans of the home, then run
    `protibedon reprocess`.
    """
    from flows import drafting

    with _failures_told():
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
@_home_option
def read_texts(kind: str, texts: tuple[str, ...], home: str | None) -> None:
    """Say what is made of each text, or of each line of stdin: one JSON object a line.

    Dates are ISO, numbers plain. Nothing there is null; what is refused is null with a flag.
    """
    from transforms.read_as import read_as

    for raw in texts or _lines_of_stdin():
        reading = read_as(kind, raw)
        told = {"raw": raw, "value": reading.value, "flag": reading.flag}
        line = json.dumps(told, ensure_ascii=False).translate(_LINE_ENDS_INSIDE)
        sys.stdout.buffer.write(line.encode("utf-8", "surrogateescape") + b"\n")


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@_home_option
def run(paths: tuple[Path, ...], home: str | None) -> None:
    """Ingest and summarise once, as flows under Prefect.

    Both flows run in this process; no Prefect server is needed. Shows the divisional summary and says where
    the results are.
    """
    place = Home.at(home)
    keep_prefect_at_home(place)
    from flows import console, road
    from flows.ingest_reports import ingest_reports
    from flows.publish_summaries import publish_summaries

    with _failures_told():
        walk = ingest_reports(home=str(place.folder), paths=[str(path) for path in paths])
        written = publish_summaries(home=str(place.folder))
        summary = road.divisional_summary(place, road.Wanted())
    _print_walk(walk)
    console.print_summary(summary)
    click.echo(f"warehouse  {place.published}")
    for page in (path for path in written if path.name == "index.html"):
        papers = sum(path.is_relative_to(page.parent) for path in written)
        click.echo(f"summaries  {page.parent}: {papers} papers; open {page.name}")


def _lines_of_stdin() -> Iterator[str]:
    """Yield stdin's lines as they are; only the line end is taken off, since other blanks may matter."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "surrogateescape").removesuffix("\n").removesuffix("\r")


def _exit_code(walk: "Walk") -> int:
    return SOMETHING_REJECTED if walk.refused_something else DONE


def _print_walk(walk: "Walk") -> None:
    """Print one line per submission and the totals."""
    for line in walk.lines():
        click.echo(line)
    click.echo(walk.sentence())


@contextmanager
def _progress(length: int) -> Iterator[Callable[[object], object]]:
    """Show a progress bar on a terminal, and nothing elsewhere."""
    with click.progressbar(
        length=length, label="reading", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        yield lambda _: bar.update(1)


@contextmanager
def _failures_told() -> Iterator[None]:
    """Tell what an operator can do something about in one sentence; anything else keeps its traceback."""
    from extractors.originals import DamagedOriginal
    from flows.drafting import CannotDraft
    from flows.replaying import NothingToReplay
    from flows.reviewing import NotADraft
    from transforms.reference import ReferenceMistake
    from warehouse.audit import AuditFailed
    from warehouse.connection import WarehouseBusy

    told = (
        AuditFailed,
        CannotDraft,
        DamagedOriginal,
        NotADraft,
        NothingToReplay,
        ReferenceMistake,
        WarehouseBusy,
        WrongSetting,
    )
    try:
        yield
    except (*told, FileNotFoundError, PermissionError) as failure:
        raise _CouldNotRun(str(failure)) from failure
