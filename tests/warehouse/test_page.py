"""What the page of a quarter says, and that it asks nothing of anybody. `test_page_in_chromium` opens it."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from tests.warehouse.page_parts import HOSTILE, load_hostile, load_quarter, read_page
from tests.warehouse.reports import office_report, submission
from transforms.reference import load_toml
from warehouse.load import load
from warehouse.page import page_of, title_of, write_page

BENGALI = re.compile("[ঀ-৿]")
ASKS_SOMEBODY = {"src", "href", "srcset", "action", "formaction", "data", "poster", "ping", "background"}
EGOV = "egov-2024-25"


@pytest.fixture
def page(writer):
    load_quarter(writer)
    return page_of(writer, "2024-25", 2)


@pytest.fixture
def hostile_page(writer):
    load_hostile(writer)
    return page_of(writer, "2024-25", 2)


# --- nothing leaves, nothing enters ----------------------------------------------------------------------


def test_nothing_on_the_page_names_an_address_outside_it(page):
    addresses = [
        value
        for element in read_page(page).all()
        for name, value in element.attributes.items()
        if name in ASKS_SOMEBODY
    ]
    assert addresses
    assert all(address.startswith("#") for address in addresses)
    assert "://" not in page
    assert "url(" not in page
    assert "@import" not in page


@pytest.mark.parametrize("element", ["style", "script"])
def test_the_policy_allows_this_style_and_this_script_and_nothing_else(page, element):
    (inline,) = read_page(page).all(element)
    digest = b64encode(sha256("".join(map(str, inline.children)).encode()).digest()).decode()
    (policy,) = [
        meta.attributes["content"]
        for meta in read_page(page).all("meta")
        if meta.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert f"{element}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_what_an_office_wrote_is_shown_and_never_done(hostile_page):
    root = read_page(hostile_page)
    assert not list(root.all("img"))
    assert len(list(root.all("script"))) == 1
    assert not [name for element in root.all() for name in element.attributes if name.startswith("on")]
    # As achievement, remark, cell and file of the observation, and as file and cell of what is asked.
    assert [cell.text for cell in root.all("td")].count(HOSTILE) >= 4
    assert any(HOSTILE in cell.text and cell.text.startswith("lost") for cell in root.all("td"))
    sentences = [element.attributes["data-en"] for element in root.all() if "data-en" in element.attributes]
    assert any(HOSTILE in sentence for sentence in sentences)


# --- both languages --------------------------------------------------------------------------------------


def test_the_page_is_bengali_and_every_word_of_it_has_its_english(page):
    root = read_page(page)
    (html,) = root.all("html")
    assert html.attributes["lang"] == "bn"
    pairs = {
        element.text: element.attributes["data-en"]
        for element in root.all()
        if "data-en" in element.attributes
    }
    assert len(pairs) > 80
    for bengali, english in pairs.items():
        assert BENGALI.search(bengali) or bengali == "English"
        assert english
    headings = [heading.text for heading in root.all("h1", "h2")]
    assert len(headings) == 8
    assert all(not BENGALI.search(pairs[heading]) for heading in headings)


def test_the_title_names_year_quarter_and_months_in_both_languages():
    title = title_of("2024-25", 2)
    assert "২০২৪-২৫ অর্থবছরের ২য় ত্রৈমাসিক (অক্টোবর-ডিসেম্বর)" in title.bn
    assert "Quarter 2 of 2024-25 (October to December)" in title.en


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("observations", "state", "states"),
        ("scores", "reason", "reasons"),
        ("target_bands", "band", "bands"),
    ],
)
def test_whatever_the_warehouse_may_hold_has_words(table, column, words):
    allowed = load_toml("columns.toml")[table]["columns"][column]["allowed"]
    assert set(map(str, allowed)) <= set(load_toml("page.toml")[words])


def test_every_severity_that_is_asked_about_has_words():
    allowed = load_toml("columns.toml")["findings"]["columns"]["severity"]["allowed"]
    assert set(allowed) - {"note"} == set(load_toml("page.toml")["severities"])


# --- what it says ----------------------------------------------------------------------------------------


def test_every_division_tells_how_it_reported_and_all_of_them_together(page):
    table = read_page(page).table(f"reporting-{EGOV}")
    khulna, everybody = next(row for row in table if row[0] == "খুলনা"), table[-1]
    assert khulna[1:7] == ["১০", "৩", "১", "২", "৭", "৩০%"]
    assert everybody[:7] == ["সব বিভাগ", "৬৬", "৩", "১", "২", "৬৩", "৪.৫৫%"]
    assert len(table) == 1 + 8 + 1


def test_who_is_missing_or_late_is_named_with_the_day(page):
    khulna = next(row for row in read_page(page).table(f"absences-{EGOV}") if row[0] == "খুলনা")
    assert khulna[1] == "কুষ্টিয়া, চুয়াডাঙ্গা, ঝিনাইদহ, নড়াইল, বাগেরহাট, মেহেরপুর, সাতক্ষীরা (১৫/০১/২৫)"
    assert khulna[2] == "মাগুরা (২০/০১/২৫), যশোর (২০/০১/২৫)"


def test_a_score_stands_beside_what_it_is_out_of(page):
    table = read_page(page).table(f"scores-{EGOV}")
    assert [row[0] for row in table[1:]] == ["খুলনা", "মাগুরা", "যশোর"]
    # 4.1.2 earns 75 % of 7 marks and 7.1.1 all of 5; of the other 38 nothing is known.
    assert table[-1][1:7] == ["খুলনা", "১০.২৫", "১২", "২.০৫", "২.৪", "৩৮"]


def test_an_indicator_tells_how_many_offices_stand_at_each_band(page):
    table = read_page(page).table(f"indicators-{EGOV}")
    disposed = next(row for row in table if row[0].startswith("[৪.১.২]"))
    # 61.54 stands at 60, 75 at 70, 100 at 100; beside each count the plan's target for that band.
    assert disposed[2:9] == ["১ ১০০%", "০ ৯০%", "০ ৮০%", "১ ৭০%", "১ ৬০%", "০", "০"]
    assert disposed[10:] == ["–", "৭৮.৮৫%", "১"]


def test_what_is_asked_leads_to_its_file_and_cell(page):
    table = read_page(page).table("findings-table")
    asked = next(row for row in table if row[1] == "খুলনা")
    assert asked[0] == "যাচাই প্রয়োজন"
    assert "[৭.১.১]" in asked[2]
    assert asked[3:] == ["khulna q2.docx", "table 1 r7 c12"]


def test_a_file_of_which_no_quarter_is_known_is_told_on_every_page_it_may_belong_to(writer, page):
    lost = read_page(page).table("findings-table")[-1]
    assert lost[0] == "প্রতিবেদন নেওয়া হয়নি"
    assert lost[2].endswith("ফাইলটি কোন ত্রৈমাসিকের তা জানা যায়নি")
    # It came in January, when the fourth quarter had not begun.
    assert "lost.docx" in page_of(writer, "2024-25", 3)
    assert "lost.docx" not in page_of(writer, "2024-25", 4)


def test_what_a_replaced_report_was_asked_about_is_asked_no_more(writer):
    load_quarter(writer)
    corrected = submission("khulna q2 corrected.docx", "2025-01-14T06:00")
    load(writer, [corrected], [office_report(corrected, {"4.1.2": 62})])
    page = page_of(writer, "2024-25", 2)
    assert "khulna q2 corrected.docx" in page
    assert "khulna q2.docx" not in page


def test_every_observation_leads_to_its_file_and_cell(page):
    rows = read_page(page).table("observations-table")[1:]
    assert len(rows) == 3 + 2 + 2
    assert [row[0] for row in rows] == ["খুলনা"] * 3 + ["মাগুরা"] * 2 + ["যশোর"] * 2
    assert rows[0][2:5] == ["৪.১.২", "মান দেওয়া আছে", "৬১.৫৪%"]
    assert rows[0][7:] == ["৬১.৫৪", "khulna q2.docx", "table 1 khulna 4.1.2"]
    assert rows[2][3] == "অর্জিত, মান নেই"
    assert rows[2][7] == "তারিখ নেই"


def test_an_indicator_is_followed_over_the_years_though_its_number_changed(page):
    table = read_page(page).table(f"trend-{EGOV}-4.1.2")
    assert table[0][:-1] == ["বিভাগ", "২০২৩-২৪ ৪র্থ ত্রৈমাসিক", "২০২৪-২৫ ১ম ত্রৈমাসিক", "২০২৪-২৫ ২য় ত্রৈমাসিক"]
    assert [row[:-1] for row in table[1:]] == [
        ["চট্টগ্রাম", "৮০", "–", "–"],
        ["খুলনা", "–", "৫০", "৭৮.৮৫"],
    ]


def test_a_page_knows_nothing_of_later_quarters(writer, page):
    assert page != page_of(writer, "2024-25", 1)
    table = read_page(page_of(writer, "2024-25", 1)).table(f"trend-{EGOV}-4.1.2")
    assert table[0][-2] == "২০২৪-২৫ ১ম ত্রৈমাসিক"


def test_a_quarter_that_nobody_reported_on_has_a_page_that_says_so(writer):
    root = read_page(page_of(writer, "2024-25", 3))
    assert [p.text for p in root.all("p")].count("কিছু নেই।") >= 4
    assert not list(root.all("table"))


# --- how it is built -------------------------------------------------------------------------------------


def test_tables_tell_a_screen_reader_what_they_are(page):
    root = read_page(page)
    identifiers = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
    assert len(identifiers) == len(set(identifiers))
    tables = list(root.all("table"))
    assert len(tables) >= 7
    for table in tables:
        assert [caption.text for caption in table.all("caption")] != [""]
        assert all(heading.attributes.get("scope") in ("col", "row") for heading in table.all("th"))
    for element in root.all():
        assert element.attributes.get("aria-labelledby", identifiers[0]) in identifiers
        if "href" in element.attributes:
            assert element.attributes["href"].removeprefix("#") in identifiers
    assert all(drawn.attributes["aria-hidden"] == "true" for drawn in root.all("svg"))


def test_controls_that_need_the_script_wait_for_it(page):
    root = read_page(page)
    waiting = {element.attributes.get("id") for element in root.all() if "hidden" in element.attributes}
    assert waiting == {"language", "filters"}


def test_the_same_warehouse_writes_the_same_page(writer, page, tmp_path):
    path = write_page(writer, "2024-25", 2, tmp_path)
    assert path == tmp_path / "index.html"
    assert path.read_text(encoding="utf-8") == page


@pytest.mark.parametrize("wrong", [("2024", 2), ("2024-25", 5)])
def test_no_page_is_written_for_what_is_no_quarter(writer, tmp_path, wrong):
    with pytest.raises(ValueError, match="fiscal year"):
        write_page(writer, *wrong, tmp_path)
    assert not list(tmp_path.glob("*.html"))
