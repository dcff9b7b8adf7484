"""`try`, `plan draft` and `accept` of whatever anybody names: at a desk, and told in one sentence."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.extractors.packages import docx_of, docx_parts
from tests.flows.commands import protibedon
from tests.flows.conftest import EXAMPLES
from tests.hostile import bombs, traps

GOOD = EXAMPLES / "jashore_q2.xlsx"
HOSTILE = {
    "bomb.docx": bombs.docx_declaring_too_much,
    "laughs.docx": bombs.docx_of_entities,
    "macros.docm": lambda: traps.with_macros(docx_parts("<w:p/>"), "word"),
    "climbs.docx": lambda: traps.with_part_named("../../climbs.txt"),
    "program.docx": lambda: b"MZ\x90\x00\x03" + bytes(range(256)) * 40,
    "empty.xlsx": lambda: b"",
    "cut.docx": lambda: docx_of("<w:p/>" * 500)[:300],
    "long.txt": lambda: "সূচক\tঅর্জন\n১\t".encode() + "৯".encode() * 2_000_000,
}


@pytest.fixture(params=HOSTILE)
def hostile(request, tmp_path) -> Path:
    path = tmp_path / request.param
    path.write_bytes(HOSTILE[request.param]())
    return path


def test_trying_a_hostile_file_ends_with_one_sentence(hostile):
    result = protibedon("try", hostile)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert f"«{hostile.name}»" in result.stdout
    assert result.stdout.split()[0] == "reject"


def test_no_plan_is_drafted_from_a_hostile_file(hostile):
    result = protibedon("plan", "draft", hostile)
    assert result.exit_code == 2
    assert "no plan can be drafted from" in result.output
    assert "Traceback" not in result.output


def test_a_hostile_file_is_no_draft(hostile, tmp_path):
    result = protibedon("accept", hostile, "--home", tmp_path / "home")
    assert result.exit_code == 2
    assert str(hostile) in result.output


@pytest.mark.parametrize("command", [["try"], ["plan", "draft"]])
def test_what_takes_too_long_is_broken_off(command, tmp_path, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_READ_SECONDS", "0.3")
    (tmp_path / "long.txt").write_text("ক\tখ\n" * 2_500_000, encoding="utf-8")
    result = protibedon(*command, tmp_path / "long.txt")
    assert result.exit_code == (1 if command == ["try"] else 2)
    assert "too_demanding" in result.output or "সময়" in result.output


def test_trying_an_archive_shows_each_file_in_it(tmp_path):
    inner, outer = tmp_path / "ভেতরে.zip", tmp_path / "সব.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.write(EXAMPLES / "natore_quarter_2.docx", "নাটোর.docx")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(GOOD, "যশোর.xlsx")
        archive.write(inner, "ভেতরে.zip")
        archive.writestr("bomb.docx", HOSTILE["bomb.docx"]())
    result = protibedon("try", outer)
    assert result.exit_code == 1
    assert "file সব.zip/যশোর.xlsx" in result.stdout
    assert "file সব.zip/ভেতরে.zip/নাটোর.docx" in result.stdout
    assert "office_form: jashore, 2024-25 Q2" in result.stdout
    assert "office_form: natore, 2024-25 Q2" in result.stdout
    assert "unsafe_content: নিরাপত্তার কারণে «সব.zip/bomb.docx»" in result.stdout


def test_what_is_no_file_cannot_be_tried():
    result = protibedon("try", "/dev/zero")
    assert (result.exit_code, result.output) == (2, "Error: /dev/zero: not a file\n")


def test_trying_brings_no_library_of_tables_into_the_command_itself(tmp_path):
    shutil.copy(GOOD, tmp_path)
    script = (
        "import sys; from click.testing import CliRunner; from flows.cli import main;"
        f"CliRunner().invoke(main, ['try', {str(tmp_path / GOOD.name)!r}]);"
        "print([name for name in ('pandas', 'numpy', 'duckdb', 'pdfplumber') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
