"""Secrets: from the environment or a Prefect block, and in nothing that a run writes or says."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows.secret import block_of, secret
from flows.settings import WrongSetting, all_settings, settings_of
from tests.conftest import REPOSITORY
from tests.flows.conftest import EXAMPLES
from tests.flows.listeners import listener
from tests.flows.mail_servers import safe_mail_server
from tests.flows.smtp_process import PASSWORD

PROGRAM = Path(sys.executable).with_name("protibedon")
HOOK = "hook-9b7d2e"
REPORT, NO_REPORT = "natore_quarter_2.docx", "নৈমিত্তিক ছুটির আবেদন.docx"
IMPORTS = """
import sys
from flows.secret import secret
print(repr(secret("smtp_password")), "prefect" in sys.modules)
"""


@pytest.fixture
def inbox(home) -> Path:
    """A home with one report of an office that has an address, and one file that is no report."""
    (home / "inbox").mkdir(parents=True)
    for name in (REPORT, NO_REPORT):
        shutil.copy(EXAMPLES / name, home / "inbox")
    (home / "reference").mkdir()
    (home / "reference" / "correspondents.csv").write_text("address,office_id\nnatore@example.org,natore\n")
    (home / "protibedon.toml").write_text(
        'receipts_since = "2020-01-01"\nnotify_on = "rejection"\nnotify_mail = "operator@example.org"\n'
    )
    return home / "inbox"


def written_under(folder: Path) -> bytes:
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_secret_comes_from_the_environment(monkeypatch):
    assert secret("smtp_password") == ""
    monkeypatch.setenv("PROTIBEDON_SMTP_PASSWORD", " mailpass ")
    assert secret("smtp_password") == "mailpass"


def test_what_may_stand_in_files_is_no_secret():
    with pytest.raises(LookupError):
        secret("smtp_user")


@pytest.mark.parametrize("name", [name for name, setting in all_settings().items() if setting.secret])
def test_a_secret_in_the_home_s_own_file_is_refused_and_not_repeated(tmp_path, name):
    """The file goes with every copy of the home, a backup's too."""
    file = tmp_path / "protibedon.toml"
    file.write_text(f'{name} = "mailpass-77"', encoding="utf-8")
    with pytest.raises(WrongSetting, match="is a secret") as refused, settings_of(file):
        pass
    assert "mailpass-77" not in str(refused.value)


def test_every_secret_has_a_block_that_prefect_can_name():
    names = [name for name, setting in all_settings().items() if setting.secret]
    assert {"smtp_password", "notify_webhook"} <= {*names}
    assert all(block_of(name).replace("-", "").isalnum() and block_of(name).islower() for name in names)


@pytest.mark.parametrize("said", ["", "mailpass"])
def test_the_command_line_asks_no_prefect(said):
    environment = {
        **os.environ,
        "PROTIBEDON_SMTP_PASSWORD": said,
        "PREFECT_API_URL": "http://127.0.0.1:9/api",
    }
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{said!r} False\n"


def test_a_prefect_that_does_not_answer_is_a_warning(monkeypatch, caplog):
    import httpx
    from prefect.blocks.system import Secret
    from prefect.settings import PREFECT_API_URL, temporary_settings

    async def not_there(*_: object) -> None:
        raise httpx.ConnectError("refused")

    monkeypatch.setattr(Secret, "aload", not_there)
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:9/api"}):
        assert secret("smtp_password") == ""
    assert "protibedon-smtp-password (ConnectError)" in caplog.text


@pytest.mark.parametrize("password", [PASSWORD, "wrongpass-31c8"])
def test_a_run_writes_and_says_no_secret(home, inbox, tmp_path, password):
    with safe_mail_server(tmp_path / "server") as server, listener() as heard:
        environment = {
            **os.environ,
            **server.settings(),
            "PROTIBEDON_SMTP_PASSWORD": password,
            "PROTIBEDON_NOTIFY_WEBHOOK": heard.address(HOOK),
            "PROTIBEDON_SETTLE_SECONDS": "0",
        }
        heard.answer = 200 if password == PASSWORD else 500
        done = subprocess.run(
            [PROGRAM, "ingest", "--home", home], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1, done.stderr
        assert [notice["text"] for notice in heard.notices] == [
            "Protibedon · ingest: 1 of 2 reports were rejected: unknown_form 1."
        ]
        assert heard.paths == [f"/services/{HOOK}"]
        recipients = [taken.to for taken in server.taken()]
    was_let_in = password == PASSWORD
    assert recipients == [("natore@example.org",), ("operator@example.org",)] * was_let_in
    assert ("mail       1 sent" in done.stdout) == was_let_in
    assert ("refused us (535)" in done.stdout) != was_let_in
    told = done.stdout + done.stderr + written_under(home).decode("utf-8", "replace")
    assert "natore@example.org" in told
    assert password not in told
    assert HOOK not in told


@pytest.mark.server
@pytest.mark.usefixtures("prefect_at_work")
def test_under_prefect_a_block_may_hold_a_secret_and_nothing_repeats_it(
    home, inbox, tmp_path, monkeypatch, caplog, capfd
):
    from prefect.blocks.system import Secret
    from prefect.client.orchestration import get_client

    from flows.ingest_reports import ingest_reports

    assert secret("smtp_password") == ""  # nobody has made the block yet
    with safe_mail_server(tmp_path / "server") as server, listener() as heard:
        for name, value in server.settings().items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("PROTIBEDON_SMTP_PASSWORD")
        Secret(value=PASSWORD).save(block_of("smtp_password"), overwrite=True)
        Secret(value=heard.address(HOOK)).save(block_of("notify_webhook"), overwrite=True)
        try:
            assert secret("smtp_password") == PASSWORD
            ingest_reports(home=str(home))
            (home / "protibedon.toml").write_text("notify_on = 'rejection'\nsettle_seconds = -1\n")
            with pytest.raises(ValueError, match="PROTIBEDON_SETTLE_SECONDS"):
                ingest_reports(home=str(home))
        finally:
            for name in ("smtp_password", "notify_webhook"):
                Secret.delete(f"{block_of(name)}")
        assert [taken.to for taken in server.taken()] == [("natore@example.org",), ("operator@example.org",)]
        assert [(notice["run"], notice["event"]) for notice in heard.notices] == [
            ("ingest-reports", "rejection"),
            ("ingest-reports", "failure"),
        ]
        assert heard.notices[1]["text"].endswith(
            "A setting that is not known, or whose value cannot be used."
        )
    with get_client(sync_client=True) as client:
        artifacts = "".join(str(artifact.data) for artifact in client.read_artifacts())
    said = capfd.readouterr()
    told = said.out + said.err + caplog.text + artifacts + written_under(home).decode("utf-8", "replace")
    assert "natore" in told
    assert PASSWORD not in told
    assert HOOK not in told
