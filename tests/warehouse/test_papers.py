import logging

import pytest
from openpyxl import load_workbook

from tests.warehouse.examples_taken import take_examples
from warehouse import papers
from warehouse.connection import open_reader
from warehouse.matrix_pdf import NoBengaliFont
from warehouse.papers import write_letters, write_matrices, write_plan_papers


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    warehouse, originals = take_examples(tmp_path_factory.mktemp("papers"))
    with open_reader(warehouse) as connection:
        yield connection, originals


def names(paths):
    return [path.name for path in paths if path.stat().st_size]


def test_matrix_is_written_in_every_form(examples, tmp_path):
    written = names(write_matrices(examples[0], "2024-25", 2, "khulna", "egov-2024-25", tmp_path))
    assert written == [f"khulna-egov-2024-25-matrix.{form}" for form in ("xlsx", "docx", "pdf")]


def test_without_a_bengali_font_the_other_forms_are_written_and_the_log_says_why(
    examples, tmp_path, monkeypatch, caplog
):
    def no_font(*_):
        raise NoBengaliFont

    monkeypatch.setattr(papers, "write_matrix_pdf", no_font)
    with caplog.at_level(logging.WARNING):
        written = names(write_matrices(examples[0], "2024-25", 2, "khulna", "egov-2024-25", tmp_path))
        list(write_matrices(examples[0], "2024-25", 1, "khulna", "egov-2024-25", tmp_path))
    assert [name.rsplit(".")[-1] for name in written] == ["xlsx", "docx"]
    assert [record.message for record in caplog.records] == [str(NoBengaliFont())]


def test_directorate_and_reminders_are_written_for_each_plan(examples, tmp_path):
    written = names(write_plan_papers(examples[0], "2024-25", 2, "egov-2024-25", tmp_path))
    assert written == [
        "directorate-egov-2024-25.xlsx",
        "reminders-egov-2024-25.xlsx",
        "reminders-egov-2024-25.txt",
    ]


def test_letters_are_written_with_the_workbooks_that_offices_sent(examples, tmp_path):
    written = list(write_letters(*examples, "2024-25", 2, tmp_path))
    offices = {"bagerhat", "jhenaidah", "khulna", "kushtia", "narail", "natore", "pabna", "satkhira"}
    assert {path.stem for path in written if path.suffix == ".docx"} >= offices - {"khulna"}
    assert {path.stem for path in written if path.suffix == ".docx"} == {
        path.stem for path in written if path.suffix == ".txt"
    }
    (marked,) = [path for path in written if path.suffix == ".xlsx"]
    assert marked.name.startswith("satkhira-")
    sheet = load_workbook(marked).active
    assert "সঠিক সময়কাল নিশ্চিত করুন" in sheet["A7"].comment.text


def test_letters_of_an_earlier_run_go_and_what_a_person_put_there_stays(examples, tmp_path):
    for name in ("barishal.docx", "barishal.txt", "barishal-0123abcd.xlsx", "notes.docx", "barishal.pdf"):
        (tmp_path / name).write_text("earlier")
    list(write_letters(*examples, "2024-25", 2, tmp_path))
    left = {path.name for path in tmp_path.iterdir() if path.read_bytes() == b"earlier"}
    assert left == {"notes.docx", "barishal.pdf"}
