"""The draft of a scan: what stands in it, and how it leads back."""

import openpyxl
import pytest
from PIL import Image

from extractors.grid import Cell, Row
from extractors.reader import read
from extractors.scan import RecognisedPage
from transforms.draft import is_untouched, scan_behind, write_draft

SCAN = "3f" * 32


def page(number, *rows, doubtful=()):
    cells = [Row(place, tuple(row)) for place, row in enumerate(rows, 1)]
    return RecognisedPage(number, Image.new("L", (400, 600), 255), tuple(cells), frozenset(doubtful))


def cell(place, column, text, row_span=1, column_span=1):
    return Cell(place, column, text, row_span, column_span)


PAGES = [
    page(
        1,
        [cell("page 1 line 1", 1, "বিভাগীয় সরকারি গণগ্রন্থাগার, খুলনা")],
        [
            cell("page 1 r1 c1", 1, "০১", row_span=2),
            cell("page 1 r1 c2", 2, "=1+1"),
            cell("page 1 r1 c3", 3, "?"),
        ],
        [cell("page 1 r2 c2", 2, "১৬/০৩/২৫"), cell("page 1 r2 c3", 3, "")],
        doubtful=["page 1 r1 c3"],
    ),
    page(
        2,
        [cell("page 2 r1 c1", 1, "০২"), cell("page 2 r1 c2", 2, "৮৪.২১%"), cell("page 2 r1 c3", 3, "\x0c-")],
    ),
]


@pytest.fixture
def folder(tmp_path):
    write_draft(iter(PAGES), "স্ক্যান.pdf", SCAN, tmp_path / SCAN)
    return tmp_path / SCAN


@pytest.fixture
def sheets(folder):
    return openpyxl.load_workbook(folder / "draft.xlsx").worksheets


def test_pages_follow_one_another_on_one_sheet(sheets):
    _, report = sheets
    assert [[value for value in row if value is not None] for row in report.iter_rows(values_only=True)] == [
        ["বিভাগীয় সরকারি গণগ্রন্থাগার, খুলনা"],
        ["০১", "=1+1", "?"],
        ["১৬/০৩/২৫"],
        ["০২", "৮৪.২১%", " -"],
    ]
    assert [str(area) for area in report.merged_cells.ranges] == ["A2:A3"]


def test_cells_are_texts_and_stay_texts_when_edited(sheets):
    _, report = sheets
    written = [cell for row in report.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in written} == {"s"}
    assert {cell.number_format for cell in written} == {"@"}
    assert report["B2"].quotePrefix


def test_doubtful_cells_are_coloured_and_no_others(sheets):
    _, report = sheets
    coloured = [
        cell.coordinate for row in report.iter_rows() for cell in row if cell.fill.fill_type == "solid"
    ]
    assert coloured == ["C2"]


def test_the_first_sheet_says_in_bengali_what_to_do(sheets):
    said = [row[0] for row in sheets[0].iter_rows(values_only=True)]
    assert "স্ক্যান.pdf" in said[0]
    assert any("page-1.png" in line for line in said)
    assert any("protibedon accept" in line for line in said)
    assert said[-1] == SCAN


def test_the_pictures_stand_beside_it(folder):
    assert sorted(path.name for path in folder.iterdir()) == [
        "draft.sha256",
        "draft.xlsx",
        "page-1.png",
        "page-2.png",
    ]
    assert Image.open(folder / "page-2.png").size == (200, 300)


def test_it_leads_back_to_its_scan_and_no_other_file_does(folder):
    assert scan_behind(read((folder / "draft.xlsx").read_bytes())) == SCAN
    assert scan_behind(read("ক্রম\tঅর্জন\n১\t৩f3f".encode())) == ""


def test_it_is_untouched_until_somebody_saves_it(folder):
    draft = folder / "draft.xlsx"
    assert is_untouched(draft.read_bytes(), folder)
    workbook = openpyxl.load_workbook(draft)
    workbook.worksheets[1]["C2"] = "১"
    workbook.save(draft)
    assert not is_untouched(draft.read_bytes(), folder)
    assert not is_untouched(b"", folder.parent / "elsewhere")


def test_a_draft_that_somebody_works_on_is_left_alone(folder):
    (folder / "draft.xlsx").write_bytes(b"half corrected")
    write_draft((pytest.fail("the pages were asked for") for _ in "1"), "স্ক্যান.pdf", SCAN, folder)
    assert (folder / "draft.xlsx").read_bytes() == b"half corrected"


def test_a_draft_that_cannot_be_finished_leaves_nothing(tmp_path):
    def breaking():
        yield PAGES[0]
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_draft(breaking(), "স্ক্যান.pdf", SCAN, tmp_path / SCAN)
    assert list(tmp_path.iterdir()) == []
    write_draft(iter(PAGES), "স্ক্যান.pdf", SCAN, tmp_path / SCAN)
    assert (tmp_path / SCAN / "draft.xlsx").exists()


def test_cells_that_cross_in_a_picture_taken_askew_lose_no_text(tmp_path):
    askew = page(
        1,
        [
            cell("page 1 r1 c1", 1, "এক", row_span=3, column_span=2),
            cell("page 1 r1 c3", 3, "তিন", row_span=9),
        ],
        [cell("page 1 r2 c2", 2, "ভেতরে", column_span=2), cell("page 1 r2 c2", 2, "একই জায়গায়")],
        [cell("page 1 r3 c1", 1, "নিচে", column_span=3)],
    )
    write_draft(iter([askew, PAGES[1]]), "ছবি.jpg", SCAN, tmp_path / SCAN)
    report = openpyxl.load_workbook(tmp_path / SCAN / "draft.xlsx").worksheets[1]
    written = [value for row in report.iter_rows(values_only=True) for value in row if value is not None]
    assert written == ["এক", "তিন", "ভেতরে\nএকই জায়গায়", "নিচে", "০২", "৮৪.২১%", " -"]
    ranges = [set(area.cells) for area in report.merged_cells.ranges]
    assert sum(map(len, ranges)) == len(set().union(*ranges))
