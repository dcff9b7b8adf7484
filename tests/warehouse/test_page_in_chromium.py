"""The page in a real browser: opened from a file, sorted, filtered, in both languages, on phone and paper."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.warehouse.chromium import a_tab, chromium_found
from tests.warehouse.page_parts import load_hostile, load_quarter
from warehouse.connection import open_writer
from warehouse.page import write_page

ENTER, SPACE, TAB = ("Enter", 13), (" ", 32), ("Tab", 9)
SCORES, OBSERVATIONS = "[aria-labelledby=scores-egov-2024-25] table", ".observations"
LANGUAGE, TITLE = "document.documentElement.lang", "document.querySelector('h1').textContent"
A4_WITHIN_MARGINS = (1040, 720)  # pixels, laid sideways
PHONE = (360, 740)
QUESTIONS = Path(__file__).with_name("page_questions.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    """The page of a usual quarter, and one of a quarter in which an office wrote markup."""
    written = {}
    for name, load_it in (("usual", load_quarter), ("hostile", load_hostile)):
        folder = tmp_path_factory.mktemp(name)
        with open_writer(folder / "warehouse.duckdb") as connection:
            load_it(connection)
            written[name] = write_page(connection, "2024-25", 2, folder)
    return written


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    program = chromium_found()
    if program is None:
        pytest.skip("no Chromium is installed (Debian: chromium)")
    with a_tab(program, tmp_path_factory.mktemp("chromium")) as tab:
        yield tab


@pytest.fixture
def tab(browser, pages):
    """A tab with the usual page on a desk's screen, in Bengali, as if never opened before."""
    browser.send("Emulation.setEmulatedMedia", media="")
    browser.resize(1280, 900)
    browser.open(pages["usual"])
    browser.evaluate("localStorage.clear()")
    show(browser, pages["usual"])
    return browser


def show(tab, page):
    tab.open(page)
    tab.evaluate(QUESTIONS)


def ask(tab, question, *about):
    """Put one of the questions of `page_questions.js`."""
    return tab.evaluate(f"{question}({', '.join(map(json.dumps, about))})")


def press(tab, table, heading, key=ENTER):
    ask(tab, "focusOn", table, heading)
    tab.press(*key)


@pytest.mark.parametrize("page", ["usual", "hostile"])
def test_it_opens_from_a_file_asks_for_nothing_and_complains_of_nothing(browser, pages, page):
    browser.open(pages[page])
    browser.evaluate("new Promise((done) => setTimeout(done, 300))")
    assert browser.requests() == [pages[page].as_uri()]
    assert browser.complaints() == []
    assert "২য় ত্রৈমাসিক" in browser.evaluate("document.title")


def test_its_policy_stops_whatever_would_reach_out(tab):
    tab.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:9/a.png'}))")
    tab.evaluate("fetch('http://127.0.0.1:9/b').catch(() => null)")
    refused = [event["entry"]["text"] for event in tab.told("Log.entryAdded")]
    assert all("Content Security Policy" in text for text in refused)
    for address in ("http://127.0.0.1:9/a.png", "http://127.0.0.1:9/b"):
        assert any(address in text for text in refused)


@pytest.mark.parametrize("key", [ENTER, SPACE])
def test_a_heading_pressed_on_the_keyboard_sorts_and_pressed_again_turns(tab, key):
    assert ask(tab, "column", SCORES, 0) == ["খুলনা", "মাগুরা", "যশোর"]
    assert ask(tab, "orders", SCORES) == []
    press(tab, SCORES, "প্রাপ্ত নম্বর", key)
    assert ask(tab, "column", SCORES, 2) == ["৭.০০", "৯.১১", "১০.২৫"]
    assert ask(tab, "orders", SCORES) == ["ascending"]
    press(tab, SCORES, "প্রাপ্ত নম্বর", key)
    assert ask(tab, "column", SCORES, 2) == ["১০.২৫", "৯.১১", "৭.০০"]
    assert ask(tab, "orders", SCORES) == ["descending"]
    press(tab, SCORES, "কার্যালয়", key)
    assert ask(tab, "column", SCORES, 0) == ["খুলনা", "মাগুরা", "যশোর"]
    assert ask(tab, "orders", SCORES) == ["ascending"]


def test_what_has_no_figure_stands_last_in_either_order(tab):
    for least_or_most in ("১", "০১/১২/২৪"):
        press(tab, OBSERVATIONS, "অর্জন")
        figures = ask(tab, "column", OBSERVATIONS, 4)
        assert figures[0] == least_or_most
        assert [place for place, figure in enumerate(figures) if figure == "–"] == [5, 6]


def test_names_sort_as_the_language_has_them(tab):
    press(tab, OBSERVATIONS, "কার্যালয়")
    press(tab, OBSERVATIONS, "কার্যালয়")
    assert list(dict.fromkeys(ask(tab, "column", OBSERVATIONS, 0))) == ["যশোর", "মাগুরা", "খুলনা"]
    ask(tab, "switchLanguage")
    press(tab, OBSERVATIONS, "Office")
    assert list(dict.fromkeys(ask(tab, "column", OBSERVATIONS, 0))) == ["Jashore", "Khulna", "Magura"]


@pytest.mark.parametrize(
    ("search", "offices"),
    [
        ("যশোর", ["যশোর"] * 2),
        ("jashore", ["যশোর"] * 2),
        ("61.54", ["খুলনা"]),
        ("৬১.৫৪", ["খুলনা"]),
        ("matrix.xlsx", ["মাগুরা"] * 2 + ["যশোর"] * 2),
        ("nowhere", []),
    ],
)
def test_search_finds_in_either_language_and_digits(tab, search, offices):
    ask(tab, "choose", "search", search)
    assert ask(tab, "column", OBSERVATIONS, 0) == offices


def test_choices_narrow_one_another_and_the_count_says_so(tab):
    assert ask(tab, "shownSentence") == "৭টি সারির মধ্যে ৭টি দেখানো হচ্ছে"
    ask(tab, "choose", "indicator", "egov-2024-25-7.1.1")
    assert ask(tab, "column", OBSERVATIONS, 0) == ["খুলনা", "মাগুরা", "যশোর"]
    ask(tab, "choose", "state", "planned")
    assert ask(tab, "column", OBSERVATIONS, 0) == ["মাগুরা"]
    assert ask(tab, "shownSentence") == "৭টি সারির মধ্যে ১টি দেখানো হচ্ছে"
    ask(tab, "choose", "state", "")
    ask(tab, "choose", "indicator", "")
    assert len(ask(tab, "column", OBSERVATIONS, 0)) == 7


def test_sorting_keeps_what_was_filtered(tab):
    ask(tab, "choose", "search", "৪.১.২")
    press(tab, OBSERVATIONS, "স্কোর")
    assert ask(tab, "column", OBSERVATIONS, 0) == ["খুলনা", "যশোর", "মাগুরা"]


def test_the_switch_turns_the_page_to_english_and_back_and_is_remembered(tab, pages):
    state = f"[{LANGUAGE}, {TITLE}, document.title, document.querySelector('dd').textContent]"
    bengali = tab.evaluate(state)
    assert (bengali[0], bengali[3]) == ("bn", "৬৬")
    tab.evaluate("document.getElementById('language').focus()")
    tab.press(*ENTER)
    title = "Quarter 2 of 2024-25 (October to December): summary of progress"
    assert tab.evaluate(state) == ["en", title, title, "66"]
    assert ask(tab, "shownSentence") == "7 of 7 rows shown"
    show(tab, pages["usual"])
    assert tab.evaluate(state) == ["en", title, title, "66"]
    ask(tab, "switchLanguage")
    assert tab.evaluate(state) == bengali


def test_in_english_only_what_offices_and_plans_say_is_bengali(tab):
    assert len(ask(tab, "bengaliLeft")) > 100
    ask(tab, "switchLanguage")
    left = ask(tab, "bengaliLeft")
    assert left
    assert all("“" in sentence for sentence in left)  # a question, quoting what stands in the cell


def test_a_browser_that_remembers_nothing_shows_the_page_all_the_same(tab, pages):
    refusal = "{get() { throw new DOMException('refused', 'SecurityError'); }}"
    script = f"Object.defineProperty(window, 'localStorage', {refusal});"
    identifier = tab.send("Page.addScriptToEvaluateOnNewDocument", source=script)["identifier"]
    show(tab, pages["usual"])
    tab.send("Page.removeScriptToEvaluateOnNewDocument", identifier=identifier)
    ask(tab, "switchLanguage")
    assert tab.evaluate(LANGUAGE) == "en"
    assert tab.complaints() == []


@pytest.mark.parametrize("page", ["usual", "hostile"])
def test_on_a_phone_only_the_tables_scroll_sideways(browser, pages, page):
    browser.resize(*PHONE, is_phone=True)
    browser.open(pages[page])
    assert browser.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    tables = browser.evaluate("[...document.querySelectorAll('.wide')].map((each) => each.clientWidth)")
    assert tables
    assert max(tables) <= PHONE[0]


@pytest.mark.parametrize("width", [PHONE[0], 1280])
def test_every_word_stands_out_from_what_is_behind_it(tab, pages, width):
    tab.resize(width, 900)
    show(tab, pages["usual"])
    assert ask(tab, "tooFaint") == []
    tab.evaluate("document.querySelector('h1').style.color = '#999'")
    assert len(ask(tab, "tooFaint")) == 1


def test_on_paper_the_controls_are_gone_and_no_table_is_cut_off(tab, tmp_path):
    tab.resize(*A4_WITHIN_MARGINS)
    tab.send("Emulation.setEmulatedMedia", media="print")
    for control in (".skip", ".controls", "#language", "nav"):
        assert ask(tab, "displayOf", control) == "none"
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    tab.print_to(tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")


def test_a_keyboard_may_skip_to_the_content(tab):
    tab.press(*TAB)
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.press(*ENTER)
    assert tab.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("conjunct", ["ক্ষ", "ন্ত্র", "জ্ঞ", "র্য", "ত্রৈ", "ঙ্গ", "ট্ট"])
def test_conjuncts_are_drawn_as_one(tab, conjunct):
    """A joined conjunct is narrower than the same letters kept apart by a non-joiner after each hasanta."""
    fonts = shutil.which("fc-list")
    if not fonts or not subprocess.run([fonts, ":lang=bn"], capture_output=True, check=True).stdout:
        pytest.skip("no Bengali font is installed (Debian: fonts-lohit-beng-bengali)")
    apart = conjunct.replace("্", "্\u200c")
    assert 0 < ask(tab, "widthOf", conjunct) < ask(tab, "widthOf", apart)
