"""The mail server that the settings name, and what it answers when it is handed a mail (SMTP, RFC 5321)."""

import ssl
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP as MAIL
from smtplib import SMTP, SMTP_SSL, SMTPDataError, SMTPException, SMTPResponseException

from flows.secret import secret
from flows.settings import WrongSetting, number, text

SECONDS = 30.0  # for each answer of the server
_OK, _FORWARDED, _CLOSING = 250, 251, 421
_FOR_EVER = 500  # a reply from here on is meant to stay; one below may be another tomorrow


class ServerAway(Exception):  # noqa: N818 (named for what happened)
    """The mail server cannot be reached, or takes nothing from us for now."""


class AnswerLost(Exception):  # noqa: N818 (named for what happened)
    """The connection ended after the server had begun to take a mail: it may have it, or not."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server said to a mail, as a code of SMTP, and whether it refused one of several addresses."""

    code: int
    refused_an_address: bool = False

    @property
    def took_it(self) -> bool:
        """Whether the server takes the mail, or has taken it."""
        return self.code == _OK

    @property
    def is_for_ever(self) -> bool:
        """Whether offering the mail again is of no use."""
        return self.code >= _FOR_EVER


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server. `security` is `starttls`, `tls` or `none`; an empty `user` does not log in.

    Raises `WrongSetting` for another security, and for a password that everybody on the way could read.
    """

    host: str
    port: int
    security: str
    user: str
    password: str

    def __post_init__(self) -> None:
        if self.security not in ("starttls", "tls", "none"):
            raise WrongSetting(
                f"PROTIBEDON_SMTP_SECURITY is {self.security!r}; it must be starttls, tls or none"
            )
        if self.user and self.security == "none":
            raise WrongSetting("PROTIBEDON_SMTP_SECURITY is none; no password is sent for all to read")

    def connect(self) -> SMTP:
        """Return an open connection; raises `ServerAway`, which never tells the password."""
        smtp: SMTP | None = None
        try:
            smtp = self._dial()
            if self.user:
                smtp.login(self.user, self.password)
        except (OSError, SMTPException) as error:
            if smtp:
                smtp.close()
            raise ServerAway(f"{self.host}:{self.port} {_reason(error)}") from None
        return smtp

    def _dial(self) -> SMTP:
        if self.security == "tls":
            return SMTP_SSL(self.host, self.port, timeout=SECONDS, context=ssl.create_default_context())
        smtp = SMTP(self.host, self.port, timeout=SECONDS)
        if self.security == "starttls":
            try:
                smtp.starttls(context=ssl.create_default_context())
            except (OSError, SMTPException):
                smtp.close()
                raise
        return smtp


def configured_server() -> MailServer | None:
    """Return the server of the settings; `None` where no host is set. Raises `WrongSetting` as above."""
    if not text("smtp_host"):
        return None
    user = text("smtp_user")
    password = secret("smtp_password") if user else ""
    return MailServer(text("smtp_host"), int(number("smtp_port")), text("smtp_security"), user, password)


def offer(smtp: SMTP, content: bytes) -> Reply:
    """Ask the server whether it will take a mail for any of the addresses of its To; it gets no text yet.

    Raises `ServerAway` where the connection ends, or we are not let in.
    """
    mail = message_from_bytes(content, policy=MAIL)
    if not (mail["From"] and mail["To"]):
        return Reply(_FOR_EVER)  # a mail whose addressee was erased, put back into the outbox by hand
    try:
        smtp.ehlo_or_helo_if_needed()
        code, _ = smtp.mail(mail["From"].addresses[0].addr_spec)
        if code != _OK:
            raise ServerAway(f"the mail server takes nothing from us ({code})")
        codes = [smtp.rcpt(address.addr_spec)[0] for address in mail["To"].addresses]
    except (OSError, SMTPException) as error:
        smtp.close()
        raise ServerAway(f"the mail server {_reason(error)}") from None
    refused = [code for code in codes if code not in (_OK, _FORWARDED)]
    if len(refused) < len(codes):
        return Reply(_OK, refused_an_address=bool(refused))
    return _made_ready(smtp, Reply(min(refused)))  # where one may be taken tomorrow, it is tried tomorrow


def hand_over(smtp: SMTP, content: bytes) -> Reply:
    """Give the server the text of a mail that it has agreed to take, and return what it replied.

    Raises `AnswerLost` where the connection ends before the reply has come.
    """
    try:
        code, _ = smtp.data(content)
    except SMTPDataError as refusal:  # it did not want the text after all
        code = refusal.smtp_code
    except (OSError, SMTPException) as error:
        smtp.close()
        raise AnswerLost(f"the mail server {_reason(error)}") from None
    return _made_ready(smtp, Reply(code))


def _made_ready(smtp: SMTP, reply: Reply) -> Reply:
    """Let the connection forget a mail that was not taken; one that the server closes is closed here too."""
    if reply.code == _CLOSING:
        smtp.close()
    elif not reply.took_it:
        with suppress(OSError, SMTPException):
            smtp.rset()
    return reply


def _reason(error: Exception) -> str:
    """Say what went wrong without the words of the server, which may repeat names and addresses."""
    if isinstance(error, SMTPResponseException):
        return f"refused us ({error.smtp_code})"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"could not be trusted ({error.verify_message})"
    if isinstance(error, OSError) and error.strerror:
        return f"could not be reached ({error.strerror})"
    return f"could not be used ({type(error).__name__})"
