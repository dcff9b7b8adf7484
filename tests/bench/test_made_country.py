"""The country that the bench makes: the road takes in every report of it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
PROGRAM = Path(sys.executable).with_name("protibedon")
OFFICES = 4
MAKE = "import sys; from pathlib import Path; from made_country import made_country;"


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_every_report_of_a_made_country_is_taken_in_with_its_figures(tmp_path, monkeypatch, suffix):
    made = f"{MAKE} print(made_country(Path(sys.argv[1]), {OFFICES}, {suffix!r}))"
    done = subprocess.run(
        [sys.executable, "-c", made, tmp_path], cwd=HERE, capture_output=True, text=True, check=True
    )
    country = Path(done.stdout.strip())
    assert json.loads((country / "made.json").read_text())["reports"] == OFFICES

    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(country / "reference"))
    run = subprocess.run(
        [PROGRAM, "ingest", country / "inbox", "--home", tmp_path / "home"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert f"{OFFICES} received" in run.stdout
    assert "rejected" not in run.stdout
