"""Notifying: somebody is told when a run fails, or rejects a report, by a webhook, by mail, or by both.

A run never fails for want of a listener: what cannot be delivered is a warning in the log.
"""

import json
import logging
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from http.client import HTTPException
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from flows.fate import Fate
from flows.home import Home, installed_at
from flows.notice import Event, Notice, sentence_of_failure, sentence_of_rejections
from flows.outbox import Outbox
from flows.outgoing_mail import NoAddress, OutgoingMail, written
from flows.posting import post
from flows.secret import secret
from flows.settings import WrongSetting, text, words
from transforms.report import Report

if TYPE_CHECKING:
    from prefect import Flow, State
    from prefect.client.schemas.objects import FlowRun

NOTICE = "notice-"
_ENDED_EARLY = "The run ended before its time; its log says more."
SECONDS = 10.0  # for a webhook to answer
_LOG = logging.getLogger(__name__)


class failure_notified(AbstractContextManager[None]):  # noqa: N801 (read as a word of a `with`)
    """Tell somebody of an exception that ends the block, and let it pass."""

    def __init__(self, home: Home, run: str) -> None:
        self._home = home
        self._run = run

    def __exit__(
        self, _kind: type[BaseException] | None, failure: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if isinstance(failure, Exception):
            notify(self._home, _notice(Event.FAILURE, self._run, sentence_of_failure(failure)))


def notify_of_rejections(home: Home, run: str, reports: Iterable[Report | Fate]) -> None:
    """Tell somebody of the reports that a run rejected, where the setting `notify_on` asks for it."""
    sentence = sentence_of_rejections(reports)
    if sentence:
        notify(home, _notice(Event.REJECTION, run, sentence))


def notify_of_failed_run(flow: "Flow[Any, Any]", flow_run: "FlowRun", state: "State[Any]") -> None:
    """Tell somebody of a flow run that failed or crashed: a hook for `on_failure` and `on_crashed`."""
    home = Home.at(flow_run.parameters.get("home"))
    failure = None if state.is_crashed() else state.result(raise_on_failure=False)
    sentence = sentence_of_failure(failure) if isinstance(failure, Exception) else _ENDED_EARLY
    with suppress(WrongSetting), installed_at(home):
        notify(home, _notice(Event.FAILURE, flow.name, sentence))
        return
    notify(home, _notice(Event.FAILURE, flow.name, sentence))  # by what the environment says alone


def notify(home: Home, notice: Notice) -> None:
    """Deliver a notice as the settings say; never raises for what stands in its way."""
    try:
        if _is_asked_for(notice.event):
            _by_webhook(notice)
            _by_mail(home, notice)
    except WrongSetting as mistake:
        _LOG.warning("nobody was notified: %s", mistake)


def _notice(event: Event, run: str, sentence: str) -> Notice:
    return Notice(event, run, sentence, datetime.now(UTC))


def _is_asked_for(event: Event) -> bool:
    said = text("notify_on")
    if said not in {*Event}:
        raise WrongSetting(f"PROTIBEDON_NOTIFY_ON is {said!r}; it must be failure or rejection")
    return event is Event.FAILURE or said == Event.REJECTION


class _NoRedirects(HTTPRedirectHandler):
    """A notice goes where the operator said, and nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _by_webhook(notice: Notice) -> None:
    address = secret("notify_webhook")
    if not address:
        return
    if not address.startswith(("https://", "http://")):
        raise WrongSetting("PROTIBEDON_NOTIFY_WEBHOOK is no address that begins with https:// or http://")
    body = json.dumps(notice.as_json(), ensure_ascii=False).encode()
    request = Request(address, body, {"Content-Type": "application/json; charset=utf-8"})
    try:
        build_opener(_NoRedirects).open(request, timeout=SECONDS).close()
    except HTTPError as refusal:
        _LOG.warning("the webhook refused a notice (%d)", refusal.code)
    except (OSError, HTTPException, ValueError) as error:  # its words would repeat the address, a secret
        _LOG.warning("the webhook did not get a notice (%s)", type(error).__name__)


def _by_mail(home: Home, notice: Notice) -> None:
    addresses = words("notify_mail")
    if not addresses:
        return
    name = f"{NOTICE}{notice.at:%Y%m%d-%H%M%S-%f}-{notice.event}"
    try:
        mail = OutgoingMail(
            name, addresses, notice.text, f"{notice.text}\n\n{notice.at:%Y-%m-%d %H:%M} UTC\n", "en"
        )
        outbox = Outbox(home.outbox)
        with outbox.held():
            outbox.put(name, written(mail, notice.at))
            posted = post(outbox, NOTICE)
    except NoAddress as mistake:
        raise WrongSetting(f"PROTIBEDON_NOTIFY_MAIL: {mistake}") from mistake
    except OSError as error:
        _LOG.warning("a notice could not be mailed (%s)", error.strerror)
    else:
        if posted.trouble:
            _LOG.warning("a notice waits in the outbox: %s", posted.trouble)
