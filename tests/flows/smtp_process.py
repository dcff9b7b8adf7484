"""A mail server as a process of its own: aiosmtpd, which keeps what it takes as files in a folder.

Run as `python smtp_process.py FOLDER [CERTIFICATE KEY]`; it prints its port. With a certificate it wants
STARTTLS and a login. What it does with a mail, its addresses decide: `gone@` is refused for ever, `later@`
for now. A file `lose-answer` in the folder lets it end the next connection after it took a mail and before it
said so, `hold-answer` lets it say nothing at all.
"""

import asyncio
import json
import ssl
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

USER, PASSWORD = "reports", "mailpass-7c41"


class Keeper:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("gone"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later"):
            return "451 4.7.1 greylisted, come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        number = len(list(self.folder.glob("*.json")))
        (self.folder / f"{number:03}.eml").write_bytes(envelope.original_content)
        told = {"from": envelope.mail_from, "to": envelope.rcpt_tos}
        (self.folder / f"{number:03}.json").write_text(json.dumps(told))
        if self._is_asked_to("hold-answer"):
            await asyncio.sleep(3600)
        if self._is_asked_to("lose-answer"):
            server.transport.abort()
        return "250 taken"

    def _is_asked_to(self, what: str) -> bool:
        asked = self.folder / what
        found = asked.exists()
        asked.unlink(missing_ok=True)
        return found


def let_in(_server, _session, _envelope, _mechanism, credentials) -> AuthResult:
    known = (credentials.login, credentials.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=known)  # the refusal is left to the server to say


async def serve(folder: Path, certificate: list[str]) -> None:
    options = {}
    if certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(*certificate)
        options = {
            "tls_context": tls,
            "require_starttls": True,
            "auth_required": True,
            "authenticator": let_in,
        }
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Keeper(folder), hostname="mail.example.org", loop=loop, **options), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), sys.argv[2:]))
