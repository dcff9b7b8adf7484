"""The sender of a report: whether mail from an address is let in, and whose reports it may bring.

A report that a person put into the folder is let in. One that came by mail is, where its sender was an
office's correspondent when it came or has been registered since, unless the mailbox's own server doubts it.
"""

from collections.abc import Iterable

from extractors.originals import Arrival
from extractors.submission import Submission
from transforms.correspondent import correspondent_of, is_an_address
from transforms.finding import Finding, finding
from transforms.office import PRINCIPAL_LEVELS, Office, division_of, office_of
from transforms.reference import load_toml
from transforms.report import Report

_LEVELS_THAT_COLLECT = tuple(level for level in PRINCIPAL_LEVELS if level != "district")


def is_let_in(arrival: Arrival) -> bool:
    """Whether a file that came in this way may be read."""
    mail = arrival.mail
    if mail is None or mail.is_admitted:
        return True
    return mail.is_genuine and correspondent_of(arrival.submission.sender) is not None


def unknown_sender(submission: Submission, arrivals: Iterable[Arrival]) -> Finding:
    """Return the finding that keeps a file apart which came in no way that lets it in."""
    sender = submission.sender
    if not is_an_address(sender):
        reason = "nobody"
    elif all(arrival.mail and not arrival.mail.is_genuine for arrival in arrivals):
        reason = "not_genuine"
    else:
        reason = "not_listed"
    words = load_toml("words.toml")["unknown_sender"][reason]
    reason_bn, reason_en = (words[language].format(sender=sender) for language in ("bn", "en"))
    return finding("unknown_sender", raw_text=sender, reason_bn=reason_bn, reason_en=reason_en)


def sender_of_another_office(report: Report, arrivals: Iterable[Arrival]) -> tuple[Finding, ...]:
    """Return the finding about a report that came by mail, and only from offices it is not of.

    A divisional library collects the reports of its division, so it may send every one of them.
    """
    ways = [arrival for arrival in arrivals if is_let_in(arrival)]
    senders = [correspondent_of(arrival.submission.sender) for arrival in ways if arrival.mail]
    offices = [office_of(sender.office_id) for sender in senders if sender]
    if len(offices) < len(ways) or any(_may_send(office, report) for office in offices):
        return ()
    whose = office_of(report.office_id) if report.office_id else division_of(report.division_id)
    return (
        finding(
            "sender_of_another_office",
            office_id=report.office_id,
            whose_bn=whose.name_bn,
            whose_en=whose.name_en,
            sender_bn=offices[0].name_bn,
            sender_en=offices[0].name_en,
        ),
    )


def _may_send(office: Office, report: Report) -> bool:
    collects = office.level in _LEVELS_THAT_COLLECT and office.division_id == report.division_id
    return collects or office.office_id == report.office_id or not report.division_id
