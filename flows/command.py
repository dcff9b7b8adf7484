"""What every command of the command line shares: its options, its exit codes, and how it tells a failure."""

import atexit
import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extractors.garbage import look_for_garbage_seldom
from flows.home import Home, installed_at
from flows.settings import WrongSetting
from transforms.shown import shown, shown_lines

if TYPE_CHECKING:
    import duckdb

    from flows.road import Walk

DONE, SOMETHING_REJECTED, COULD_NOT_RUN = 0, 1, 2
Command = TypeVar("Command", bound=Callable[..., Any])


class CouldNotRun(click.ClickException):
    """A command that could not run, told in one sentence."""

    exit_code = COULD_NOT_RUN


def let_faults_end_as_not_run() -> None:
    """Let an exception that nobody foresaw end the program with `COULD_NOT_RUN`, behind its traceback.

    Python's own code for it is 1, which says that all was done and something rejected.
    """

    def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, fault, trace)
        sys.exit(COULD_NOT_RUN)

    sys.excepthook = tell


def keep_all_to_the_end() -> None:
    """Let Python search seldom for objects that hold only each other, and not at all once the program ends.

    Nearly all that a command makes, modules and then reports, it keeps to its end: to look through it again
    and again took a twelfth of the time of a run, and the last search, before the process gives up its memory
    as a whole, a fifth of a second more.
    """
    look_for_garbage_seldom()
    atexit.register(gc.freeze)  # what is frozen is not searched


def home_option(command: Command) -> Command:
    """Let a command be told its home."""
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
        raise CouldNotRun(str(mistake)) from mistake
    return home


def period_options(command: Command) -> Command:
    """Let a command be told a fiscal year and a quarter, or neither."""
    quarter = click.option("--quarter", type=click.IntRange(1, 4), help="1 is July to September.")
    fiscal_year = click.option("--fiscal-year", metavar="YEAR", default="", help="For example 2024-25.")
    return fiscal_year(quarter(command))


def exit_code(walk: "Walk") -> int:
    """Return what a walk ends with: whether something was refused."""
    return SOMETHING_REJECTED if walk.refused_something else DONE


def print_walk(walk: "Walk") -> None:
    """Print one line per submission and the totals."""
    print_lines(walk.lines())
    click.echo(walk.sentence())


def print_lines(lines: Iterable[str]) -> None:
    """Print what an operator should know, line by line, whatever names a stranger gave to files."""
    if told := "\n".join(map(shown, lines)):  # at once: a call for each file of a country takes a second
        click.echo(told)


@contextmanager
def progress(length: int) -> Iterator[Callable[[object], object]]:
    """Show a progress bar on a terminal, and nothing elsewhere."""
    with click.progressbar(
        length=length, label="reading", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        yield lambda _: bar.update(1)


@contextmanager
def failures_told() -> Iterator[None]:
    """Tell what an operator can do something about in one sentence; anything else keeps its traceback."""
    try:
        yield
    except _what_is_told() as failure:  # asked only then: most commands need little of what it imports
        raise CouldNotRun(shown_lines(str(failure))) from failure
    except _what_files_raise() as failure:
        from flows.damaged_warehouse import said_of_damage
        from flows.full_disk import said_of_full_disk

        if said := said_of_full_disk(failure) or said_of_damage(failure):
            raise CouldNotRun(said) from failure
        raise


def _what_files_raise() -> "tuple[type[OSError], type[duckdb.Error]]":
    from flows.full_disk import RAISED

    return RAISED


def _what_is_told() -> tuple[type[Exception], ...]:
    from extractors.inbox import SourceUnavailable
    from extractors.originals import DamagedOriginal
    from extractors.reading_room import NoDesk
    from flows.backing_up import CannotRestore
    from flows.drafting import CannotDraft
    from flows.erasing import RunUnfinished
    from flows.personal_data import NothingKept
    from flows.replaying import NothingToReplay
    from flows.reviewing import NotADraft
    from transforms.correspondent import CorrespondentRefused
    from transforms.office_alias import AliasRefused
    from transforms.reference import ReferenceMistake
    from warehouse.audit import AuditFailed
    from warehouse.connection import WarehouseBusy
    from warehouse.lake_connection import LakeUnavailable
    from warehouse.schema import OtherSchema

    return (
        AliasRefused,
        AuditFailed,
        CannotDraft,
        CannotRestore,
        CorrespondentRefused,
        DamagedOriginal,
        FileExistsError,
        FileNotFoundError,
        IsADirectoryError,
        LakeUnavailable,
        NoDesk,
        NotADirectoryError,
        NotADraft,
        NothingKept,
        NothingToReplay,
        OtherSchema,
        PermissionError,
        ReferenceMistake,
        RunUnfinished,
        SourceUnavailable,
        WarehouseBusy,
        WrongSetting,
    )
