"""The flows as Prefect runs them, in this process, against a temporary server."""

import pytest
from prefect.client.orchestration import get_client

from flows.ingest_reports import ingest_reports
from flows.publish_summaries import publish_summaries
from tests.flows.conftest import EXAMPLES

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_at_work")]


def artifact(key: str) -> str:
    with get_client(sync_client=True) as client:
        found = [artifact for artifact in client.read_artifacts() if artifact.key == key]
    return str(max(found, key=lambda artifact: artifact.created).data)


def test_both_flows_take_the_examples_through_and_tell_the_operator(home):
    walk = ingest_reports(home=str(home), paths=[str(EXAMPLES)])
    assert len(walk.reports) == len(list(EXAMPLES.iterdir())) - 1
    assert walk.refused_something
    assert (home / "published" / "warehouse.duckdb").is_file()
    assert "unknown_office" not in artifact("submissions")
    assert "rejected" in artifact("submissions")
    assert "যা জিজ্ঞাসা করতে হবে" in artifact("findings")
    assert "`unknown_phrase`" in artifact("findings")

    written = publish_summaries(home=str(home), fiscal_year="2024-25", quarter=2)
    matrices = {path.name.split("-")[0] for path in written if path.name.endswith("matrix.xlsx")}
    assert matrices == {"khulna", "rajshahi"}
    assert str(written[0]) in artifact("summaries")

    again = ingest_reports(home=str(home), paths=[str(EXAMPLES)])
    assert (again.reports, again.refused_something) == ((), False)


def test_what_an_office_wrote_has_no_power_in_the_operators_page(home, tmp_path):
    form = (EXAMPLES / "natore_quarter_1.txt").read_text(encoding="utf-8")
    line = next(line for line in form.splitlines() if "[২.১.১]" in line)
    fields = line.split("\t")
    hostile = "\t".join([*fields[:10], "<img src=x onerror=alert(1)> [click](http://x.example) `a`"])
    path = tmp_path / "hostile.txt"
    path.write_text(form.replace(line, hostile), encoding="utf-8")
    ingest_reports(home=str(home), paths=[str(path)])
    page = artifact("findings")
    assert "<img" not in page
    assert "[click]" not in page
