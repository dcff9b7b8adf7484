import pytest

from extractors.refusal import UnreadableFile
from extractors.text import decode, read

REPORT = "খুলনা\n\nক্রম\tএকক\t\tমন্তব্য\n\t\t১০০%\t\n"


def cells_of(content):
    (sheet,) = read(content).sheets
    return [[(cell.place, cell.column, cell.text) for cell in row.cells] for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_become_rows_and_tabs_part_cells_in_every_encoding(encoding, newline):
    assert cells_of(REPORT.replace("\n", newline).encode(encoding)) == [
        [("line 1", 1, "খুলনা")],
        [("line 3 c1", 1, "ক্রম"), ("line 3 c2", 2, "একক"), ("line 3 c3", 3, ""), ("line 3 c4", 4, "মন্তব্য")],
        [("line 4 c1", 1, ""), ("line 4 c2", 2, ""), ("line 4 c3", 3, "১০০%")],
    ]


def test_big_endian_text_with_its_mark_is_read():
    assert decode(b"\xfe\xff" + "খুলনা".encode("utf-16-be")) == "খুলনা"


def test_blank_lines_count_and_leave_no_row():
    (sheet,) = read("ক\n\n \t \n\nখ".encode()).sheets
    assert [row.number for row in sheet.rows] == [1, 5]


def test_bullets_of_word_and_signs_newer_than_this_program_are_text():
    assert decode("\uf0b7 খুলনা \U000e0fff".encode()) == "\uf0b7 খুলনা \U000e0fff"


@pytest.mark.parametrize("line", ["ক" * 200_000, "ক\t" + "খ" * 200_000])
def test_a_line_longer_than_any_table_is_read_all_the_same(line):
    assert [text for row in cells_of(line.encode()) for _, _, text in row] == line.split("\t")


def test_text_is_untouched():
    assert cells_of("  ০১ \t র\u200d্যাব\u00a0".encode()) == [
        [("line 1 c1", 1, "  ০১ "), ("line 1 c2", 2, " র\u200d্যাব\u00a0")]
    ]


def test_a_spreadsheet_saved_as_unicode_text_quotes_cells_of_several_lines():
    content = '১\t"[১.১.১] সেবা\r\n""সহজ"" করা"\t১০\r\n২\tখ\t৫\r\n'.encode("utf-16")
    assert cells_of(content) == [
        [("line 1 c1", 1, "১"), ("line 1 c2", 2, '[১.১.১] সেবা\n"সহজ" করা'), ("line 1 c3", 3, "১০")],
        [("line 3 c1", 1, "২"), ("line 3 c2", 2, "খ"), ("line 3 c3", 3, "৫")],
    ]


@pytest.mark.parametrize("line", ['"ই-গভর্ন্যান্স" বাস্তবায়ন\t১', 'ক\t"শুরু', 'ক\t৫" খ'])
def test_quotation_marks_that_do_not_close_around_a_cell_are_part_of_the_text(line):
    rows = cells_of(f"{line}\nখ\t২".encode())
    assert [[text for _, _, text in row] for row in rows] == [line.split("\t"), ["খ", "২"]]


def test_a_table_saved_with_commas_is_parted_at_them():
    content = 'অগ্রগতি,,\n"খুলনা (এপ্রিল, ২৪)"\nক্রম,একক,মান\n১,"১,২৩,৪৫৬",\n'.encode()
    assert cells_of(content) == [
        [("line 1 c1", 1, "অগ্রগতি")],
        [("line 2", 1, "খুলনা (এপ্রিল, ২৪)")],
        [("line 3 c1", 1, "ক্রম"), ("line 3 c2", 2, "একক"), ("line 3 c3", 3, "মান")],
        [("line 4 c1", 1, "১"), ("line 4 c2", 2, "১,২৩,৪৫৬")],
    ]


def test_a_table_saved_with_semicolons_is_parted_at_them():
    content = "অগ্রগতি, খুলনা;;\nক্রম;একক;মান\n১;৮০,৫;সংখ্যা\n".encode()
    assert [[text for _, _, text in row] for row in cells_of(content)] == [
        ["অগ্রগতি, খুলনা"],
        ["ক্রম", "একক", "মান"],
        ["১", "৮০,৫", "সংখ্যা"],
    ]


@pytest.mark.parametrize("separator", ["\t", ",", ";"])
def test_a_table_in_a_legacy_font_is_in_the_code_page_of_windows(separator):
    table = [["µwgK", "Kvh©µg", "MYMÖš’vMvi"], ["1", "4", "61.54%"], ["2", "m~PK", "ev¯Íevwqv"]]
    content = "\r\n".join(separator.join(row) for row in table).encode("cp1252")
    assert [[text for _, _, text in row] for row in cells_of(content)] == table


@pytest.mark.parametrize(
    "prose", ["এপ্রিল, ২৪ হতে জুন, ২৪", "ক, খ\nগ, ঘ", "ক, খ, গ\nঘ, ঙ, চ, ছ\nজ", "একটি লাইন\nআরেকটি লাইন"]
)
def test_commas_in_sentences_part_nothing(prose):
    assert [text for row in cells_of(prose.encode()) for _, _, text in row] == prose.split("\n")


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)),
        b"\x00" * 512,
        "খুলনা".encode()[:-1],
        b"\xff\xfe\x95",
        "खुलना \x07".encode(),
        "漢字仮名交文章".encode("utf-16-le"),
        "MYMÖš’vMvi".encode("cp1252"),
        "ক্রম\tএকক\n১\tতারিখ".encode()[:-1],
    ],
    ids=[
        "bytes",
        "zeros",
        "cut character",
        "odd utf-16",
        "control",
        "unmarked ideographs",
        "no table in the code page",
        "cut table",
    ],
)
def test_what_is_no_text_is_refused(content):
    assert decode(content) is None
    with pytest.raises(UnreadableFile) as refused:
        read(content)
    assert refused.value.reason_code == "not_recognised"


def test_as_many_headings_as_rows_do_not_hide_that_commas_part_a_table():
    text = "খুলনা\nপ্রতিবেদন\nক,খ,গ\n১,২,৩\n"
    assert [[cell.text for cell in row.cells] for row in read(text.encode()).sheets[0].rows] == [
        ["খুলনা"],
        ["প্রতিবেদন"],
        ["ক", "খ", "গ"],
        ["১", "২", "৩"],
    ]
