"""The quarterly framework of the national integrity strategy, made: two rows for every indicator.

Columns and headings are those of the strategy's form (লক্ষ্যমাত্রা/অর্জন, four quarters, মোট অর্জন, অর্জিত মান,
মন্তব্য); the indicators are a few usual ones, their codes those of the activities, as that form prints them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.transforms.papers import SIGNATURE, Merge, Paper
from transforms.numerals import bengali_digits

TITLE = (
    "জেলা সরকারি গণগ্রন্থাগার, যশোর",
    "জাতীয় শুদ্ধাচার কৌশল কর্ম-পরিকল্পনা, ২০২৪-২০২৫ এর ২য় ত্রৈমাসিক (অক্টোবর-ডিসেম্বর ২০২৪) বাস্তবায়ন অগ্রগতি প্রতিবেদন",
)
HEADINGS = (
    (
        "কার্যক্রমের নাম",
        "কর্মসম্পাদন সূচক",
        "সূচকের মান",
        "একক",
        "বাস্তবায়নের দায়িত্বপ্রাপ্ত ব্যক্তি/পদ",
        "২০২৪-২০২৫ অর্থবছরের লক্ষ্যমাত্রা",
        "বাস্তবায়ন অগ্রগতি পরিবীক্ষণ, ২০২৪-২০২৫",
        *[""] * 6,
        "মন্তব্য",
    ),
    (
        *[""] * 6,
        "লক্ষ্যমাত্রা/অর্জন",
        "১ম কোয়ার্টার",
        "২য় কোয়ার্টার",
        "৩য় কোয়ার্টার",
        "৪র্থ কোয়ার্টার",
        "মোট অর্জন",
        "অর্জিত মান",
        "",
    ),
    tuple(bengali_digits(str(number)) for number in range(1, 15)),
)
AREA = ("১. প্রাতিষ্ঠানিক ব্যবস্থা …… ২৫", *[""] * 13)
KIND, FIRST_QUARTER, TOTAL, REMARK = 6, 7, 11, 13  # columns, counted from 0


@dataclass(frozen=True)
class Line:
    """One indicator: what stands left of the quarters, the targets of the quarters, and what was done."""

    named: Sequence[str]
    targets: Sequence[str]
    done: Sequence[str]
    total: str = ""
    remark: str = ""


LINES = (
    Line(
        ("১.১ নৈতিকতা কমিটির সভা আয়োজন", "সভা আয়োজিত", "৪", "সংখ্যা", "ফোকাল পয়েন্ট", "৪"),
        ("১", "১", "১", "১"),
        ("১", "১", "", ""),
        "২",
    ),
    Line(
        ("১.২ নৈতিকতা কমিটির সভার সিদ্ধান্ত বাস্তবায়ন", "বাস্তবায়িত সিদ্ধান্ত", "৬", "%", "ফোকাল পয়েন্ট", "১০০%"),
        ("১০০%",) * 4,
        ("১০০%", "৯০%", "", ""),
    ),
    Line(
        ("১.৩ অংশীজনের অংশগ্রহণে সভা", "সভা আয়োজিত", "৪", "সংখ্যা", "ফোকাল পয়েন্ট", "২"),
        ("১", "-", "১", "-"),
        ("১", "০", "", ""),
        "১",
    ),
    Line(
        ("২.১ কর্ম-পরিবেশ উন্নয়ন", "উন্নত কর্ম-পরিবেশ", "১১", "তারিখ", "লাইব্রেরিয়ান", "৩০/০৬/২৫"),
        ("", "", "", "৩০/০৬/২৫"),
        ("", "-", "", ""),
        remark="৪র্থ কোয়ার্টারে বাস্তবায়িত হবে।",
    ),
)
READ = {
    "1.1.1": ("reported", 1.0),
    "1.2.1": ("reported", 90.0),
    "1.3.1": ("reported", 0.0),
    "2.1.1": ("planned", None),
}


def integrity_paper(
    lines: Sequence[Line] = LINES, *, kind: str = HEADINGS[1][KIND], merged: bool = True
) -> Paper:
    """The framework with these indicators, what names them merged over their two rows or left blank below."""
    headings = (HEADINGS[0], (*HEADINGS[1][:KIND], kind, *HEADINGS[1][KIND + 1 :]), HEADINGS[2])
    rows: list[tuple[str, ...]] = [*headings, AREA]
    merges = [Merge(0, place, 2, 1) for place in (*range(KIND), REMARK)]
    merges += [Merge(0, KIND, 1, 7), Merge(3, 0, 1, 14)]
    for line in lines:
        if merged:
            merges += [Merge(len(rows), place, 2, 1) for place in (*range(KIND), REMARK)]
        rows.append((*line.named, "লক্ষ্যমাত্রা", *line.targets, "", "", line.remark if merged else ""))
        rows.append((*[""] * KIND, "অর্জন", *line.done, line.total, "", "" if merged else line.remark))
    return Paper(TITLE, tuple(rows), SIGNATURE, tuple(merges), header=3)
