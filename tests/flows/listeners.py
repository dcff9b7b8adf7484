"""A listener for the tests: a web server in a thread, which keeps every notice that is posted to it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Listener:
    """What was posted, and what is answered: 200 unless a test wants another."""

    port: int = 0
    answer: int = 200
    notices: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def address(self, secret: str = "hook") -> str:
        return f"http://127.0.0.1:{self.port}/services/{secret}"


@contextmanager
def listener() -> Iterator[Listener]:
    heard = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.paths.append(self.path)
            heard.notices.append(json.loads(body))
            self.send_response(heard.answer)
            if heard.answer == 302:
                self.send_header("Location", heard.address("elsewhere"))
            self.end_headers()

        do_GET = do_POST  # noqa: N815 (a redirect would be followed as a GET)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        heard.port = server.server_address[1]
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield heard
        finally:
            server.shutdown()
