"""`protibedon read` over the vectors that stand beside the repository, as their users would run it."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.vectors import vectors_of

PROGRAM = Path(sys.executable).with_name("protibedon")
KIND_OF_CATEGORY = {"num": "number", "ord": "ordinal", "month": "month", "date": "date", "period": "period"}


def read(kind: str, *texts: str) -> list[dict]:
    done = subprocess.run([PROGRAM, "read", "--as", kind, *texts], capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.mark.parametrize("category", KIND_OF_CATEGORY)
def test_values_are_read_as_the_vectors_want(shared, category):
    cases = vectors_of(shared, category)
    answers = read(KIND_OF_CATEGORY[category], "--", *(case.written for case in cases))
    for case, answer in zip(cases, answers, strict=True):
        assert answer["raw"] == case.written
        if case.wanted == "NULL":
            assert (answer["value"], answer["flag"]) == (None, None), case
        elif case.wanted == "FLAG":
            assert answer["value"] is None, case
            assert answer["flag"], case
        elif category == "num":
            assert answer["value"] == pytest.approx(float(case.wanted.rstrip("%"))), case
        else:
            assert str(answer["value"]) == case.wanted, case


def test_texts_are_repaired_and_kept_as_the_vectors_want(shared):
    cases = vectors_of(shared, "text.", "keep.")
    answers = read("text", "--", *(case.written for case in cases))
    for case, answer in zip(cases, answers, strict=True):
        assert answer["value"] == case.wanted, case


def test_keys_tell_same_from_different_as_the_vectors_want(shared):
    for case in vectors_of(shared, "key"):
        one, other = read("key", "--", *case.written.split(" == "))
        assert (one["value"] == other["value"]) is (case.wanted == "SAME"), case


def test_ten_thousand_lines_of_stdin_come_back_line_by_line():
    lines = [
        f"{day}/{month}/{year}"
        for year in range(2000, 2031)
        for month in range(1, 13)
        for day in range(1, 28)
    ]
    lines = lines[:10_000]
    begun = time.perf_counter()
    done = subprocess.run(
        [PROGRAM, "read", "--as", "date"], input="\n".join(lines).encode(), capture_output=True, check=True
    )
    spent = time.perf_counter() - begun
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["raw"] for answer in answers] == lines
    assert all(answer["value"] for answer in answers)
    # A bound that only a hang breaks; the real figure is measured by `make bench`.
    assert spent < 60


def test_blank_lines_and_odd_blanks_stay_what_they_are():
    done = subprocess.run(
        [PROGRAM, "read", "--as", "text"],
        input="\n  \u00a0\nঢাকা\u2028জেলা\r\n".encode(),
        capture_output=True,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
    assert [answer["raw"] for answer in answers] == ["", "  \u00a0", "ঢাকা\u2028জেলা"]
    assert [answer["value"] for answer in answers] == [None, None, "ঢাকা জেলা"]


def test_bytes_that_are_no_text_do_not_stop_the_lines_behind_them():
    done = subprocess.run(
        [PROGRAM, "read", "--as", "number"], input=b"\xff\xfe\n7\n", capture_output=True, check=True
    )
    first, second = done.stdout.splitlines()
    assert b'"value": null' in first
    assert json.loads(second) == {"raw": "7", "value": 7, "flag": None}


def test_a_kind_that_is_none_could_not_run():
    done = subprocess.run([PROGRAM, "read", "--as", "colour", "x"], capture_output=True, check=False)
    assert done.returncode == 2


def test_a_reference_file_that_cannot_be_meant_is_told_in_one_sentence(tmp_path):
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "calendar.toml").write_text("[nothing")
    command = [PROGRAM, "read", "--as", "month", "--home", tmp_path, "জুলাই"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: calendar.toml: ")
    assert len(done.stderr.splitlines()) == 1
