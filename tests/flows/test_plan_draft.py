"""`protibedon plan draft` as its users run it: from a held report to an accepted one."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.cli import main
from tests.conftest import REPOSITORY
from tests.flows.conftest import EXAMPLES
from tests.flows.test_reprocess import ask, protibedon
from tests.transforms.forms_of_years import a_year_later
from tests.transforms.integrity_papers import READ as INTEGRITY
from tests.transforms.integrity_papers import integrity_paper
from tests.transforms.papers import as_docx

FORM = EXAMPLES / "Khulna Q1 2024-25.docx"
WORKBOOK = EXAMPLES / "Khulna grievance Q1 2024-25.xlsx"


@pytest.mark.parametrize(("form", "plan_id"), [(FORM, "egov-2025-26"), (WORKBOOK, "grievance-2025-26")])
def test_a_plan_goes_to_the_screen_with_the_count_of_what_is_to_decide(home, form, plan_id):
    told = protibedon(home, "plan", "draft", form)
    text, said = told.rstrip("\n").rsplit("\n", 1)
    assert tomllib.loads(text)["plan_id"] == plan_id
    assert said == f"{plan_id}: {text.count('# DECIDE:')} lines to decide"
    assert not home.exists()


def test_annex_and_year_may_be_given(home, tmp_path):
    out = tmp_path / "draft.toml"
    protibedon(home, "plan", "draft", FORM, "--annex", "integrity", "--fiscal-year", "2027-28", "--out", out)
    plan = tomllib.loads(out.read_text(encoding="utf-8"))
    assert (plan["plan_id"], plan["weighted_marks"]) == ("integrity-2027-28", 10)


def test_a_draft_is_never_written_over_another(home, tmp_path):
    out = tmp_path / "egov-2025-26.toml"
    out.write_text("decided", encoding="utf-8")
    told = protibedon(home, "plan", "draft", FORM, "--out", out, exit_code=2)
    assert "is there already" in told
    assert out.read_text(encoding="utf-8") == "decided"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([EXAMPLES / "sirajganj Q2.docx"], "no plan can be drafted from sirajganj Q2.docx"),
        ([EXAMPLES / "নৈমিত্তিক ছুটির আবেদন.docx"], "no table"),
        ([EXAMPLES / "সিলেট বিভাগ সমন্বিত প্রতিবেদন ১ম ত্রৈমাসিক.docx"], "divisional matrix"),
        ([FORM, "--fiscal-year", "2025"], "2025-26, not 2025"),
        ([FORM, "--out", Path("/nowhere/at/all.toml")], "No such file"),
    ],
)
def test_what_cannot_be_drafted_is_told_in_a_sentence(home, arguments, said):
    told = protibedon(home, "plan", "draft", *arguments, exit_code=2)
    assert said in told
    assert "Traceback" not in told


def test_a_held_report_enters_by_the_plan_that_was_drafted_from_it(home, tmp_path):
    report = tmp_path / "natore 2025-26.txt"
    report.write_text(a_year_later(), encoding="utf-8")
    assert "unknown_plan" in protibedon(home, "ingest", report, exit_code=1)

    plans = home / "reference" / "plans"
    plans.mkdir(parents=True)
    protibedon(home, "plan", "draft", report, "--out", plans / "egov-2025-26.toml")
    protibedon(home, "reprocess", "--fiscal-year", "2025-26")
    asked = "SELECT DISTINCT plan_id, office_id, fiscal_year, quarter FROM observations"
    assert ask(home, asked) == [("egov-2025-26", "natore", "2025-26", 1)]


def test_a_sister_annex_with_two_rows_an_indicator_enters_by_its_decided_plan(home, tmp_path):
    report = tmp_path / "integrity Q2.docx"
    report.write_bytes(as_docx(integrity_paper()))
    assert "unknown_plan" in protibedon(home, "ingest", report, exit_code=1)

    plans = home / "reference" / "plans"
    plans.mkdir(parents=True)
    draft = plans / "integrity-2024-25.toml"
    protibedon(home, "plan", "draft", report, "--out", draft)
    undecided = draft.read_text(encoding="utf-8")
    decided = re.sub(" # DECIDE: .*", "", undecided).replace("indicator_1_1_1", "ethics_committee_meetings")
    draft.write_text(decided, encoding="utf-8")
    protibedon(home, "reprocess", "--fiscal-year", "2024-25")
    figures = "SELECT indicator_code, state, value FROM observations WHERE plan_id = 'integrity-2024-25'"
    assert {code: (state, value) for code, state, value in ask(home, figures)} == INTEGRITY
    keys = "SELECT indicator_key FROM indicators WHERE plan_id = 'integrity-2024-25' ORDER BY indicator_code"
    assert ask(home, keys)[0] == ("ethics_committee_meetings",)


def test_a_plan_file_that_cannot_be_meant_stops_the_run_with_its_name(home, tmp_path):
    plans = home / "reference" / "plans"
    plans.mkdir(parents=True)
    draft = plans / "egov-2025-26.toml"
    protibedon(home, "plan", "draft", FORM, "--out", draft)
    draft.write_text(
        draft.read_text(encoding="utf-8").replace("marks = 50", "marks = 49", 1), encoding="utf-8"
    )
    told = protibedon(home, "ingest", FORM, exit_code=2)
    assert "plans/egov-2025-26.toml: the weights add to 50, but marks are 49" in told
    assert "Traceback" not in told


def test_every_command_in_the_instructions_is_one_that_the_program_knows():
    page = (REPOSITORY / "docs" / "plans.md").read_text(encoding="utf-8")
    commands = re.findall(r"(?:^|`)protibedon ([^`\n]+)", page, re.MULTILINE)
    assert len(commands) > 4
    for command in commands:
        told = CliRunner().invoke(main, [*shlex.split(command.replace("form.docx", str(FORM))), "--help"])
        assert (command, told.exit_code) == (command, 0)
