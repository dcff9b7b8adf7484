"""The letter to an office as a Word document, for the hand that signs it."""

from collections.abc import Iterator
from pathlib import Path

from docx.enum.text import WD_ALIGN_PARAGRAPH

from transforms.numerals import write_number
from transforms.reference import load_toml
from warehouse.letter import AskedReport, Letter, beginning, ending, report_line
from warehouse.matrix_fit import FONT
from warehouse.word_document import A4_PORTRAIT, TableCell, add_line, add_table, new_document, save

MARGIN = 64.0
LETTERS = 11.0
IN_TABLE = (30.0, 105.0, 132.0, 200.0)  # points: number, cell, what stands there, what is asked
HEADING_FILL = "E8EEF4"
_SPACED = frozenset(("to", "subject", "greeting", "opening"))


def write_letter_docx(letter: Letter, path: Path) -> None:
    """Write a letter as a docx on A4, over the file that stands there."""
    said = beginning(letter)
    document = new_document(said["subject"], page=A4_PORTRAIT, margin=MARGIN, font=FONT, size=LETTERS)
    for name, sentence in said.items():
        alignment = WD_ALIGN_PARAGRAPH.RIGHT if name == "date" else WD_ALIGN_PARAGRAPH.LEFT
        add_line(document, sentence, alignment=alignment, space_before=LETTERS if name in _SPACED else 0)
    for report in letter.reports:
        line = add_line(document, report_line(report), space_before=LETTERS)
        line.paragraph_format.keep_with_next = True
        add_table(document, IN_TABLE, _rows(report), heading_rows=1)
    for sentence in ending():
        add_line(document, sentence, space_before=LETTERS / 2)
    save(document, path)


def _rows(report: AskedReport) -> Iterator[list[TableCell]]:
    words = load_toml("letter.toml")["table"]
    yield [TableCell(words[name], fill=HEADING_FILL) for name in ("serial", "cell", "stands", "asked")]
    for serial, question in enumerate(report.questions, 1):
        texts = write_number(serial), question.place, question.stands, question.asked
        yield [TableCell(text, from_the_left=column > 0) for column, text in enumerate(texts)]
