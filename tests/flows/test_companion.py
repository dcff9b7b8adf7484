import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.companion import Companion

SLEEP = "import time; print('working', flush=True); time.sleep(60)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEP


def companion(tmp_path, script: str) -> Companion:
    return Companion("sleeper", [sys.executable, "-c", script], os.environ, tmp_path, tmp_path / "log")


def wait_until(holds) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize(("script", "patience"), [(SLEEP, 30), (DEAF, 0.2)])
def test_a_companion_is_stopped_whether_it_listens_or_not(tmp_path, script, patience):
    one = companion(tmp_path, script)
    wait_until(lambda: "working" in one.last_words())
    assert not one.has_ended
    one.stop(patience)
    assert one.has_ended
    one.stop(patience)  # and once more does no harm


def test_its_last_words_are_those_since_this_start(tmp_path):
    (tmp_path / "log").write_text("of an earlier start\n", encoding="utf-8")
    one = companion(tmp_path, "print('first'); raise SystemExit('and last')")
    wait_until(lambda: one.has_ended)
    assert set(one.last_words().split("\n")) == {"first", "and last"}


def test_it_does_not_outlive_us(tmp_path):
    script = (
        "import os, pathlib, sys, time\n"
        "from flows.companion import Companion\n"
        f"folder = pathlib.Path({str(tmp_path)!r})\n"
        f"one = Companion('sleeper', [sys.executable, '-c', {SLEEP!r}], os.environ, folder, folder / 'log')\n"
        "while 'working' not in one.last_words(): time.sleep(0.02)\n"
        "print(one._process.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="ascii", check=False)
    pid = int(ended.stdout)
    wait_until(lambda: not Path(f"/proc/{pid}").exists())
