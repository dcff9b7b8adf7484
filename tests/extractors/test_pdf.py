"""PDF files that LibreOffice prints from both real reports, and what is wrong with others."""

import re
import zlib
from functools import cache

import pytest
from PIL import Image

from extractors import poppler as poppler_module
from extractors.reader import read
from extractors.refusal import NeedsReview, Refusal, UnreadableFile, UnsafeContent
from tests.extractors.papers import (
    A3,
    A4,
    LEGAL,
    centred,
    on_landscape,
    page_picture,
    picture_under,
    printed,
    rewritten,
    saved,
    scanned,
    turned,
    with_repeated_header,
    with_turned_headings,
)
from tests.extractors.test_seeds import SEEDS, expected_areas, lines_of, parted, placed
from tests.hostile.bombs import pdf_of
from transforms.bengali_text import canonical
from transforms.legacy_font import to_unicode_grid
from transforms.refused_file import refused_file
from transforms.report_file import read_reports

KHULNA, CHATTOGRAM = SEEDS
LAYOUTS = {
    # On the default portrait letter, columns are narrower than words: words break, and rows over pages.
    "as it comes": {KHULNA: [], CHATTOGRAM: []},
    "landscape": {KHULNA: [on_landscape(A4)], CHATTOGRAM: [on_landscape(A3)]},
    "turned headings": {
        KHULNA: [on_landscape(A3), with_turned_headings],
        CHATTOGRAM: [on_landscape(A3), with_turned_headings],
    },
    "repeated header": {
        KHULNA: [on_landscape(A4), with_repeated_header, centred],
        CHATTOGRAM: [on_landscape(LEGAL), with_repeated_header, centred],
    },
    # What does not show of a heading on its second page lies, unseen, right over the figures below it.
    "repeated header over figures": {
        KHULNA: [on_landscape(A4), with_repeated_header],
        CHATTOGRAM: [on_landscape(LEGAL), with_repeated_header],
    },
}
WHOLE = [layout for layout in LAYOUTS if not layout.startswith("repeated header")]

pytestmark = pytest.mark.usefixtures("libreoffice", "poppler")


@pytest.fixture(scope="module")
def paper(shared, tmp_path_factory):
    """Prints a seed in one of the layouts, once for all tests."""

    @cache
    def print_it(name, layout):
        return printed(seed_text(shared, name), tmp_path_factory.mktemp("paper"), *LAYOUTS[layout][name])

    return print_it


@pytest.fixture(scope="module")
def grid(paper):
    """What is read of a seed in one of the layouts, once for all tests."""
    return cache(lambda name, layout: read(paper(name, layout)))


def seed_text(shared, name):
    return (shared / "seeds" / name).read_text(encoding="utf-8")


def bare(text):
    """A text without its blanks: where a narrow column has broken a line, nobody can tell all of them."""
    return "".join(canonical(text).split())


def bare_areas(areas):
    return [(row, column, bare(text), height, width) for row, column, text, height, width in areas]


def rows_of(content):
    return read(content).sheets[0].rows


def cell_holding(rows, words):
    (cell,) = [cell for row in rows for cell in row.cells if words in cell.text]
    return cell


def refusal_of(content):
    with pytest.raises(Refusal) as refused:
        read(content)
    return refused.value


# --- what is read ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SEEDS)
@pytest.mark.parametrize("layout", WHOLE)
def test_every_cell_of_a_seed_comes_back_where_it_stood(name, layout, grid, shared):
    headings, table = parted(grid(name, layout))
    text = seed_text(shared, name)
    assert [bare(line) for line in headings] == [bare(line) for line in lines_of(text)]
    assert bare_areas(placed(table, table[0].number)) == bare_areas(expected_areas(text))


@pytest.mark.parametrize("name", SEEDS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_printed_seed_reports_what_the_seed_reports(name, layout, grid, shared):
    told = {"cell", "achievement_raw", "remark_raw", "achievement_text", "remark_text", "target_raw"}
    reports = [
        report
        for read_as in (read(seed_text(shared, name).encode()), grid(name, layout))
        for report in read_reports("0" * 64, name, read_as)
    ]
    seen = [
        [
            {field: value for field, value in one._asdict().items() if field not in told}
            for one in (*report.observations, *report.target_bands)
        ]
        for report in reports
    ]
    assert len(seen[0]) > 50
    assert seen[0] == seen[1]
    findings = [
        {(found.code, found.indicator_code, bare(found.raw_text)) for found in report.findings}
        for report in reports
    ]
    assert findings[0] == findings[1]


def test_a_header_on_every_page_stands_as_often_as_it_is_printed(grid):
    rows = grid(KHULNA, "repeated header").sheets[0].rows
    serials = [cell.place for row in rows for cell in row.cells if cell.text == "ক্রম"]
    assert serials == [f"page {page} r1 c1" for page in range(1, len(serials) + 1)]
    page_numbers = [
        row.cells[0].text for row in rows if len(row.cells) == 1 and row.cells[0].text.isdecimal()
    ]
    assert page_numbers == [str(page) for page in range(1, len(serials) + 1)]
    assert len(page_numbers) > 1


def test_a_row_cut_by_a_page_break_is_one_row(grid):
    rows = grid(KHULNA, "as it comes").sheets[0].rows
    cut = cell_holding(rows, "৮.১.১")
    assert cut.place == "page 5 r3 c3"
    assert bare(cut.text).endswith("কর্মশালাআয়োজিত")
    assert not [cell for row in rows for cell in row.cells if cell.place.startswith("page 6 r")]


def test_a_new_row_under_a_serial_merged_over_a_page_break_stays_a_row(grid):
    rows = grid(KHULNA, "as it comes").sheets[0].rows
    places = [cell_holding(rows, code).place for code in ("৪.১.১", "৪.১.২")]
    assert places == ["page 3 r3 c3", "page 4 r2 c3"]
    (serial,) = [cell for row in rows for cell in row.cells if cell.text == "০৪"]
    assert (serial.place, serial.row_span) == ("page 3 r3 c1", 2)


def test_lines_outside_the_table_keep_their_order_around_it(grid):
    rows = grid(CHATTOGRAM, "landscape").sheets[0].rows
    places = [row.cells[0].place for row in rows]
    assert places[:2] == ["page 1 line 1", "page 1 r1 c1"]
    assert places[-4:] == [f"page 2 line {line}" for line in range(1, 5)]
    assert sum(" line " in place for place in places) == 5


def test_cells_know_their_fonts(grid):
    cell = cell_holding(grid(KHULNA, "landscape").sheets[0].rows, "১৬.০৩.২০২৫")
    assert "".join(run.text for run in cell.runs) == cell.text
    assert all("+" in run.font for run in cell.runs)


def test_legacy_text_is_known_by_its_font():
    text = b"BT /F1 12 Tf 100 400 Td (Lyjbv, wefvM) Tj ET"
    grid = read(picture_under(Image.new("L", (9, 9)), text, share=0.1, font=b"ABCDEF+SutonnyMJ"))
    assert grid.sheets[0].rows[0].cells[0].runs[0].font == "ABCDEF+SutonnyMJ"
    unicode_grid, _ = to_unicode_grid(grid)
    assert unicode_grid.sheets[0].rows[0].cells[0].text == "খুলনা, বিভাগ"


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_is_stored_sideways_is_read_as_it_is_shown(degrees, paper, grid):
    assert read(turned(paper(KHULNA, "landscape"), degrees)) == grid(KHULNA, "landscape")


def test_a_page_may_begin_anywhere(paper):
    content = paper(KHULNA, "landscape")
    shift = b"1 0 0 1 -100 -50 cm"
    moved = rewritten(
        content,
        lambda body: re.sub(
            rb"/Contents (\d+) 0 R",
            rb"/Contents [9001 0 R \1 0 R]",
            re.sub(
                rb"/MediaBox\[0 0 ([0-9.]+) ([0-9.]+)\]",
                lambda box: b"/MediaBox[-100 -50 %.9f %.9f]" % (float(box[1]) - 100, float(box[2]) - 50),
                body,
            ),
        ),
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(shift), shift),
    )
    assert moved != content
    assert [cell.text for row in rows_of(moved) for cell in row.cells] == [
        cell.text for row in rows_of(content) for cell in row.cells
    ]


@pytest.mark.parametrize("painted", [b"(7 5) Tj", b"[(7) -500 (5)] TJ"])
def test_figures_that_stand_apart_are_not_made_one(painted):
    text = b"BT /F1 12 Tf 100 400 Td %s ET BT /F1 12 Tf 100 200 Td (75.5 %%) Tj ET" % painted
    rows = rows_of(picture_under(Image.new("L", (9, 9)), text, share=0.1))
    assert [row.cells[0].text for row in rows] == ["7 5", "75.5 %"]


@pytest.mark.parametrize(
    ("painted", "text"),
    [
        (b"BT /F1 12 Tf 100 400 Td (1) Tj /F1 7 Tf 4 Ts (2) Tj ET", "1²"),
        (b"BT /F1 12 Tf 100 400 Td (72.3%) Tj /F1 7 Tf 4 Ts (1) Tj ET", "72.3%¹"),
        (b"BT /F1 12 Tf 100 400 Td (1) Tj /F1 11 Tf (2) Tj ET", "12"),
        (b"BT /F1 12 Tf 100 400 Td (71) Tj ET 100 403 m 106 403 l S", "7\u03361"),
        (b"BT /F1 12 Tf 100 400 Td (71) Tj ET 100 402.5 6 1 re f", "7\u03361"),
        (b"BT /F1 12 Tf 100 400 Td (71) Tj ET 100 398 m 114 398 l S", "71"),  # underlined
        (b"BT /F1 12 Tf 100 400 Td (71) Tj ET 90 412 m 130 412 l S", "71"),  # ruled
    ],
)
def test_only_what_stands_on_the_line_of_a_figure_joins_it(painted, text):
    with_a_blank = b"BT /F1 12 Tf 100 500 Td (a b) Tj ET "
    rows = rows_of(picture_under(Image.new("L", (9, 9)), with_a_blank + painted, share=0.1))
    assert [row.cells[0].text for row in rows] == ["a b", text]


def test_an_empty_page_holds_nothing():
    assert read(one_page(b"")).sheets[0].rows == ()


# --- what is refused -------------------------------------------------------------------------------


def one_page(stream, extra=b""):
    """A PDF of one page that paints a stream, given with its dictionary or as plain operators."""
    content = (
        stream if stream.startswith(b"<<") else b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream)
    )
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R>>"
    pages = b"<</Type /Pages /Count 1 /Kids [3 0 R]>>"
    return pdf_of([b"<</Type /Catalog /Pages 2 0 R%s>>" % extra, pages, page, content])


def packed(content, times=1):
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = b"/FlateDecode " * times
    return b"<</Length %d /Filter [%s]>>stream\n%s\nendstream" % (len(content), filters, content)


def test_a_locked_file_asks_for_an_open_copy(shared, tmp_path):
    from extractors import libreoffice

    export = (
        'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
        '"DocumentOpenPassword":{"type":"string","value":"গোপন"}}'
    )
    command = libreoffice._command
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            libreoffice,
            "_command",
            lambda program, folder, suffix, target: [
                export if part == "pdf" else part for part in command(program, folder, suffix, target)
            ],
        )
        content = printed(seed_text(shared, KHULNA), tmp_path)
    refused = refusal_of(content)
    assert (type(refused), refused.reason_code) == (UnreadableFile, "password_protected")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_damaged(share, paper):
    content = paper(KHULNA, "landscape")
    assert refusal_of(content[: int(len(content) * share)]).reason_code == "damaged"


def test_a_page_with_a_damaged_stream_is_not_read_in_part(paper):
    content = paper(KHULNA, "landscape")
    stream = re.search(rb"/FlateDecode>>\s*stream\r?\n", content).end()
    for place in (stream + 40, stream + 400):
        damaged = bytearray(content)
        damaged[place] ^= 0x55
        assert refusal_of(bytes(damaged)).reason_code == "damaged"


def test_bombs_are_refused_before_they_go_off():
    lines = b"0 0 m 9 9 l S\n" * (1024**2 * 4)
    for content in (one_page(packed(lines)), one_page(packed(lines, times=2))):
        assert len(content) < 1024**2
        refused = refusal_of(content)
        assert (type(refused), refused.reason_code) == (UnsafeContent, "zip_bomb")


def test_scripts_are_unsafe():
    names = b" /Names <</JavaScript <</Names [(a) <</S /JavaScript /JS (app.alert\\(1\\))>>]>>>>"
    refused = refusal_of(one_page(b"", names))
    assert (type(refused), refused.reason_code) == (UnsafeContent, "macros")


def test_pages_beyond_all_measure_are_refused(monkeypatch):
    monkeypatch.setattr(poppler_module, "LARGEST_SIDE_POINTS", 800)
    assert refusal_of(one_page(b"")).reason_code == "too_large"
    monkeypatch.setattr(poppler_module, "LARGEST_SIDE_POINTS", 900)
    monkeypatch.setattr(poppler_module, "MOST_PAGES", 0)
    assert refusal_of(one_page(b"")).reason_code == "too_large"


def test_a_program_that_never_answers_is_not_waited_for(monkeypatch, tmp_path):
    program = tmp_path / "pdfinfo"
    program.write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(poppler_module, "MOST_SECONDS", 0.3)
    refused = refusal_of(one_page(b""))
    assert refused.reason_code == "too_large"
    assert "pdfinfo took more than" in refused.detail


def test_without_poppler_the_sentence_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    refused = refusal_of(one_page(b""))
    assert refused.reason_code == "needs_poppler"
    told = refused_file("প্রতিবেদন.pdf", refused)
    assert told.code == "unreadable_file"
    assert "poppler-utils" in told.message_bn
    assert "poppler-utils" in told.message_en


# --- what waits for a person -----------------------------------------------------------------------


def test_a_scan_needs_review(paper):
    refused = refusal_of(scanned(paper(KHULNA, "landscape"), 1))
    assert (type(refused), refused.reason_code) == (NeedsReview, "scanned")
    assert refused_file("স্ক্যান.pdf", refused).code == "needs_review"


def test_words_that_some_program_laid_under_a_scan_are_not_believed(paper):
    page = page_picture(paper(KHULNA, "landscape"), 1, dots_per_inch=100)
    content = picture_under(page, b"BT 3 Tr /F1 12 Tf 100 400 Td (1 2 3) Tj ET")
    assert [word.text for word in poppler_module.words_of_pages(content)[0]] == ["1", "2", "3"]
    assert type(refusal_of(content)) is NeedsReview


def test_an_emblem_beside_a_text_is_no_scan(paper):
    content = picture_under(Image.new("L", (60, 60)), b"BT /F1 12 Tf 100 400 Td (1 2 3) Tj ET", share=0.2)
    assert [cell.text for row in rows_of(content) for cell in row.cells] == ["1 2 3"]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF", "BMP"])
def test_a_picture_needs_review(kind):
    assert type(refusal_of(saved(Image.new("L", (300, 200), 255), kind))) is NeedsReview
