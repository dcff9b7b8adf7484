"""The flows as Prefect runs them, in this process, against a temporary server."""

import json
import shutil

import pytest
from prefect.client.orchestration import get_client
from prefect.exceptions import ParameterTypeError

from flows import road
from flows.ingest_reports import ingest_reports, receive
from flows.publish_summaries import publish_summaries
from flows.settings import WrongSetting
from tests.flows.conftest import EXAMPLES

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_at_work")]


def artifact(key: str) -> str:
    with get_client(sync_client=True) as client:
        found = [artifact for artifact in client.read_artifacts() if artifact.key == key]
    return str(max(found, key=lambda artifact: artifact.created).data)


def test_both_flows_take_the_examples_through_and_tell_the_operator(home):
    walk = ingest_reports(home=str(home), paths=[str(EXAMPLES)])
    assert len(walk.fates) == len(list(EXAMPLES.iterdir())) - 1
    assert walk.refused_something
    assert (home / "published" / "warehouse.duckdb").is_file()
    assert "unknown_office" not in artifact("submissions")
    assert "rejected" in artifact("submissions")
    assert "যা জিজ্ঞাসা করতে হবে" in artifact("findings")
    assert "`unknown_phrase`" in artifact("findings")
    assert float(artifact("reading")) == 100
    assert name_of_last_run().startswith("2024-25 Q1, Q2 · 25 received")

    written = publish_summaries(home=str(home), fiscal_year="2024-25", quarter=2)
    matrices = {path.name.split("-")[0] for path in written if path.name.endswith("matrix.xlsx")}
    assert matrices == {"khulna", "rajshahi"}
    assert f"/2024-25-q2/{written[0].name})" in artifact("summaries")
    [rajshahi] = [
        one
        for one in json.loads(artifact("reporting"))
        if (one["বিভাগ"], one["plan"]) == ("রাজশাহী", "egov-2024-25")
    ]
    assert (rajshahi["period"], rajshahi["expected"]) == ("2024-25 Q2", 8)

    again = ingest_reports(home=str(home), paths=[str(EXAMPLES)])
    assert (again.fates, again.refused_something) == ((), False)


def test_what_an_office_wrote_has_no_power_in_the_operators_page(home, tmp_path):
    form = (EXAMPLES / "natore_quarter_1.txt").read_text(encoding="utf-8")
    line = next(line for line in form.splitlines() if "[২.১.১]" in line)
    fields = line.split("\t")
    hostile = "\t".join(
        [*fields[:10], "<img src=x onerror=alert(1)> [click](http://x.example) `a` www.x.example"]
    )
    path = tmp_path / "[link](x) <b>www.x.example.txt"
    path.write_text(form.replace(line, hostile), encoding="utf-8")
    ingest_reports(home=str(home), paths=[str(path)])
    page = artifact("findings")
    assert "\\<img src\\=x onerror" in page
    assert "\\[click\\]\\(http\\:\\/\\/x\\.example\\)" in page
    # The cells of a table are read as Markdown too.
    for shown in (page, artifact("submissions").replace("\\\\", "\\")):
        assert "\\[link\\]\\(x\\) \\<b\\>www\\.x\\.example\\.txt" in shown
        assert "www.x" not in shown


def name_of_last_run() -> str:
    with get_client(sync_client=True) as client:
        return max(client.read_flow_runs(), key=lambda run: run.created).name


def test_a_dry_run_says_what_would_be_and_changes_nothing(home):
    report = str(EXAMPLES / "jashore_q1.xlsx")
    ingest_reports(home=str(home), paths=[report])
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    walk = ingest_reports(home=str(home), paths=[report, str(EXAMPLES / "jashore_q2.xlsx")], dry_run=True)
    assert [known.file_name for known in walk.received.known] == ["jashore_q1.xlsx"]
    assert [report.office_id for report in walk.fates] == ["jashore"]
    assert name_of_last_run() == "dry run · 2024-25 Q2 · 1 received"
    assert "taken before" in artifact("submissions")
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_a_bad_value_gets_a_sentence(home):
    with pytest.raises(ParameterTypeError, match="no fiscal year is known as '2031-32'; known are 2023-24"):
        publish_summaries(home=str(home), fiscal_year="2031-32")
    with pytest.raises(ParameterTypeError, match="there is no quarter 5; a fiscal year has 1, 2, 3 and 4"):
        publish_summaries(home=str(home), quarter=5)


def test_a_folder_that_is_away_is_looked_for_again(home, tmp_path, monkeypatch):
    monkeypatch.setattr(receive, "retry_delay_seconds", [0.0, 0.0])
    looks = []
    look = road.receive

    def receive_later(*arguments, **named):
        looks.append(arguments)
        if len(looks) == 2:
            (tmp_path / "share").mkdir()
            shutil.copy(EXAMPLES / "jashore_q1.xlsx", tmp_path / "share")
        return look(*arguments, **named)

    monkeypatch.setattr(road, "receive", receive_later)
    walk = ingest_reports(home=str(home), paths=[str(tmp_path / "share")])
    assert len(looks) == 2
    assert [report.office_id for report in walk.fates] == ["jashore"]
    assert not walk.received.unavailable


def test_what_the_operator_can_mend_is_not_tried_again(home, monkeypatch):
    looks = []

    def fail(*_arguments, **_named):
        looks.append(1)
        raise WrongSetting("no mailbox is configured")

    monkeypatch.setattr(road, "receive", fail)
    with pytest.raises(WrongSetting):
        ingest_reports(home=str(home))
    assert looks == [1]
