"""A real Chromium without a window, driven over its own DevTools protocol.

The client is `websockets`, which Prefect brings along: a whole driver would be eight packages more, and it is
the protocol that tells every request a page makes.
"""

import json
import shutil
import subprocess
import time
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--remote-debugging-port=0",
)
PATIENCE = 60  # seconds, for a slow machine


def chromium_found() -> str | None:
    """The program, where one is installed."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass
class Tab:
    """One tab, and what has happened in it since it was opened."""

    connection: ClientConnection
    session: str
    numbers: Iterator[int]
    events: list[dict[str, Any]] = field(default_factory=list)

    def open(self, path: Path) -> None:
        """Open a file and wait until the page has loaded."""
        self.events.clear()
        self.send("Page.navigate", url=path.as_uri())
        while not self.told("Page.loadEventFired"):
            self._hear()

    def evaluate(self, script: str) -> Any:
        """Return what a script gives, as JSON has it."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key: str, code: int) -> None:
        """Press a key as a person does, on whatever has the focus."""
        text = {"Enter": "\r", " ": " "}.get(key, "")
        for kind in ("keyDown", "keyUp"):
            self.send(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, text=text, windowsVirtualKeyCode=code
            )

    def resize(self, width: int, height: int, *, is_phone: bool = False) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 2 if is_phone else 1}
        self.send("Emulation.setDeviceMetricsOverride", **size, mobile=is_phone)

    def screenshot(self, path: Path, *, whole: bool = False) -> None:
        answer = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        path.write_bytes(b64decode(answer["data"]))

    def print_to(self, path: Path) -> None:
        answer = self.send("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        path.write_bytes(b64decode(answer["data"]))

    def told(self, name: str) -> list[dict[str, Any]]:
        """The events of one kind since the page was opened."""
        return [event["params"] for event in self.events if event["method"] == name]

    def requests(self) -> list[str]:
        """Every address that the page has asked for."""
        return [event["request"]["url"] for event in self.told("Network.requestWillBeSent")]

    def complaints(self) -> list[Mapping[str, Any]]:
        """Whatever a person would find in the console: errors, warnings, refusals of the policy."""
        return [
            *self.told("Runtime.exceptionThrown"),
            *self.told("Log.entryAdded"),
            *self.told("Runtime.consoleAPICalled"),
        ]

    def send(self, method: str, **params: object) -> dict[str, Any]:
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": params, "sessionId": self.session}
        self.connection.send(json.dumps({key: value for key, value in message.items() if value != ""}))
        while (answer := self._hear()).get("id") != number:
            pass
        assert "error" not in answer, answer
        return answer["result"]

    def _hear(self) -> dict[str, Any]:
        message = json.loads(self.connection.recv(timeout=PATIENCE))
        if "method" in message:
            self.events.append(message)
        return message


@contextmanager
def a_tab(program: str, profile: Path) -> Iterator[Tab]:
    """Start Chromium with a new, empty profile, and open a tab; both are gone afterwards."""
    arguments = [program, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            with connect(_address(process, profile), proxy=None, max_size=None) as connection:
                browser = Tab(connection, session="", numbers=count(1))
                target = browser.send("Target.createTarget", url="about:blank")["targetId"]
                session = browser.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
                tab = Tab(connection, session, browser.numbers)
                for domain in ("Page", "Runtime", "Log", "Network"):
                    tab.send(f"{domain}.enable")
                yield tab
                browser.send("Browser.close")
        finally:
            process.terminate()


def _address(process: "subprocess.Popen[bytes]", profile: Path) -> str:
    """Where the browser listens: it says so in a file of its profile once it does."""
    told = profile / "DevToolsActivePort"
    for _ in range(PATIENCE * 20):
        if told.is_file() and len(lines := told.read_text(encoding="ascii").split()) == 2:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        assert process.poll() is None, "Chromium has ended"
        time.sleep(0.05)
    raise TimeoutError("Chromium did not start")
