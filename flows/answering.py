"""Answering: each report taken gets a receipt by mail, where the installation wants it.

A receipt goes to the address that a mailed report came from, if it is a registered correspondent's and the
mail no forgery, and for a report from a folder to the addresses of its office. A stranger is never answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors.originals import Arrival, Originals
from extractors.submission import Channel
from flows.home import Home
from flows.outbox import Outbox
from flows.outgoing_mail import Attachment, OutgoingMail, mail_from, sendable, written
from flows.posting import Posted, post
from flows.settings import WrongSetting, text
from transforms.correspondent import addresses_of, correspondent_of
from warehouse.connection import open_reader
from warehouse.letter import AskedReport, Letter
from warehouse.receipt import SubmissionReceipt, plain_text, receipts, subject

RECEIPT = "receipt-"
_DIGITS_OF_AN_ID = 16
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Answered:
    """What answering came to: receipts written now, reports that nobody can be told about, and the mail."""

    written: int = 0
    without_address: int = 0
    posted: Posted = field(default_factory=Posted)

    def lines(self) -> Iterator[str]:
        """Yield what an operator should know, a line each; nothing where there is nothing to tell."""
        if self.written:
            yield f"receipts   {self.written} written"
        if self.without_address:
            yield f"receipts   {self.without_address} not written, since no address is registered for them"
        yield from self.posted.lines()


@dataclass(frozen=True, slots=True)
class _Addressee:
    """Whom a receipt is to: a registered office, and those of its addresses that it goes to."""

    office_id: str
    addresses: tuple[str, ...]


def answer(home: Home) -> Answered:
    """Write a receipt for every report that has come to a fate not yet told, and send what waits.

    Nothing where the setting `receipts_since` is empty. Raises `WrongSetting` for one that cannot be meant.
    """
    since = receipts_since()
    if since is None:
        return Answered()
    mail_from()  # a wrong setting is told before anything is written
    with open_reader(home.published) as connection:
        told = receipts(connection, since)
    outbox, originals = Outbox(home.outbox), Originals(home.originals)
    with outbox.held():
        came_to_a_fate = [(receipt, name) for receipt in told if (name := _new_name(outbox, receipt))]
        addressed = [(receipt, name, _addressee(originals, receipt)) for receipt, name in came_to_a_fate]
        mails = [_mail(receipt, name, to) for receipt, name, to in addressed if to]
        for mail in mails:
            outbox.put(mail.name, written(mail, datetime.now(UTC)))
        return Answered(len(mails), len(addressed) - len(mails), post(outbox, RECEIPT))


def receipts_since() -> date | None:
    """Return the day from which reports get a receipt; `None` where none do, `WrongSetting` for no day."""
    said = text("receipts_since")
    try:
        return date.fromisoformat(said) if said else None
    except ValueError as error:
        raise WrongSetting(
            f"PROTIBEDON_RECEIPTS_SINCE is {said!r}; it must be a day such as 2026-01-15"
        ) from error


def _new_name(outbox: Outbox, receipt: SubmissionReceipt) -> str | None:
    """Return the name of the receipt to write; `None` where the last one already tells this fate."""
    prefix = f"{RECEIPT}{receipt.submission_id[:_DIGITS_OF_AN_ID]}-"
    earlier = outbox.all_names(prefix)
    if earlier and earlier[-1].removeprefix(prefix).partition("-")[2] == receipt.fate:
        return None
    return f"{prefix}{len(earlier) + 1:03}-{receipt.fate}"


def _addressee(originals: Originals, receipt: SubmissionReceipt) -> _Addressee | None:
    registered = (_registered(way, receipt) for way in originals.ways(receipt.file_id))
    return next((to for to in registered if to and to.addresses), None)


def _registered(way: Arrival, receipt: SubmissionReceipt) -> _Addressee | None:
    """Return whom a report that came in one way is answered to, with the addresses mail can be sent to."""
    if way.submission.channel is Channel.FOLDER:
        return _Addressee(receipt.office_id, sendable(addresses_of(receipt.office_id)))
    if way.mail and way.mail.is_genuine and (sender := correspondent_of(way.submission.sender)):
        return _Addressee(sender.office_id, sendable([sender.address]))
    return None


def _mail(receipt: SubmissionReceipt, name: str, to: _Addressee) -> OutgoingMail:
    return OutgoingMail(
        name=name,
        to=to.addresses,
        subject=subject(receipt),
        body=plain_text(receipt, to.office_id),
        attachments=tuple(_letter(receipt, to.office_id)),
    )


def _letter(receipt: SubmissionReceipt, office_id: str) -> Iterator[Attachment]:
    """Yield the letter that asks the same as the receipt, to be answered by hand, where anything is asked."""
    if receipt.rejection_code or receipt.quarter is None or not receipt.questions:
        return
    from warehouse.letter_docx import write_letter_docx  # here, so that a run that asks nothing does without

    asked = AskedReport(
        receipt.submission_id, receipt.file_id, office_id, receipt.file_name, receipt.questions
    )
    with TemporaryDirectory() as folder:
        path = Path(folder, f"{office_id}-{receipt.fiscal_year}-q{receipt.quarter}.docx")
        write_letter_docx(Letter(office_id, receipt.fiscal_year, receipt.quarter, (asked,)), path)
        yield Attachment(path.name, _DOCX, path.read_bytes())
