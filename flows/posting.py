"""Posting: what waits in the outbox is handed to the mail server, each mail once.

A mail is marked as being sent before the server gets its text, and as sent after the server has said that it
took it. Where the answer is lost between the two, nobody here can know: the mail becomes doubtful, is told to
a person, and is not sent again by itself.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from smtplib import SMTP, SMTPException

from flows.mail_server import (
    AnswerLost,
    MailServer,
    Reply,
    ServerAway,
    configured_server,
    hand_over,
    offer,
)
from flows.outbox import Outbox, State


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of the mails that waited, by name, and why the server took none of those that still wait.

    `doubtful` are all that a person must decide about, those of earlier runs too. `unheard` were sent, but
    the server refused one of their several addresses.
    """

    sent: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    trouble: str = ""

    def lines(self) -> Iterator[str]:
        """Yield what an operator should know, a line each; nothing where there was nothing to send."""
        if self.sent:
            yield f"mail       {len(self.sent)} sent"
        if self.waiting:
            why = self.trouble and f": {self.trouble}"
            yield f"mail       {len(self.waiting)} waiting in the outbox{why}"
        for name in self.unheard:
            yield f"mail       one address of several was refused: {State.SENT}/{name}.eml"
        for name in self.refused:
            yield f"mail       refused by the server: {State.REFUSED}/{name}.eml"
        for name in self.doubtful:
            yield (
                f"mail       perhaps sent, perhaps not: {State.DOUBTFUL}/{name}.eml; "
                f"ask, then move it to {State.SENT} or back into the outbox"
            )


@dataclass(slots=True)
class _Round:
    """One round with the mail: the connection that is open, if one is, and what has gone wrong so far."""

    outbox: Outbox
    server: MailServer
    smtp: SMTP | None = None
    unheard: tuple[str, ...] = ()
    trouble: str = ""

    def send(self, names: Sequence[str]) -> None:
        """Offer each mail once; stop where the server is away, since the others would find it away too."""
        try:
            for name in names:
                self._send(name)
        except ServerAway as away:
            self.trouble = str(away)
        finally:
            self._hang_up()

    def _send(self, name: str) -> None:
        if self.smtp is None or self.smtp.sock is None:  # a server may end a connection after any mail
            self.smtp = self.server.connect()
        content = self.outbox.read(name, State.WAITING)
        offered = offer(self.smtp, content)
        if not offered.took_it:
            self._settle(name, State.WAITING, offered)
            return
        self.outbox.move(name, State.WAITING, State.SENDING)
        try:
            reply = hand_over(self.smtp, content)
        except AnswerLost:
            self.outbox.move(name, State.SENDING, State.DOUBTFUL)
            return
        self._settle(name, State.SENDING, reply)
        if reply.took_it and offered.refused_an_address:
            self.unheard += (name,)

    def _settle(self, name: str, state: State, reply: Reply) -> None:
        """Move a mail to where it stands after the server's last word on it."""
        if reply.took_it:
            self.outbox.move(name, state, State.SENT)
        elif reply.is_for_ever:
            self.outbox.move(name, state, State.REFUSED)
        else:
            self.trouble = f"the mail server asks to try again later ({reply.code})"
            self.outbox.move(name, state, State.WAITING)

    def _hang_up(self) -> None:
        if self.smtp is not None:
            with suppress(OSError, SMTPException):
                self.smtp.quit()
            self.smtp.close()


def post(outbox: Outbox, *prefixes: str) -> Posted:
    """Send what waits and whose name begins with one of the prefixes; the outbox must be held.

    One mail refused does not stop the others. Where no server is set, or it is away, mail waits for the next
    time. Raises `WrongSetting` for settings that cannot be meant.
    """
    offered = [name for prefix in prefixes for name in outbox.names(State.WAITING, prefix)]
    server = configured_server()
    postman = _Round(outbox, server) if server and offered else None
    if postman:
        postman.send(offered)
    return Posted(
        sent=_of_these(outbox, offered, State.SENT),
        waiting=_of_these(outbox, offered, State.WAITING),
        refused=_of_these(outbox, offered, State.REFUSED),
        doubtful=tuple(outbox.names(State.DOUBTFUL)),
        unheard=postman.unheard if postman else (),
        trouble=postman.trouble if postman else "",
    )


def _of_these(outbox: Outbox, names: Sequence[str], state: State) -> tuple[str, ...]:
    return tuple(name for name in names if outbox.path(name, state).exists())
