from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.worksheet.datavalidation import DataValidation

from tests.warehouse.examples_taken import EXAMPLES
from warehouse.letter import Question
from warehouse.marked_workbook import write_marked_workbook

ASKED = Question("প্রতিবেদন!B2", "১০৩.৫%", "মানটি যাচাই করুন।")


@pytest.fixture
def workbook():
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "প্রতিবেদন"
    sheet["B2"], sheet["A1"], sheet["A1"].number_format = "১০৩.৫%", 0.8, "0%"
    return made


def bytes_of(workbook):
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def marked(workbook, folder, *questions):
    assert write_marked_workbook(bytes_of(workbook), questions or [ASKED], folder / "marked.xlsx")
    return load_workbook(folder / "marked.xlsx")["প্রতিবেদন"]


def test_question_stands_as_a_comment_on_its_cell_and_everything_else_as_it_was(workbook, tmp_path):
    sheet = marked(workbook, tmp_path)
    assert sheet["B2"].comment.text == "মানটি যাচাই করুন।"
    assert (sheet["B2"].value, sheet["A1"].value, sheet["A1"].number_format) == ("১০৩.৫%", 0.8, "0%")
    assert sheet["A1"].comment is None


def test_questions_about_one_cell_stand_together_below_what_was_remarked_there(workbook, tmp_path):
    workbook.worksheets[0]["B2"].comment = Comment("আগের মন্তব্য", "office")
    sheet = marked(workbook, tmp_path, ASKED, Question("প্রতিবেদন!B2", "", "তারিখ জানান।"))
    assert sheet["B2"].comment.text.splitlines() == ["আগের মন্তব্য", "মানটি যাচাই করুন।", "তারিখ জানান।"]


def test_a_question_about_several_cells_stands_beside_each(workbook, tmp_path):
    asked = Question("প্রতিবেদন!B2", "", "তারিখ জানান।", also=("প্রতিবেদন!A1", "table 1 r1 c1"))
    sheet = marked(workbook, tmp_path, asked)
    assert [sheet[cell].comment.text for cell in ("A1", "B2")] == ["তারিখ জানান।"] * 2


def test_nothing_that_reckons_comes_back(workbook, tmp_path):
    sheet = workbook.worksheets[0]
    sheet["C3"] = '=WEBSERVICE("http://example.org")'
    sheet["C4"] = "anyone"
    sheet["C4"].hyperlink = "http://example.org"
    rule = DataValidation(type="list", formula1='=INDIRECT("A1")')
    sheet.add_data_validation(rule)
    rule.add("C5")
    sheet.conditional_formatting.add("C6", FormulaRule(formula=["A1>0"]))
    sheet["C7"] = "=1+1"
    sheet["C7"].data_type = "s"  # a text that the office typed behind an apostrophe
    back = marked(workbook, tmp_path)
    kinds = {cell.data_type for row in back.iter_rows() for cell in row}
    with ZipFile(tmp_path / "marked.xlsx") as package:
        content = b"".join(map(package.read, package.namelist()))
    assert "f" not in kinds
    assert back["C3"].value is None
    assert back["C4"].hyperlink is None
    assert back["C7"].value == "=1+1"
    assert not back.data_validations.dataValidation
    assert not list(back.conditional_formatting)
    assert b"anyone" in content
    assert b"WEBSERVICE" not in content
    assert b"example.org" not in content


@pytest.mark.parametrize("cell", ["", "table 1 r2 c3", "line 7"])
def test_workbook_without_a_question_about_a_cell_is_not_returned(workbook, tmp_path, cell):
    path = tmp_path / "marked.xlsx"
    assert not write_marked_workbook(bytes_of(workbook), [Question(cell, "", "?")], path)
    assert not path.exists()


@pytest.mark.parametrize("cell", ["gone!B2", "প্রতিবেদন!ZZZZ9", "প্রতিবেদন!"])
def test_cell_that_the_workbook_does_not_have_leaves_it_to_the_letter(workbook, tmp_path, cell):
    path = tmp_path / "marked.xlsx"
    assert not write_marked_workbook(bytes_of(workbook), [Question(cell, "", "?")], path)
    assert not path.exists()


def test_other_kinds_of_files_are_not_returned(tmp_path):
    document = next(path for path in EXAMPLES.iterdir() if path.suffix == ".docx")
    path = tmp_path / "marked.xlsx"
    assert not write_marked_workbook(document.read_bytes(), [ASKED], path)
    assert not path.exists()
