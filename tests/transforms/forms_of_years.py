"""The made office form of Natore as other years, other titles and other hands would have it."""

from pathlib import Path

from extractors.grid import Grid
from extractors.reader import read
from tests.conftest import REPOSITORY

NATORE = REPOSITORY / "examples" / "inbox" / "natore_quarter_1.txt"
TITLES = (
    "সংযোজনী- ৫: ই-গভর্ন্যান্স ও উদ্ভাবন কর্মপরিকল্পনা",
    "ই-গভর্ন্যান্স ও উদ্ভাবন কর্মপরিকল্পনার ১ম ত্রৈমাসিক অগ্রগতির প্রতিবেদন (জুলাই/২৪-সেপ্টেম্বর/২৪)",
)
_A_YEAR_LATER = (("২০২৪-২০২৫", "২০২৫-২০২৬"), ("/২৫", "/২৬"), ("/২৪", "/২৫"))


def natore(*changes: tuple[str, str], of: Path = NATORE) -> str:
    """The form with every change made; each must find what it changes."""
    text = of.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def a_year_later(*changes: tuple[str, str], of: Path = NATORE) -> str:
    """The form of 2025-26: the same indicators, the days of a year later."""
    return natore(*changes, *_A_YEAR_LATER, of=of)


def titled(*lines: str) -> tuple[tuple[str, str], ...]:
    """The change of the form's two title lines into these; the period stays in the second."""
    period = " ১ম ত্রৈমাসিক অগ্রগতির প্রতিবেদন (জুলাই/২৪-সেপ্টেম্বর/২৪)"
    first, second = (*lines, "", "")[:2]
    return (TITLES[0], first), (TITLES[1], second + period)


def grid(text: str) -> Grid:
    return read(text.encode())
