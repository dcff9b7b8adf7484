"""`protibedon serve`, whole: the schedules become runs, and an operator starts runs and reads them.

One server for the whole module, stopped at its end by the test that says how; so these run in their order.
"""

import shutil
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import REPOSITORY
from tests.flows.conftest import EXAMPLES
from tests.flows.served import (
    Served,
    free_port,
    is_listened_on,
    serve_command,
    serve_environment,
    wait_until,
)
from tests.warehouse.chromium import Tab, a_tab, chromium_found

pytestmark = pytest.mark.server
REPORTS = ("Khulna Q1 2024-25.docx", "jashore_q1.xlsx", "খুলনা ২য় ত্রৈমাসিক ২০২৪-২৫.docx", "sirajganj Q2.docx")
DHAKA = ZoneInfo("Asia/Dhaka")
FRIDAY, SATURDAY = 4, 5
TRIES, RENDERING_SECONDS, SUBMITTING_SECONDS = 5, 1.0, 20


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("served") / "home"
    (home / "inbox").mkdir(parents=True)
    for name in REPORTS:
        shutil.copy2(EXAMPLES / name, home / "inbox")
    served = Served(home)
    try:
        served.wait_until_ready()
        yield served
    finally:
        if served.process.poll() is None:
            served.stop()


def days_of(served: Served, deployment: str) -> list[datetime]:
    wait_until(lambda: served.runs(deployment, "SCHEDULED"))
    starts = [run["expected_start_time"] for run in served.runs(deployment, "SCHEDULED")]
    return [datetime.fromisoformat(start).astimezone(DHAKA) for start in starts]


def test_it_says_where_everything_is(served):
    said = served.said()
    assert f"UI         {served.ui}" in said
    assert f"summaries  http://127.0.0.1:{served.papers_port}" in said
    assert f"inbox      {served.home / 'inbox'}" in said


def test_the_deployments_are_those_of_the_file(served):
    deployments = served.deployments()
    assert set(deployments) == {"ingest-reports", "publish-summaries", "remind-offices", "reprocess-quarter"}
    for deployment in deployments.values():
        assert deployment["entrypoint"].startswith("flows.")
        assert all(schedule["active"] for schedule in deployment["schedules"])
        assert all(schedule["schedule"]["timezone"] == "Asia/Dhaka" for schedule in deployment["schedules"])
    assert deployments["reprocess-quarter"]["schedules"] == []


def test_reports_are_taken_on_working_days_of_the_window_and_on_the_due_date(served):
    days = days_of(served, "ingest-reports")
    mornings = [day for day in days if day.hour == 9]
    assert mornings
    assert all(day.month in (1, 4, 7, 10) and day.day <= 25 for day in days)
    assert not any(day.weekday() in (FRIDAY, SATURDAY) for day in mornings)
    assert all(day.day == 15 and day.hour == 17 for day in days if day not in mornings)


def test_summaries_follow_the_due_date(served):
    assert {(day.month % 3, day.day, day.hour) for day in days_of(served, "publish-summaries")} <= {
        (1, 16, 10),
        (1, 21, 10),
        (1, 26, 10),
    }


def test_only_one_load_goes_on_at_a_time(served):
    limits = {limit["name"]: limit["limit"] for limit in served.ask("/v2/concurrency_limits/filter", {})}
    assert limits["protibedon-load"] == 1


@pytest.mark.parametrize(
    ("deployment", "wrong", "told"),
    [
        ("publish-summaries", {"fiscal_year": "2031-32"}, "'2031-32' is not one of"),
        ("publish-summaries", {"quarter": 5}, "5 is not one of [None, 1, 2, 3, 4]"),
        ("publish-summaries", {"division": "cumilla"}, "'cumilla' is not one of"),
        ("reprocess-quarter", {"office": "atlantis"}, "'atlantis' is not one of"),
        ("ingest-reports", {"source": "fax"}, "'fax' is not one of ['inbox', 'mailbox', 'both']"),
        ("ingest-reports", {"dry_run": "perhaps"}, "'perhaps' is not of type 'boolean'"),
    ],
)
def test_a_bad_value_gets_a_sentence(served, deployment, wrong, told):
    refusal = served.start(deployment, **wrong)["detail"]
    assert told in refusal
    assert "Traceback" not in refusal


def test_a_dry_run_says_what_it_would_take_and_changes_nothing(served):
    run = served.wait_for(served.start("ingest-reports", dry_run=True)["id"])
    assert run["name"] == "dry run · 2024-25 Q1, Q2 · 4 received · 1 rejected"
    assert not list((served.home / "originals").iterdir())
    assert not (served.home / "warehouse.duckdb").exists()


@pytest.mark.skipif(not chromium_found(), reason="chromium is not installed")
def test_the_operator_fills_the_form_and_reads_the_artifacts(served, tmp_path):
    taken = served.wait_for(served.start("ingest-reports")["id"])
    assert taken["name"] == "2024-25 Q1, Q2 · 4 received · 1 rejected"
    program = chromium_found()
    assert program
    with a_tab(program, tmp_path / "profile") as tab:
        tab.resize(1300, 1400)
        run_id = fill_form(tab, served)
        published = served.wait_for(run_id)
        assert published["name"].startswith("2024-25 Q2 · ")
        assert published["parameters"]["fiscal_year"] == "2024-25"
        assert published["parameters"]["quarter"] == 2

        page = read_artifact(tab, served, run_id, "summaries", "index.html")
        link = tab.evaluate("[...document.querySelectorAll('a')].find(a => a.innerText == 'index.html').href")
        with urllib.request.urlopen(link) as answer:
            assert "ত্রৈমাসিক" in answer.read().decode()
        assert "khulna-egov-2024-25-matrix.pdf" in page
        assert "খুলনা" in read_artifact(tab, served, run_id, "reporting", "rate %")
        findings = read_artifact(tab, served, taken["id"], "findings", "যা জিজ্ঞাসা করতে হবে")
        assert "খুলনা ২য় ত্রৈমাসিক ২০২৪-২৫.docx" in findings
        assert "rejected" in read_artifact(tab, served, taken["id"], "submissions", "sirajganj Q2.docx")
        assert all(
            f"127.0.0.1:{served.port}" in asked or asked.startswith("data:") for asked in tab.requests()
        )


def fill_form(tab: Tab, served: Served) -> str:
    """Open the deployment's form, pick a year and a quarter, submit it; return the run's id.

    A form that was not whole yet when it was filled in forgets what was picked: then it is opened once more.
    """
    deployment_id = served.deployments()["publish-summaries"]["id"]
    form = f"{served.ui}/deployments/deployment/{deployment_id}/run"
    picked: dict[str, Any] = {"fiscal_year": "2024-25", "quarter": 2}
    for _ in range(TRIES):
        run = submitted(tab, served, form, picked)
        if run and run["parameters"].items() >= picked.items():
            return str(run["id"])
    raise AssertionError(f"no run of {picked}")


def submitted(tab: Tab, served: Served, form: str, picked: dict[str, Any]) -> dict[str, Any] | None:
    """Fill in and submit a form; return the run that came of it, if one did."""
    before = {run["id"] for run in runs_by_hand(served)}
    tab.send("Page.navigate", url="about:blank")
    tab.send("Page.navigate", url=form)
    wait_until(lambda: tab.evaluate("document.querySelectorAll('select').length >= 6"))
    time.sleep(RENDERING_SECONDS)
    for name, choice in picked.items():
        tab.evaluate(
            "(([name, choice]) => {"
            " const field = [...document.querySelectorAll('.p-label')]"
            "  .find(label => label.innerText.startsWith(name)).querySelector('select');"
            " field.value = choice; field.dispatchEvent(new Event('change', {bubbles: true}));"
            f"}})({[name, str(choice)]!r})"
        )
    time.sleep(RENDERING_SECONDS)
    tab.evaluate("document.querySelector('button[type=submit]').click()")
    deadline = time.monotonic() + SUBMITTING_SECONDS
    while tab.evaluate("location.href") == form and time.monotonic() < deadline:
        time.sleep(0.2)
    return next((run for run in runs_by_hand(served) if run["id"] not in before), None)


def runs_by_hand(served: Served) -> list[dict[str, Any]]:
    return [run for run in served.runs("publish-summaries") if not run["auto_scheduled"]]


def read_artifact(tab: Tab, served: Served, run_id: str, key: str, awaited: str) -> str:
    """Open an artifact of a run in the browser; return its text as it is shown."""
    artifact_id = served.artifact(run_id, key)["id"]
    tab.send("Page.navigate", url=f"{served.ui}/artifacts/artifact/{artifact_id}")
    text = "document.body ? document.body.innerText : ''"
    wait_until(lambda: awaited in tab.evaluate(text))
    return str(tab.evaluate(text))


def test_neither_a_second_one_nor_a_taken_port_is_served(served, tmp_path):
    for home, port, told in (
        (served.home, free_port(), "is being served already; stop that one first"),
        (tmp_path / "home", served.port, f"port {served.port} is in use by another program"),
    ):
        ended = subprocess.run(
            serve_command(home, port),
            env=serve_environment(free_port()),
            cwd=REPOSITORY,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        assert ended.returncode == 2
        assert told in ended.stderr
        assert "Traceback" not in ended.stderr


def test_a_run_cut_off_by_the_stop_is_marked_and_the_schedules_stay_active(served):
    run_id = served.start("reprocess-quarter")["id"]
    wait_until(lambda: served.ask(f"/flow_runs/{run_id}")["state_type"] != "SCHEDULED")
    began = time.monotonic()
    assert served.stop() == 0
    assert time.monotonic() - began < 60
    assert "stopped; the schedules stay active" in served.said()
    assert not is_listened_on(served.port)
    assert not is_listened_on(served.papers_port)
    with sqlite3.connect(Path(served.home, "prefect", "prefect.db")) as database:
        assert database.execute("SELECT count(*) FROM deployment_schedule WHERE NOT active").fetchone() == (
            0,
        )
        under_way = "SELECT count(*) FROM flow_run WHERE state_type IN ('RUNNING', 'PENDING', 'CANCELLING')"
        assert database.execute(under_way).fetchone() == (0,)
