"""The command as its users run it: on real files, in a real home."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractors.inbox import Inbox
from extractors.originals import Originals
from extractors.submission import submission_id_of
from flows.home import Home
from tests.flows.commands import ask, protibedon
from tests.flows.conftest import EXAMPLES

REJECTED = {
    "e-gov form Q2 (final).docx": "unknown_office",
    "sirajganj Q2.docx": "unreadable_file",
    "নৈমিত্তিক ছুটির আবেদন.docx": "unknown_form",
}
GOOD = EXAMPLES / "Khulna Q1 2024-25.docx"
BOOK = EXAMPLES / "jashore_q1.xlsx"


@pytest.fixture(scope="module")
def full_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("full") / "home"
    assert protibedon("ingest", EXAMPLES, "--home", home).exit_code == 1
    return home


def test_every_command_explains_itself_on_one_screen():
    for command in ("accept", "ingest", "reprocess", "summarise", "status", "try", "run"):
        result = protibedon(command, "--help")
        assert result.exit_code == 0
        assert len(result.output.splitlines()) <= 24
        assert "--home DIR" in result.output


def test_ingest_gives_each_file_one_line_and_the_totals(tmp_path):
    result = protibedon("ingest", EXAMPLES, "--home", tmp_path)
    lines = result.stdout.splitlines()
    files = {path.name for path in EXAMPLES.iterdir()}
    copies = {"Copy of Rajshahi_Q2.xlsx", "Rajshahi_Q2.xlsx"}
    for name in files - copies:
        assert sum(f" {name}: " in line for line in lines) == 1
    assert sum(f" {name}: " in line for line in lines for name in ["Copy of Rajshahi_Q2.xlsx"]) == 1
    assert f"{len(files) - 1} received" in result.stdout
    assert "3 rejected" in result.stdout


def test_what_is_rejected_is_kept_with_its_code_and_does_not_stop_the_others(full_home):
    of_rejected = "SELECT file_name, rejection_code FROM submissions WHERE status = 'rejected'"
    rejected = dict(ask(full_home, of_rejected))
    assert rejected == REJECTED
    for name, code in REJECTED.items():
        submission_id = submission_id_of((EXAMPLES / name).read_bytes())
        kept = full_home / "originals" / submission_id[:2] / submission_id
        assert kept.read_bytes() == (EXAMPLES / name).read_bytes()
        [(message_bn, message_en)] = ask(
            full_home,
            f"""SELECT message_bn, message_en FROM findings
                WHERE submission_id = '{submission_id}' AND code = '{code}'""",
        )
        assert message_bn
        assert message_en
    assert ask(full_home, "SELECT count(*) > 100 FROM observations") == [(True,)]


def test_every_observation_leads_back_to_a_submission_and_a_cell(full_home):
    assert ask(
        full_home,
        """SELECT count(*) FROM observations o LEFT JOIN submissions s USING (submission_id)
           WHERE s.submission_id IS NULL OR o.cell IS NULL OR o.cell = ''""",
    ) == [(0,)]


def test_a_second_ingest_takes_nothing_twice(tmp_path):
    protibedon("ingest", EXAMPLES, "--home", tmp_path)
    tables = "SELECT count(*) FROM submissions UNION ALL SELECT count(*) FROM observations"
    before = ask(tmp_path, tables)
    again = protibedon("ingest", EXAMPLES, "--home", tmp_path)
    assert again.exit_code == 0
    assert "0 received" in again.stdout
    assert ask(tmp_path, tables) == before


def test_the_inbox_is_taken_where_no_path_is_named(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(GOOD, inbox)
    result = protibedon("ingest", "--home", tmp_path)
    assert result.exit_code == 0
    assert "1 received · 1 accepted" in result.stdout


def test_an_empty_inbox_is_no_failure(tmp_path):
    result = protibedon("ingest", "--home", tmp_path)
    assert result.exit_code == 0
    assert "0 received" in result.stdout


def test_a_path_that_is_not_there_could_not_run(tmp_path):
    assert protibedon("ingest", tmp_path / "nowhere", "--home", tmp_path).exit_code == 2


def test_a_warehouse_in_use_could_not_run_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.connection.PATIENCE", 0.3)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from warehouse.connection import open_writer;"
            "connection = open_writer(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()",
            str(tmp_path / "warehouse.duckdb"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        result = protibedon("ingest", GOOD, "--home", tmp_path)
    finally:
        holder.communicate("")
    assert result.exit_code == 2
    assert "in use by another run" in result.output
    assert not list((tmp_path / "originals").iterdir())


def test_what_a_killed_run_kept_is_read_by_the_next_one(tmp_path):
    content = GOOD.read_bytes()
    [path] = Inbox([GOOD]).listing().files
    originals = Originals(Home.at(tmp_path).originals)
    originals.keep(*Inbox([GOOD]).take(path))
    result = protibedon("ingest", "--home", tmp_path)
    assert "1 received · 1 accepted" in result.stdout
    assert originals.read(submission_id_of(content)) == content


def test_status_counts_what_came_and_names_what_is_missing(full_home):
    result = protibedon("status", "--home", full_home, "--fiscal-year", "2024-25", "--quarter", 2)
    assert result.exit_code == 0
    khulna = next(line for line in result.stdout.splitlines() if "khulna" in line and "│" in line)
    assert [part.strip() for part in khulna.split("│")[2:4]] == ["10", "7"]
    assert "missing in khulna: চুয়াডাঙ্গা, মাগুরা, মেহেরপুর" in result.stdout


def test_status_of_a_quarter_without_reports_could_not_run(full_home):
    assert protibedon("status", "--home", full_home, "--fiscal-year", "2023-24").exit_code == 2


def test_commands_that_read_say_when_nothing_was_published(tmp_path):
    for command in ("status", "summarise"):
        result = protibedon(command, "--home", tmp_path)
        assert result.exit_code == 2
        assert "no warehouse" in result.output


def test_summarise_writes_the_matrices_of_the_division_asked_for(full_home):
    result = protibedon(
        "summarise", "--home", full_home, "--fiscal-year", "2024-25", "--quarter", 1, "--division", "sylhet"
    )
    assert result.exit_code == 0
    written = {
        Path(line).relative_to(full_home / "summaries" / "2024-25-q1") for line in result.stdout.splitlines()
    }
    assert {Path("sylhet-egov-2024-25-matrix.xlsx"), Path("index.html")} <= written
    assert not any(path.name.startswith(("khulna", "rajshahi")) for path in written)


def test_try_shows_form_observations_and_findings_and_keeps_nothing(tmp_path):
    result = protibedon("try", EXAMPLES / "Kushtia e-governance report Q2.docx", "--home", tmp_path / "home")
    assert result.exit_code == 0
    assert "office_form: kushtia, 2024-25 Q2: accepted_with_findings" in result.stdout
    assert "4.1.2" in result.stdout
    assert "table 1 r13 c12" in result.stdout
    assert not (tmp_path / "home").exists()


def test_try_of_a_file_that_would_be_rejected_exits_with_one(tmp_path):
    result = protibedon("try", EXAMPLES / "sirajganj Q2.docx")
    assert result.exit_code == 1
    assert "unreadable_file" in result.stdout


def test_small_commands_start_without_prefect():
    script = (
        "import sys; from click.testing import CliRunner; from flows.cli import main;"
        f"CliRunner().invoke(main, ['try', {str(GOOD)!r}]); print('prefect' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_taking_in_starts_without_what_writes_papers_and_drafts(tmp_path):
    script = (
        "import sys; from click.testing import CliRunner; from flows.cli import main;"
        f"done = CliRunner().invoke(main, ['ingest', {str(BOOK)!r}, '--home', {str(tmp_path)!r}]);"
        "assert done.exit_code == 0;"
        "print([name for name in ('openpyxl', 'docx', 'typst', 'jinja2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_garbage_is_looked_for_seldom_and_not_at_the_end():
    script = (
        "import atexit, gc; from click.testing import CliRunner; from flows.cli import main;"
        "atexit.register(lambda: print(gc.get_freeze_count() > 0, gc.get_threshold()[0]));"
        "CliRunner().invoke(main, ['status'])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "50000"]


def test_the_whole_command_runs_as_a_program(tmp_path):
    program = Path(sys.executable).with_name("protibedon")
    done = subprocess.run(
        [program, "ingest", GOOD],
        env={**os.environ, "PROTIBEDON_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "published" / "observations.parquet").is_file()
    record = next((tmp_path / "originals").rglob("*.json"))
    assert json.loads(record.read_text(encoding="utf-8"))


def test_a_folder_where_a_file_is_wanted_is_told_in_one_sentence(tmp_path):
    done = protibedon("accept", tmp_path, "--home", tmp_path / "home")
    assert (done.exit_code, done.output.splitlines()) == (
        2,
        [f"Error: [Errno 21] Is a directory: '{tmp_path}'"],
    )


def test_a_home_that_is_a_file_is_told_in_one_sentence(tmp_path):
    (tmp_path / "home").write_text("")
    for command in ("ingest", "status"):
        done = protibedon(command, "--home", tmp_path / "home")
        assert (done.exit_code, len(done.output.splitlines())) == (2, 1), done.output
        assert "not a directory" in done.output


def test_a_fault_of_ours_keeps_its_traceback_and_does_not_end_as_something_rejected(tmp_path):
    broken = "from flows import cli, road; road.receive = None; cli.main()"
    command = [sys.executable, "-c", broken, "ingest", "--home", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 2
    assert "TypeError: 'NoneType' object is not callable" in done.stderr
