"""A line that breaks: what is sent through it arrives up to a number of bytes, and then nothing more."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class CuttingProxy:
    """Passes connections on to a port of this computer, each cut off after the bytes it may bring."""

    def __init__(self, port: int, allowances: Iterator[int]) -> None:
        self.connections = 0
        self._target = port
        self._allowances = allowances
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])

    def run(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _pass_on(self, client: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", self._target))
        asking = threading.Thread(target=_copy, args=(client, server, None), daemon=True)
        asking.start()
        _copy(server, client, next(self._allowances))


def _copy(giving: socket.socket, taking: socket.socket, allowance: int | None) -> None:
    """Copy until one side ends or the allowance is spent; then both connections are cut."""
    with suppress(OSError):
        while content := giving.recv(4096):
            taking.sendall(content if allowance is None else content[:allowance])
            if allowance is not None:
                allowance -= len(content)
                if allowance <= 0:
                    break
    for side in (giving, taking):
        with suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)
        side.close()


@contextmanager
def breaking_line(port: int, *allowances: int, then: int = 1 << 40) -> Iterator[CuttingProxy]:
    """Open a line to a port whose connections break after so many bytes each; later ones after `then`."""

    def each() -> Iterator[int]:
        yield from allowances
        while True:
            yield then

    proxy = CuttingProxy(port, each())
    threading.Thread(target=proxy.run, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.close()
