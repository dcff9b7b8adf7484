"""Scans of a real report: what is recognised, how far it is to be trusted, and what is refused."""

import re

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from extractors import picture as picture_module
from extractors import tesseract as tesseract_module
from extractors.picture import evenly_lit, pages_of_picture, straightened
from extractors.picture_table import ink_of, ruled_tables
from extractors.reader import read
from extractors.refusal import NeedsReview, UnreadableFile
from extractors.scan import UNREAD, recognised_pages
from tests.extractors.papers import A3, on_landscape, page_picture, printed, saved, scanned
from tests.extractors.test_seeds import SEEDS, expected_areas, lines_of, placed
from transforms.bengali_text import canonical
from transforms.refused_file import refused_file

FIGURE = re.compile(r"[০-৯./%-]+")


@pytest.fixture(scope="module")
def khulna(shared):
    return (shared / "seeds" / SEEDS[0]).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def paper(khulna, libreoffice, poppler, tmp_path_factory):
    """The office form on one page, as a PDF with text."""
    return printed(khulna, tmp_path_factory.mktemp("paper"), on_landscape(A3))


def spoilt(page):
    """A page as a bad scanner gives it: askew, in uneven light, with grain and specks."""
    grays = np.asarray(page.rotate(-1.7, Image.Resampling.BICUBIC, fillcolor=255), np.float64)
    height, width = grays.shape
    chance = np.random.default_rng(7)
    grays = grays * np.linspace(0.95, 0.7, width) + chance.normal(0, 10, grays.shape)
    grays[chance.random((height, width)) < 0.0003] = 0
    return Image.fromarray(np.clip(grays, 0, 255).astype(np.uint8))


def photographed(page):
    """A page on a desk, askew and not quite sharp, with rulings of less than a pixel."""
    smaller = page.resize((page.width * 4 // 5, page.height * 4 // 5), Image.Resampling.LANCZOS)
    askew = smaller.rotate(-1.4, Image.Resampling.BICUBIC, expand=True, fillcolor=195)
    return askew.filter(ImageFilter.GaussianBlur(0.6))


def bare(text):
    return "".join(canonical(text).split())


def table_of(page):
    rows = [row for row in page.rows if " r" in row.cells[0].place]
    return [(row, column, height, width) for row, column, _, height, width in placed(rows, rows[0].number)], [
        cell for row in rows for cell in row.cells if not cell.is_blank
    ]


# --- what is recognised ----------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["clean", "spoilt", "sideways"])
def recognised(request, paper, tesseract):
    spoil = {
        "clean": lambda page: page,
        "spoilt": spoilt,
        "sideways": lambda page: page.rotate(90, expand=True),
    }
    (page,) = recognised_pages(scanned(paper, 1, spoil[request.param]))
    return page


def test_every_cell_is_found_where_it_stands(recognised, khulna):
    places, _ = table_of(recognised)
    assert places == [
        (row, column, height, width) for row, column, _, height, width in expected_areas(khulna)
    ]


def test_three_figures_in_four_are_right_and_most_wrong_cells_are_marked(recognised, khulna):
    _, cells = table_of(recognised)
    pairs = [
        (cell, bare(area[2]), bare(cell.text))
        for cell, area in zip(cells, expected_areas(khulna), strict=True)
    ]
    figures = [(right, seen) for _, right, seen in pairs if FIGURE.fullmatch(right)]
    assert len(figures) > 70
    assert sum(right == seen for right, seen in figures) >= 0.75 * len(figures)
    wrong = [cell for cell, right, seen in pairs if right != seen]
    assert sum(cell.place in recognised.doubtful for cell in wrong) >= 0.5 * len(wrong)


def test_lines_above_the_table_keep_their_order(recognised, khulna):
    lines = recognised.rows[:6]
    assert [row.cells[0].place for row in lines] == [f"page 1 line {line}" for line in range(1, 7)]
    assert recognised.rows[6].cells[0].place == "page 1 r1 c1"
    alike = [
        bare(row.cells[0].text) == bare(line) for row, line in zip(lines, lines_of(khulna), strict=False)
    ]
    assert sum(alike) >= 4


def test_the_picture_is_turned_and_set_straight(recognised):
    assert recognised.picture.width > recognised.picture.height
    (boxes,) = ruled_tables(ink_of(recognised.picture))
    assert len(boxes) > 100


def test_what_is_written_and_not_recognised_is_marked_and_never_blank(tesseract):
    page = Image.new("L", (2000, 3000), 255)
    pen = ImageDraw.Draw(page)
    for across in (200, 900, 1600):
        pen.line([(across, 200), (across, 600)], fill=0, width=4)
    for down in (200, 600):
        pen.line([(200, down), (1600, down)], fill=0, width=4)
    pen.ellipse([(300, 300), (420, 420)], outline=0, width=30)
    pen.line([(1200, 400), (1230, 400)], fill=0, width=6)
    (recognised,) = recognised_pages(saved(page, "PNG"))
    (row,) = recognised.rows
    scribble, dash = row.cells
    assert dash.text == "-"
    assert dash.place not in recognised.doubtful
    assert scribble.text
    assert scribble.place in recognised.doubtful


def test_a_picture_of_nothing_gives_no_rows(tesseract):
    (recognised,) = recognised_pages(saved(Image.new("L", (1000, 1400), 255), "PNG"))
    assert recognised.rows == ()


def test_every_page_of_a_tiff_is_recognised(paper, tesseract):
    page = page_picture(paper, 1, dots_per_inch=100)
    content = saved(page, "TIFF", save_all=True, append_images=[page.rotate(180)])
    assert [page.number for page in recognised_pages(content)] == [1, 2]


# --- pictures of any sort --------------------------------------------------------------------------


def test_a_page_askew_is_set_straight_to_a_pixel(paper):
    page = page_picture(paper, 1)
    for degrees in (-3.3, 0.4, 2.1):
        askew = page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
        (boxes,) = ruled_tables(ink_of(straightened(askew)))
        assert len(boxes) == len(ruled_tables(ink_of(page))[0])


def test_hairlines_of_a_photograph_are_seen(paper):
    """They are less than a pixel wide, and gone from a page that specks are taken off."""
    page = page_picture(paper, 1)
    (boxes,) = ruled_tables(ink_of(straightened(evenly_lit(photographed(page)))))
    assert len(boxes) == len(ruled_tables(ink_of(page))[0])


def test_shadows_are_taken_off_the_paper():
    grays = np.tile(np.linspace(255, 120, 1200), (800, 1)).astype(np.uint8)
    grays[100:104, 100:1100] = grays[100:104, 100:1100] // 3
    clean = np.asarray(evenly_lit(Image.fromarray(grays)))
    assert clean[300:700, 100:1100].min() > 240
    assert clean[101:103, 200:1000].max() < 130


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_mode_become_grays_of_a_useful_size(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    (page,) = pages_of_picture(saved(Image.new(mode, (600, 900)), kind))
    assert page.mode == "L"
    assert page.size == (2000, 3000)


def test_what_is_transparent_is_paper():
    (page,) = pages_of_picture(saved(Image.new("RGBA", (100, 100), (0, 0, 0, 0)), "PNG"))
    assert np.asarray(page).min() == 255


# --- what is refused -------------------------------------------------------------------------------


def refusal_of(content, kind=UnreadableFile):
    with pytest.raises(kind) as refused:
        list(recognised_pages(content))
    return refused.value


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF", "BMP"])
def test_a_picture_cut_short_is_damaged(kind):
    noise = np.random.default_rng(1).integers(0, 255, (300, 300), np.uint8)
    content = saved(Image.fromarray(noise), kind)
    for share in (0.02, 0.5):
        assert refusal_of(content[: int(len(content) * share)]).reason_code == "damaged"


def test_pictures_beyond_all_measure_are_refused(monkeypatch):
    content = saved(Image.new("1", (20_000, 20_000)), "PNG")
    assert len(content) < 100_000
    assert refusal_of(content).reason_code == "too_large"
    monkeypatch.setattr(picture_module, "MOST_PIXELS", 100)
    assert refusal_of(saved(Image.new("L", (11, 11)), "PNG")).reason_code == "too_large"


def test_a_scan_of_very_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(picture_module, "MOST_PAGES", 1)
    page = Image.new("L", (60, 60), 255)
    many = saved(page, "TIFF", save_all=True, append_images=[page])
    assert refusal_of(many).reason_code == "too_large"


def test_without_tesseract_the_sentence_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = refusal_of(saved(Image.new("L", (60, 60), 255), "PNG"), NeedsReview)
    assert refused.reason_code == "needs_tesseract"
    told = refused_file("ছবি.png", refused)
    assert told.code == "needs_review"
    assert "tesseract-ocr-ben" in told.message_bn
    assert "tesseract-ocr-ben" in told.message_en


def test_tesseract_without_bengali_is_no_tesseract(monkeypatch, tmp_path):
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho 'List of available languages (1):'\necho eng\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = refusal_of(saved(Image.new("L", (60, 60), 255), "PNG"), NeedsReview)
    assert refused.reason_code == "needs_tesseract"


def test_a_recogniser_that_never_answers_is_not_waited_for(monkeypatch, tmp_path):
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tesseract_module, "MOST_SECONDS", 0.3)
    assert refusal_of(saved(Image.new("L", (60, 60), 255), "PNG")).reason_code == "too_large"


def test_the_sign_for_the_unread_is_no_value():
    from transforms.numerals import read_number

    assert read_number(UNREAD).value is None


def test_a_picture_gives_no_grid():
    with pytest.raises(NeedsReview):
        read(saved(Image.new("L", (60, 60), 255), "PNG"))
