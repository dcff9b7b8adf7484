"""The papers server: shows the summaries of a home to a browser on this machine, and nothing else.

A page that came over HTTP may not link to a file, so without it the links in the Prefect UI would be dead.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

HOST = "127.0.0.1"


class _Papers(SimpleHTTPRequestHandler):
    """Serves the files of one folder to those who ask for them by this machine's own name.

    A page elsewhere, open in the same browser, may have let its name point here; its requests still carry
    that name, and are refused.
    """

    def parse_request(self) -> bool:
        if not super().parse_request():
            return False
        if self.headers.get("Host", "").split(":")[0] in (HOST, "localhost"):
            return True
        self.send_error(403)
        return False

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")  # the next run writes the same names anew
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet: who reads what is nobody's business."""


@contextmanager
def papers_served(folder: Path, port: int) -> Iterator[str]:
    """Serve a folder on a port of this machine meanwhile, and say at what address; on 0 none is served.

    Raises `OSError` where the port is taken.
    """
    if not port:
        yield ""
        return
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadingHTTPServer((HOST, port), partial(_Papers, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://{HOST}:{port}"
        finally:
            server.shutdown()


def is_free(port: int) -> bool:
    """Whether a port of this machine can be listened on."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            return False
    return True
