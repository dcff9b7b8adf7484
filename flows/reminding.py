"""Reminding: offices whose report has not come get a mail, some days before it is due and again after that.

Each office gets the same reminder once: for a plan, a quarter and one of the days that the setting
`remind_days` names. A reminder that still waits when the report comes is taken back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from duckdb import DuckDBPyConnection

from flows.home import Home
from flows.outbox import Outbox, State
from flows.outgoing_mail import OutgoingMail, sendable, written
from flows.posting import Posted, post
from flows.settings import WrongSetting, switch, words
from transforms.correspondent import addresses_of
from transforms.office import OFFICES_CLOCK, office_of
from warehouse.awaited_report import AwaitedReport, awaited_reports, reminded_of, reminder_day
from warehouse.connection import open_reader

REMINDER = "reminder-"
_DAYS_OF_A_YEAR = 366


@dataclass(frozen=True, slots=True)
class TodaysReminder:
    """A reminder of today: the report that is awaited, and the day it is for, counted from the due date."""

    report: AwaitedReport
    day: int

    @property
    def name(self) -> str:
        """The name of its mail, the same however often it is reckoned."""
        awaited, side = self.report, "after" if self.day > 0 else "before"
        return f"{REMINDER}{awaited.plan_id}-q{awaited.quarter}-{awaited.office_id}-{abs(self.day)}-{side}"


@dataclass(frozen=True, slots=True)
class Reminded:
    """What reminding came to: the reminders of today, the offices that nobody can write to, and the mail.

    `written` counts the mails that are new; those of a dry run would be.
    """

    reminders: tuple[TodaysReminder, ...] = ()
    without_address: tuple[str, ...] = ()
    written: int = 0
    is_off: bool = False
    is_dry_run: bool = False
    posted: Posted = field(default_factory=Posted)

    def lines(self) -> Iterator[str]:
        """Yield one line for each office reminded, then what became of the mail."""
        for reminder in self.reminders:
            awaited = reminder.report
            is_unknown = awaited.office_id in self.without_address
            yield (
                f"{awaited.office_id:<14} {awaited.plan_id:<18} Q{awaited.quarter} due {awaited.due_date}"
                f"{'  no address is registered' if is_unknown else ''}"
            )
        yield from self.posted.lines()

    def sentence(self) -> str:
        """Return the totals in one line, such as `12 reports awaited · 9 reminders written`."""
        if self.is_off:
            return "reminders are off; PROTIBEDON_REMINDERS=true lets them be written"
        told = [f"{len(self.reminders)} reports awaited"]
        told.append(f"{self.written} reminders {'would be written' if self.is_dry_run else 'written'}")
        told += [f"{len(self.without_address)} offices without an address"] * bool(self.without_address)
        return " · ".join(told)


def remind(
    home: Home,
    *,
    fiscal_year: str = "",
    quarter: int | None = None,
    division_id: str = "",
    office_id: str = "",
    dry_run: bool = False,
    today: date | None = None,
) -> Reminded:
    """Write the reminders that are for today, and send what waits; an empty field takes all.

    `today` is the day in Bangladesh where none is given. A dry run writes and sends nothing, and says what it
    would do also where the setting `reminders` is off. Raises `WrongSetting` for settings that cannot be
    meant, `FileNotFoundError` where nothing was published yet.
    """
    if not switch("reminders") and not dry_run:
        return Reminded(is_off=True)
    now = today or datetime.now(OFFICES_CLOCK).date()
    with open_reader(home.published) as connection:
        of_today = _reminders(connection, now, remind_days())
    chosen = tuple(
        one for one in of_today if _is_about(one.report, fiscal_year, quarter, division_id, office_id)
    )
    without_address = _without_address(chosen)
    addressed = [one for one in chosen if one.report.office_id not in without_address]
    outbox = Outbox(home.outbox)
    if dry_run:
        unwritten = sum(not outbox.holds(one.name) for one in addressed)
        return Reminded(chosen, without_address, unwritten, is_dry_run=True)
    with outbox.held():
        _withdraw_settled(outbox, of_today)
        written_now = sum(outbox.put(one.name, _mail(one)) for one in addressed)
        return Reminded(chosen, without_address, written_now, posted=post(outbox, REMINDER))


def remind_days() -> tuple[int, ...]:
    """Return the days of reminders, counted from the due date; raises `WrongSetting` for what is no day."""
    said = words("remind_days")
    try:
        days = tuple(int(day) for day in said)
        if any(abs(day) > _DAYS_OF_A_YEAR for day in days):
            raise ValueError("no day of any year is so far from a due date")
    except ValueError as error:
        raise WrongSetting(
            f"PROTIBEDON_REMIND_DAYS is {', '.join(said)!r}; it must be whole days such as -5, 1, 8"
        ) from error
    return days


def _reminders(
    connection: DuckDBPyConnection, today: date, days: Sequence[int]
) -> tuple[TodaysReminder, ...]:
    awaited = awaited_reports(connection, *reminded_of(today, days))
    return tuple(
        TodaysReminder(report, day)
        for report in awaited
        if (day := reminder_day(report.due_date, today, days)) is not None
    )


def _is_about(
    report: AwaitedReport, fiscal_year: str, quarter: int | None, division_id: str, office_id: str
) -> bool:
    return (
        fiscal_year in ("", report.fiscal_year)
        and quarter in (None, report.quarter)
        and division_id in ("", office_of(report.office_id).division_id)
        and office_id in ("", report.office_id)
    )


def _without_address(reminders: Sequence[TodaysReminder]) -> tuple[str, ...]:
    offices = dict.fromkeys(one.report.office_id for one in reminders)
    return tuple(office_id for office_id in offices if not _addresses(office_id))


def _addresses(office_id: str) -> tuple[str, ...]:
    return sendable(addresses_of(office_id))


def _withdraw_settled(outbox: Outbox, of_today: Sequence[TodaysReminder]) -> None:
    """Take back what still waits and is no reminder of today: the report has come, or its day is past."""
    names = {reminder.name for reminder in of_today}
    for name in outbox.names(State.WAITING, REMINDER):
        if name not in names:
            outbox.withdraw(name)


def _mail(reminder: TodaysReminder) -> bytes:
    awaited = reminder.report
    mail = OutgoingMail(
        name=reminder.name,
        to=_addresses(awaited.office_id),
        subject=awaited.subject(reminder.day),
        body=awaited.plain_text(reminder.day),
    )
    return written(mail, datetime.now(UTC))
