import os
import re
import sys
import time

import pytest

from flows.companion import Companion
from flows.home import Home
from flows.serving import Address, environment_of, why_it_ended

ADDRESS = Address(port=4300, papers_port=0)


@pytest.fixture(autouse=True)
def no_prefect_settings(monkeypatch):
    for name in [name for name in os.environ if name.startswith("PREFECT")]:
        monkeypatch.delenv(name)


def test_everything_stays_on_this_machine_and_in_the_home(tmp_path):
    environment = environment_of(Home.at(tmp_path), ADDRESS)
    assert environment["PREFECT_HOME"] == str(tmp_path / "prefect")
    assert environment["PREFECT_API_URL"] == "http://127.0.0.1:4300/api"
    assert environment["PREFECT_SERVER_API_HOST"] == "127.0.0.1"
    assert environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert environment["DO_NOT_TRACK"] == "1"
    assert environment["PROTIBEDON_HOME"] == str(tmp_path)


def test_what_the_operator_tells_prefect_holds_but_for_the_address(tmp_path, monkeypatch):
    monkeypatch.setenv("PREFECT_SERVER_DATABASE_TIMEOUT", "7")
    monkeypatch.setenv("PREFECT_API_URL", "http://elsewhere.example/api")
    environment = environment_of(Home.at(tmp_path), ADDRESS)
    assert environment["PREFECT_SERVER_DATABASE_TIMEOUT"] == "7"
    assert environment["PREFECT_API_URL"] == ADDRESS.api


def test_the_password_of_the_server_is_that_of_its_worker(tmp_path, monkeypatch):
    assert "PREFECT_API_AUTH_STRING" not in environment_of(Home.at(tmp_path), ADDRESS)
    monkeypatch.setenv("PREFECT_SERVER_API_AUTH_STRING", "operator:long")
    assert environment_of(Home.at(tmp_path), ADDRESS)["PREFECT_API_AUTH_STRING"] == "operator:long"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("alembic: Can't locate revision identified by 'ffff'", "made by a newer Prefect; install that one"),
        ("sqlite3.DatabaseError: file is not a database", "database is damaged; move it away"),
        ("Traceback ...\nMemoryError\n", r"Prefect's server has ended; see .*server.log \(MemoryError\)"),
    ],
)
def test_why_the_server_has_ended_is_told_in_a_sentence(tmp_path, said, told):
    script = [sys.executable, "-c", f"raise SystemExit({said!r})"]
    server = Companion("server", script, os.environ, tmp_path, tmp_path / "server.log")
    while not server.has_ended:
        time.sleep(0.02)
    assert re.search(told, why_it_ended(server))
