"""The flow that reads originals again, as Prefect runs it, in this process, against a temporary server."""

from datetime import date

import pytest
from prefect.client.orchestration import get_client

from flows.ingest_reports import ingest_reports
from flows.reprocess_quarter import reprocess_quarter
from tests.flows.conftest import EXAMPLES
from transforms.office_alias import record_alias

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_at_work")]


def artifact(key: str) -> str:
    with get_client(sync_client=True) as client:
        found = [artifact for artifact in client.read_artifacts() if artifact.key == key]
    return str(max(found, key=lambda artifact: artifact.created).data)


def test_the_flow_takes_in_what_an_alias_lets_in_and_tells_the_operator(home):
    report = EXAMPLES / "e-gov form Q2 (final).docx"
    assert ingest_reports(home=str(home), paths=[str(report)]).refused_something
    record_alias("জয়পুরঘাট", "joypurhat", home / "reference", date(2025, 1, 20))
    changes = reprocess_quarter(home=str(home), fiscal_year="2024-25", quarter=2, office="joypurhat")
    [submission] = changes.submissions
    assert submission.became == "accepted joypurhat 2024-25 Q2"
    assert len(changes.observations) == 10
    assert "rejected unknown_office" in artifact("submissions-changed")
    assert "joypurhat" in artifact("observations-changed")
