"""Headings, periods and offices in the words of many hands, on the standard office form."""

from dataclasses import replace

from tests.transforms.papers import REMARK, STANDARD, TITLE, Paper, achieved, column, office_paper

# Spellings of one heading each, by the place of its column among the standard ones.
HEADINGS: dict[int, tuple[str, ...]] = {
    0: ("ক্রঃ নং", "ক্র. নং", "ক্রমিক নম্বর", "Sl.", "S/N"),
    1: ("কার্যক্রমের নাম", "কার্য্যক্রম", "কাযক্রম", "কর্মকাণ্ড", "Activities"),
    2: (
        "নির্দেশক",
        "সূচক",
        "কর্মসম্পাদন নির্দেশক",
        "কর্মসম্পাদন সুচক",
        "কমসম্পাদন সূচক",
        "কর্মসম্পদন সূচক",
        "Performance Indicator",
    ),
    3: ("পরিমাপের একক", "গণনা একক", "ইউনিট", "Unit"),
    4: ("মান", "সূচক মান", "কর্মসম্পাদন সুচকের মান", "Weight of PI"),
    6: (
        "অর্জন",
        "প্রকৃত অর্জন",
        "অগ্রগতি",
        "বাস্তব অগ্রগতি",
        "২য় ত্রৈমাসিকের অর্জন",
        "২য় কোয়ার্টারে প্রকৃত অর্জন",
        "Q2 Achievement",
        "প্রকৃত অজন",
        "অজর্ন",
        "অগ্রগতী (অক্টোবর-ডিসেম্বর)",
        "দ্বিতীয় প্রান্তিকে বাস্তবায়নের অগ্রগতি",
    ),
    7: ("মন্তব্যঃ", "মন্তব্ব", "মন্তব্য ও সুপারিশ", "মন্তব্য/অর্জন না হলে কারণ", "Remarks"),
}
PERIODS = (
    "২০২৪-২৫ এর ২য় কোয়ার্টার",
    "২০২৪-২০২৫, Q2",
    "FY 2024-25 Q2",
    "FY2024-2025 Second Quarter",
    "(অক্টোবর-ডিসেম্বর, ২০২৪)",
    "অক্টোবর/২০২৪ হতে ডিসেম্বর/২০২৪ পর্যন্ত",
    "২০২৪-২৫ অর্থবছর দ্বিতীয় প্রান্তিক",
    "(অক্টোঃ-ডিসেঃ ২০২৪)",
    "০১/১০/২০২৪ হতে ৩১/১২/২০২৪",
    "ত্রৈমাসিক-২, অর্থবছর ২০২৪-২৫",
    "২য় কোয়াটার ২০২৪-২৫",
)


def with_spelling(place: int, heading: str) -> Paper:
    """The standard form with one column headed otherwise."""
    spelt = replace(STANDARD[place], headings=((heading,), ("",), ("",)))
    return office_paper(*STANDARD[:place], spelt, *STANDARD[place + 1 :])


def of_period(words: str) -> Paper:
    """The form whose title alone names its period, in these words."""
    title = (*TITLE[:4], f"ই-গভর্ন্যান্স ও উদ্ভাবন কর্মপরিকল্পনা {words}")
    achievement = column(achieved, "অর্জন")
    return office_paper(*STANDARD[:6], achievement, REMARK, above=title)


def of_office(line: str) -> Paper:
    return office_paper(above=(*TITLE[:3], line, *TITLE[4:]))
