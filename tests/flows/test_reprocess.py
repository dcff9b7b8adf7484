"""`protibedon reprocess` as its users run it: reference data changes, and the originals are read again."""

import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest

from extractors.inbox import Inbox
from extractors.originals import Originals
from extractors.submission import submission_id_of
from tests.flows.commands import ask
from tests.flows.conftest import EXAMPLES
from transforms.described import described_tables

PROGRAM = Path(sys.executable).with_name("protibedon")
PACKAGED = files("transforms.reference")
FROM_NOWHERE = "e-gov form Q2 (final).docx"
REJECTED = {FROM_NOWHERE, "sirajganj Q2.docx", "নৈমিত্তিক ছুটির আবেদন.docx"}
WITH_NEW_WORDS = "Kushtia e-governance report Q2.docx"


def protibedon(home: Path, *arguments: object, exit_code: int = 0) -> str:
    """Run the program in a process of its own, as it is used: reference files are read once in a process."""
    environment = {name: value for name, value in os.environ.items() if name != "PROTIBEDON_REFERENCE"}
    done = subprocess.run(
        [PROGRAM, *(str(argument) for argument in arguments), "--home", home],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == exit_code, done.stdout + done.stderr
    return done.stdout + done.stderr


def write_reference(home: Path, name: str, text: str) -> None:
    path = home / "reference" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def exported(home: Path, folder: Path) -> dict[str, bytes]:
    """Every table of the writer's warehouse and of the published one, sorted, as the bytes of a CSV file."""
    folder.mkdir()
    found = {}
    for name in ("warehouse.duckdb", "published/warehouse.duckdb"):
        with duckdb.connect(str(home / name), read_only=True) as connection:
            for table in described_tables():
                if table.published or name == "warehouse.duckdb":
                    path = folder / f"{len(found)}.csv"
                    connection.execute(f"COPY (FROM {table.name} ORDER BY ALL) TO '{path}' (HEADER)")
                    found[f"{name}: {table.name}"] = path.read_bytes()
    return found


# --- what a change lets in --------------------------------------------------------------------------------


def test_a_report_of_an_unknown_office_enters_once_a_person_says_whose_it_is(home):
    protibedon(home, "ingest", EXAMPLES / FROM_NOWHERE, EXAMPLES / "natore_quarter_1.txt", exit_code=1)
    assert "nothing changed" in protibedon(home, "reprocess", exit_code=1)

    told = protibedon(home, "office", "alias", "জয়পুরঘাট", "joypurhat")
    assert "protibedon reprocess" in told
    told = protibedon(home, "reprocess", "--office", "joypurhat")
    assert "rejected unknown_office 2024-25 Q2" in told
    assert "accepted joypurhat 2024-25 Q2" in told
    assert "observations added: 10" in told
    assert told.splitlines()[-2].startswith("1 read again")  # the other report is none of its business
    assert ask(home, "SELECT count(*) FROM observations WHERE office_id = 'joypurhat'") == [(10,)]
    assert ask(home, "SELECT count(*) FROM findings WHERE code = 'unknown_office'") == [(0,)]


def test_a_report_of_a_year_without_a_plan_enters_once_the_plan_is_there(home, tmp_path):
    form = (EXAMPLES / "natore_quarter_1.txt").read_text(encoding="utf-8")
    for old, new in (("২০২৪-২০২৫", "২০২৬-২০২৭"), ("/২৫", "/২৭"), ("/২৪", "/২৬")):
        assert old in form
        form = form.replace(old, new)
    report = tmp_path / "natore 2026-27.txt"
    report.write_text(form, encoding="utf-8")
    assert "unknown_plan" in protibedon(home, "ingest", report, exit_code=1)

    plan = PACKAGED.joinpath("plans/egov-2024-25.toml").read_text(encoding="utf-8")
    for old, new in (("2024-25", "2026-27"), ("2025-", "2027-"), ("2024-", "2026-")):
        plan = plan.replace(old, new)
    write_reference(home, "plans/egov-2026-27.toml", plan)
    told = protibedon(home, "reprocess", "--fiscal-year", "2026-27")
    assert "rejected unknown_plan natore 2026-27 Q1" in told or "rejected unknown_plan 2026-27 Q1" in told
    asked = "SELECT DISTINCT plan_id, office_id, quarter FROM observations"
    assert ask(home, asked) == [("egov-2026-27", "natore", 1)]


def test_a_phrase_that_is_known_now_is_asked_about_no_more(home):
    protibedon(home, "ingest", EXAMPLES / WITH_NEW_WORDS)
    asked = "SELECT state FROM observations WHERE indicator_code = '8.1.1'"
    unknown = "SELECT count(*) FROM findings WHERE code = 'unknown_phrase'"
    assert (ask(home, asked), ask(home, unknown)) == ([("unreadable",)], [(1,)])

    phrases = PACKAGED.joinpath("phrases.toml").read_text(encoding="utf-8")
    begin = "[planned]\nphrases = [\n"
    assert begin in phrases
    known = f'{begin}    "সংশ্লিষ্ট শাখার সঙ্গে আলোচনা সাপেক্ষে বিবেচ্য",\n'
    write_reference(home, "phrases.toml", phrases.replace(begin, known))
    told = protibedon(home, "reprocess", "--quarter", 2, "--fiscal-year", "2024-25")
    assert "state unreadable" in told
    assert "state planned" in told
    assert (ask(home, asked), ask(home, unknown)) == ([("planned",)], [(0,)])


def test_a_correction_is_applied_and_seen_in_the_warehouse_and_taken_back(home):
    protibedon(home, "ingest", EXAMPLES / "jashore_q2.xlsx")
    asked = "SELECT value, achievement_raw FROM observations WHERE indicator_code = '4.1.2'"
    [(value, raw)] = ask(home, asked)
    assert value == 19.05
    write_reference(
        home,
        "corrections.toml",
        f"""
        [[correction]]
        office = "jashore"
        fiscal_year = "2024-25"
        quarter = 2
        indicator = "4.1.2"
        field = "achievement"
        expect = "{raw}"
        value = "৯১.০৫%"
        reason = "ফোনে নিশ্চিত, ০১৭১১-১২৩৪৫৬"
        who = "উপপরিচালক, খুলনা"
        when = 2025-01-20
        """,
    )
    told = protibedon(home, "reprocess", "--quarter", 2)
    assert "value 19.05" in told
    assert "value 91.05" in told
    assert ask(home, asked) == [(91.05, raw)]
    listed = "SELECT office_id, field, found_raw, corrected_to, applied, reason FROM corrections"
    assert ask(home, listed) == [("jashore", "achievement", raw, "৯১.০৫%", True, "ফোনে নিশ্চিত, [phone]")]
    assert ask(home, "SELECT severity FROM findings WHERE code = 'corrected'") == [("note",)]

    write_reference(home, "corrections.toml", "")
    protibedon(home, "reprocess")
    assert ask(home, asked) == [(19.05, raw)]
    assert ask(home, "SELECT count(*) FROM corrections") == [(0,)]


def test_a_correction_whose_text_no_longer_stands_is_told(home):
    write_reference(
        home,
        "corrections.toml",
        """
        [[correction]]
        office = "jashore"
        fiscal_year = "2024-25"
        quarter = 2
        indicator = "4.1.2"
        field = "achievement"
        expect = "৫%"
        value = "৫০%"
        reason = "ফোনে নিশ্চিত"
        who = "উপপরিচালক, খুলনা"
        when = 2025-01-20
        """,
    )
    protibedon(home, "ingest", EXAMPLES / "jashore_q2_corrected.xlsx")
    assert ask(home, "SELECT applied, expected_raw FROM corrections") == [(False, "৫%")]
    asked = "SELECT status FROM submissions JOIN findings USING (submission_id) WHERE code LIKE 'correction%'"
    assert ask(home, asked) == [("accepted_with_findings",)]


# --- the warehouse made anew ------------------------------------------------------------------------------


def test_a_home_rebuilt_from_its_originals_holds_the_same_as_the_loads_one_by_one(home, tmp_path):
    arrivals = sorted(EXAMPLES.iterdir(), reverse=True)
    for batch in (arrivals[::3], arrivals[1::3], arrivals[2::3]):
        rejects = any(path.name in REJECTED for path in batch)
        protibedon(home, "ingest", *batch, exit_code=int(rejects))
    rebuilt = tmp_path / "rebuilt"
    rebuilt.mkdir()
    shutil.copytree(home / "originals", rebuilt / "originals")
    told = protibedon(rebuilt, "reprocess", exit_code=1)
    assert "not loaded" in told
    assert "the first 60 of" in told
    before, after = exported(home, tmp_path / "before"), exported(rebuilt, tmp_path / "after")
    assert len(before) > 40
    assert {name for name in before if before[name] != after[name]} == set()
    assert before["warehouse.duckdb: observations"].count(b"\n") > 100


def test_what_was_kept_and_never_loaded_is_taken_in(home):
    protibedon(home, "ingest", EXAMPLES / "natore_quarter_1.txt")
    late = EXAMPLES / "natore_quarter_2.docx"
    Originals(home / "originals").keep(*Inbox([late]).take(late))
    told = protibedon(home, "reprocess", "--quarter", 1)
    assert "natore_quarter_2.docx" in told
    assert ask(home, "SELECT count(*) FROM submissions") == [(2,)]


# --- what cannot be done ----------------------------------------------------------------------------------


def test_nothing_to_read_again_could_not_run(home):
    assert "nothing that was received" in protibedon(home, "reprocess", exit_code=2)
    protibedon(home, "ingest", EXAMPLES / "natore_quarter_1.txt")
    assert "nothing that was received" in protibedon(home, "reprocess", "--quarter", 3, exit_code=2)
    assert "no office is registered" in protibedon(home, "reprocess", "--office", "nator", exit_code=2)
    assert "2024-25" in protibedon(home, "reprocess", "--fiscal-year", "2024-2025", exit_code=2)


def test_a_decision_that_cannot_be_meant_stops_the_run_and_no_report_is_blamed(home):
    write_reference(home, "corrections.toml", "[[correction]]\noffice = 'jashore'")
    told = protibedon(home, "ingest", EXAMPLES / "natore_quarter_1.txt", exit_code=2)
    assert "corrections.toml, correction 1: `" in told
    write_reference(home, "corrections.toml", "")
    assert "1 received · 1 accepted" in protibedon(home, "ingest")


def test_an_original_that_was_tampered_with_is_told(home):
    report = EXAMPLES / "natore_quarter_1.txt"
    protibedon(home, "ingest", report)
    submission_id = submission_id_of(report.read_bytes())
    kept = home / "originals" / submission_id[:2] / submission_id
    kept.write_bytes(kept.read_bytes() + b" ")
    assert "not those that were kept" in protibedon(home, "reprocess", exit_code=2)
    assert ask(home, "SELECT count(*) FROM observations") == [(10,)]


@pytest.mark.parametrize(
    ("alias", "office", "sentence"),
    [("নতুনপুর", "nowhere", "no office is registered"), ("খুলনা", "jashore", "already means another office")],
)
def test_an_alias_that_is_refused_could_not_run(home, alias, office, sentence):
    assert sentence in protibedon(home, "office", "alias", alias, office, exit_code=2)
    assert not (home / "reference").exists()


def test_an_alias_that_is_known_changes_nothing(home):
    assert "already" in protibedon(home, "office", "alias", "যশোর", "jashore")
    assert not (home / "reference").exists()


def test_a_reference_folder_named_outright_goes_before_that_of_the_home(home, tmp_path, monkeypatch):
    write_reference(home, "corrections.toml", "[[correction]]\n")
    named = tmp_path / "named"
    named.mkdir()
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(named))
    for arguments in (["ingest", EXAMPLES / "natore_quarter_1.txt"], ["office", "alias", "নতুনপুর", "jashore"]):
        subprocess.run([PROGRAM, *arguments, "--home", home], check=True, capture_output=True)
    assert "নতুনপুর" in (named / "office_aliases.csv").read_text(encoding="utf-8-sig")
