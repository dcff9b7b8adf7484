"""Which text of a grid is legacy: by its fonts, else by the words of the whole file. The rest stays."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.grid import Cell, Grid, Row, Run, Sheet
from tests.transforms.bijoy_typist import as_bijoy_says_it, typed_in_bijoy
from transforms.legacy_font import Converted, is_legacy_font, to_unicode_grid

LEGACY = "SutonnyMJ"
BIJOY_REPORT = (
    "MYcÖRvZš¿x evsjv‡`k miKvi",
    "MYMÖš’vMvi Awa`ßi",
    "µg",
    "Kvh©µg",
    "Kg©m¤úv`b m~PK",
    "GKK",
    "j¶¨gvÎv 2024-2025",
    "2q †KvqvU©v‡i AR©b",
    "gšÍe¨",
)
SEEDS = ("khulna_office_report_2024-25_q2.txt", "chattogram_divisional_matrix_2023-24_q4.txt")


def cell_of(*runs: tuple[str, str], column: int = 1) -> Cell:
    written = tuple(Run(text, font) for text, font in runs)
    return Cell(f"A{column}", column, "".join(run.text for run in written), runs=written)


def grid_of(*cells: Cell) -> Grid:
    return Grid("docx", (Sheet("", (Row(1, cells),)),))


def grid_of_texts(texts: Sequence[str], font: str | None = None) -> Grid:
    runs = [() if font is None else (Run(text, font),) for text in texts]
    return grid_of(*(Cell(f"c{n}", n, texts[n - 1], runs=runs[n - 1]) for n in range(1, len(texts) + 1)))


def texts_of(grid: Grid) -> list[str]:
    return [cell.text for sheet in grid.sheets for row in sheet.rows for cell in row.cells]


def texts_of_seed(shared: Path, name: str) -> list[str]:
    lines = (shared / "seeds" / name).read_text(encoding="utf-8").splitlines()
    return [text for line in lines for text in line.split("\t") if text]


# ------------------------------------------------------------------------------------------------- fonts


@pytest.mark.parametrize(
    "name",
    [
        "SutonnyMJ",
        "sutonnymj",
        "Sutonny MJ",
        "SutonnyMJ Bold",
        "SutonnyMJ-BoldItalic",
        "SutonnyMJ,Bold",
        "SutonnyMJBold",
        "ABCDEF+SutonnyMJ",
        "SutonnyEMJ",
        "SutonnySushreeMJ",
        "JugantorMJ",
        "ChandrabatiMJ",
        "TangonMotaMJ",
        "KongshoMJ",
        "Siyam Rupali ANSI",
        "Boishakhi",
    ],
)
def test_legacy_fonts(name):
    assert is_legacy_font(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "SutonnyOMJ",
        "Sutonny OMJ",
        "SutonnyOMJ Bold",
        "BCDEFG+SutonnyOMJ",
        "Nikosh",
        "NikoshBAN",
        "Kalpurush",
        "SolaimanLipi",
        "Siyam Rupali",
        "Vrinda",
        "Noto Sans Bengali",
        "Times New Roman",
        "Calibri Light",
        "Arial-BoldMT",
        "Bold",
    ],
)
def test_fonts_that_are_not_legacy(name):
    assert not is_legacy_font(name)


# ------------------------------------------------------------------------------------------ fonts decide


def test_a_cell_in_a_legacy_font_is_converted_and_recorded():
    grid, converted = to_unicode_grid(grid_of(cell_of(("miKvwi MYMÖš’vMvi", LEGACY))))
    assert converted == (Converted("A1", "miKvwi MYMÖš’vMvi", "সরকারি গণগ্রন্থাগার"),)
    assert texts_of(grid) == ["সরকারি গণগ্রন্থাগার"]
    assert grid.sheets[0].rows[0].cells[0].runs == (Run("সরকারি গণগ্রন্থাগার", LEGACY),)


def test_a_cell_keeps_its_place_and_span():
    cell = Cell("table 1 r2 c3", 3, "gšÍe¨", row_span=2, column_span=4, runs=(Run("gšÍe¨", LEGACY),))
    row = Row(7, (cell,), hidden=True)
    grid, _ = to_unicode_grid(Grid("docx", (Sheet("body", (row,), hidden=True),)))
    (sheet,) = grid.sheets
    (read,) = sheet.rows[0].cells
    assert (sheet.name, sheet.hidden, sheet.rows[0].number, sheet.rows[0].hidden) == ("body", True, 7, True)
    assert (read.place, read.column, read.row_span, read.column_span) == ("table 1 r2 c3", 3, 2, 4)


def test_unicode_text_set_in_a_legacy_font_stays():
    grid = grid_of(cell_of(("অর্জিত হয়েছে", LEGACY)), cell_of(("২য় †KvqvU©vi", LEGACY)))
    assert to_unicode_grid(grid) == (grid, ())


def test_only_the_legacy_run_of_a_mixed_cell_is_converted():
    grid, converted = to_unicode_grid(
        grid_of(cell_of(("অধিদপ্তর ", "Nikosh"), ("KZ…©K", LEGACY), (" (PDF)", "Arial")))
    )
    assert texts_of(grid) == ["অধিদপ্তর কর্তৃক (PDF)"]
    assert [run.font for run in grid.sheets[0].rows[0].cells[0].runs] == ["Nikosh", LEGACY, "Arial"]
    assert len(converted) == 1


def test_fonts_may_change_within_a_word():
    grid, _ = to_unicode_grid(grid_of(cell_of(("miKv", LEGACY), ("রি", "Vrinda"))))
    assert texts_of(grid) == ["সরকারি"]


def test_a_word_split_over_legacy_runs_is_read_as_one():
    split = cell_of(("ev¯", LEGACY), ("Íevw", "SutonnyMJ Bold"), ("q", LEGACY), ("Z", LEGACY))
    grid, _ = to_unicode_grid(grid_of(split))
    assert texts_of(grid) == ["বাস্তবায়িত"]


def test_text_between_the_runs_is_kept():
    cell = Cell(
        "A1", 1, "bvg:\ngšÍe¨ 10", runs=(Run("bvg:", LEGACY), Run("gšÍe¨", LEGACY), Run(" 10", "Arial"))
    )
    grid, _ = to_unicode_grid(grid_of(cell))
    assert texts_of(grid) == ["নাম:\nমন্তব্য 10"]


def test_runs_that_do_not_spell_the_cell_still_tell_its_font():
    cell = Cell("A1", 1, "gšÍe¨ bvB", runs=(Run("gšÍe¨\u00a0bvB", LEGACY),))
    assert texts_of(to_unicode_grid(grid_of(cell))[0]) == ["মন্তব্য নাই"]


def test_english_beside_legacy_text_stays():
    english = cell_of(("Sarkari Library, Khulna", "Times New Roman"))
    bijoy_looking = cell_of(("bs", "Times New Roman"))
    grid, converted = to_unicode_grid(grid_of(cell_of(("msL¨v", LEGACY)), english, bijoy_looking))
    assert texts_of(grid) == ["সংখ্যা", "Sarkari Library, Khulna", "bs"]
    assert len(converted) == 1


@pytest.mark.parametrize(
    "text", ["12", "84.21%", "2024-25", "[4.1.2]", "-", "×", "1,23,456", "10 × 5", "", " \n"]
)
def test_figures_in_a_legacy_font_need_no_conversion(text):
    grid = grid_of(cell_of((text, LEGACY)), cell_of((text, "Arial")))
    assert to_unicode_grid(grid) == (grid, ())


@pytest.mark.parametrize(
    ("bijoy", "unicode"),
    [
        ("B-†gBj: library.khulna@example.com", "ই-মেইল: library.khulna@example.com"),
        ("I‡qemvBU www.publiclibrary.gov.bd ‡`Lyb", "ওয়েবসাইট www.publiclibrary.gov.bd দেখুন"),
        ("(publiclibrary.gov.bd) n‡Z", "(publiclibrary.gov.bd) হতে"),
        ("cÖgvYK (PDF) mshy³", "প্রমাণক (PDF) সংযুক্ত"),
        ("N/A", "N/A"),
        ("4_©", "4র্থ"),
        ("AwR©Z|", "অর্জিত।"),
    ],
)
def test_addresses_and_known_latin_words_stay_in_any_font(bijoy, unicode):
    grid, _ = to_unicode_grid(grid_of(cell_of((bijoy, LEGACY))))
    assert texts_of(grid) == [unicode]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_real_report_typed_in_bijoy_reads_as_the_real_report(shared, seed):
    texts = texts_of_seed(shared, seed)
    grid, converted = to_unicode_grid(grid_of_texts([typed_in_bijoy(text) for text in texts], LEGACY))
    assert len(converted) > 50
    assert texts_of(grid) == list(map(as_bijoy_says_it, texts))


# --------------------------------------------------------------------------------- words of the file decide


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("font", [None, "", "Calibri"])
def test_a_bijoy_file_that_names_no_legacy_font_is_known_by_its_words(shared, seed, font):
    texts = texts_of_seed(shared, seed)
    grid, converted = to_unicode_grid(grid_of_texts([typed_in_bijoy(text) for text in texts], font))
    assert len(converted) > 50
    assert texts_of(grid) == list(map(as_bijoy_says_it, texts))


@pytest.mark.parametrize(
    "english",
    [
        "e-mail: name@example.com",
        "PDF",
        "URL",
        "N/A",
        "2024-25",
        "Submitted by the district library",
        "Khulna",
        "Facebook page",
        "Report of the 2nd quarter.pdf",
        "Excel",
        "×",
    ],
)
def test_english_in_a_bijoy_file_stays(english):
    grid, converted = to_unicode_grid(grid_of_texts([*BIJOY_REPORT, english]))
    assert texts_of(grid)[-1] == english
    assert len(converted) == len(BIJOY_REPORT)


@pytest.mark.parametrize(
    ("bijoy", "unicode"),
    [
        ("bs", "নং"),
        ("Awdm", "অফিস"),
        ("iscyi", "রংপুর"),
        ("Ges", "এবং"),
        ("1g", "1ম"),
        ("n¨vu", "হ্যাঁ"),
        ("H", "ঐ"),
        ("Facebook †cR Ges website Pvjy", "Facebook পেজ এবং website চালু"),
        ("‡Uwj‡dvbt 01700-000000, e-mail: a@example.org", "টেলিফোনঃ 01700-000000, e-mail: a@example.org"),
    ],
)
def test_short_and_mixed_cells_of_a_bijoy_file_are_read(bijoy, unicode):
    grid, _ = to_unicode_grid(grid_of_texts([*BIJOY_REPORT, bijoy]))
    assert texts_of(grid)[-1] == unicode


def test_unicode_cells_of_a_bijoy_file_stay():
    grid, converted = to_unicode_grid(grid_of_texts([*BIJOY_REPORT * 3, "মন্তব্য gšÍe¨"]))
    assert texts_of(grid)[-1] == "মন্তব্য gšÍe¨"
    assert len(converted) == 3 * len(BIJOY_REPORT)


def test_a_unicode_file_is_not_bijoy_for_one_cell_that_looks_so():
    grid = grid_of_texts(["বিভাগীয় সরকারি গণগ্রন্থাগার, খুলনা", "miKvwi MYMÖš’vMvi", "অর্জিত হয়েছে"])
    assert to_unicode_grid(grid) == (grid, ())


@pytest.mark.parametrize(
    "texts",
    [
        ["Quarterly progress report", "Indicator", "Unit", "Weight", "Target", "Achievement", "Remarks"],
        ["Q1", "Q2", "Q3", "Q4", "K", "M", "Q2", "Q2"] * 50,
        ["id", "kpi_code", "value_2024", "unit_name", "is_valid", "created_by"],
        ["Khulna Bibhagiyo Sarkari Gonogronthagar", "Jashore", "Bagerhat", "Kushtia", "Magura", "Narail"],
        ["The officer’s “own” report – café, naïve, résumé, 37° × 2", "Straße", "garçon", "mañana"],
        ["____________", "^^^^^", "~~~~", "````", "-----|-----"],
        ["bvg"],
        [],
        [""],
    ],
)
def test_files_that_are_not_clearly_bijoy_stay(texts):
    grid = grid_of_texts(texts)
    assert to_unicode_grid(grid) == (grid, ())


def test_a_file_half_english_is_not_converted():
    english = ["Submitted", "quarterly", "progress", "report", "district", "library", "achieved", "indicator"]
    grid = grid_of_texts([*BIJOY_REPORT, *english, *(word.upper() for word in english)])
    assert to_unicode_grid(grid) == (grid, ())


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("font", [None, "Nikosh", "Times New Roman", LEGACY])
def test_real_reports_in_unicode_stay(shared, seed, font):
    latin_cells_are_few = [text for text in texts_of_seed(shared, seed) if not text.isascii()]
    grid = grid_of_texts(latin_cells_are_few, font)
    assert to_unicode_grid(grid) == (grid, ())


# ---------------------------------------------------------------------------------------------- any file

BENGALI_TEXT = st.text(alphabet="কখগতনপমরলসহযড়ািীুেো্ংঁ০১২৩। -().%\u200c\u200d", max_size=20)
ANY_TEXT = st.text(max_size=20) | st.sampled_from(BIJOY_REPORT)
FONTS = st.sampled_from([LEGACY, "SutonnyOMJ", "Nikosh", "Arial", ""])


@given(st.lists(st.tuples(BENGALI_TEXT.map(lambda text: "ক" + text), FONTS), max_size=8))
def test_unicode_bengali_passes_unchanged(runs):
    grid = grid_of(
        *(cell_of(run, column=n) for n, run in enumerate(runs, 1)), *(Cell("t", 9, text) for text, _ in runs)
    )
    assert to_unicode_grid(grid) == (grid, ())


@settings(max_examples=200)
@given(st.lists(st.lists(st.tuples(ANY_TEXT, FONTS), max_size=4), max_size=8))
def test_any_grid_is_read_and_every_change_is_recorded(cells):
    grid = grid_of(*(cell_of(*runs, column=n) for n, runs in enumerate(cells, 1)))
    read, converted = to_unicode_grid(grid)
    changed = [(old, new) for old, new in zip(texts_of(grid), texts_of(read), strict=True) if old != new]
    assert [(record.raw_text, record.text) for record in converted] == changed


def test_a_second_reading_changes_nothing():
    once, _ = to_unicode_grid(grid_of_texts(BIJOY_REPORT, LEGACY))
    assert to_unicode_grid(once) == (once, ())


def test_a_large_sheet_without_legacy_text_is_handed_back_as_it_is():
    texts = ["সরকারি গণগ্রন্থাগার", "১২৩৪", "-", "Khulna", "অর্জিত হয়েছে"]
    rows = (Row(n, tuple(Cell(f"r{n}c{c}", c, texts[c - 1]) for c in range(1, 6))) for n in range(1, 2_001))
    grid = Grid("csv", (Sheet("", tuple(rows)),))
    assert to_unicode_grid(grid)[0] is grid


@pytest.mark.parametrize("stretch", ["a", "a.", "a@", "w@a.", "www.", "_", "PDF"])
def test_hostile_cells_are_read_in_time_that_grows_with_their_length(stretch):
    hostile = stretch * 40_000
    grid = grid_of(cell_of(("gšÍe¨", LEGACY)), cell_of((hostile, LEGACY)), Cell("c", 3, hostile))
    assert to_unicode_grid(grid)[1]


def test_a_converted_cell_keeps_the_text_as_received():
    typed = typed_in_bijoy("অর্জিত হয়েছে")
    grid, (converted,) = to_unicode_grid(grid_of(cell_of((typed, "SutonnyMJ"))))
    [cell] = grid.sheets[0].rows[0].cells
    assert (cell.text, cell.raw_text) == ("অর্জিত হয়েছে", typed)
    assert converted.raw_text == typed
