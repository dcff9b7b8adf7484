"""Divisional matrices made for tests, as `papers` makes office forms: of a few offices and columns."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tests.transforms.papers import UNITS, Merge, Paper, named, plan, shown
from transforms.numerals import bengali_digits
from transforms.plan import Indicator

CHATTOGRAM_OFFICES = ("চট্টগ্রাম", "কুমিল্লা", "ফেনী")
MATRIX_TITLE = (
    "চট্টগ্রাম বিভাগসহ অধীনস্থ সরকারি গণগ্রন্থাগারসমূহের ২০২৩-২০২৪ অর্থবছরের “ই-গভর্ন্যান্স ও উদ্ভাবন” বাস্তবায়ন "
    "অগ্রগতির ৪র্থ ত্রৈমাসিক (এপ্রিল, ২৪ হতে জুন, ২৪) বিভাগীয় সমন্বিত অগ্রগতি প্রতিবেদন",
)
MATRIX_SIGNATURE = ("০৩-০৭-২০২৪", "(কল্পিত কর্মকর্তা)", "সহকারী পরিচালক", "বিভাগীয় সরকারি গণগ্রন্থাগার, চট্টগ্রাম।")

MatrixCells = Callable[[Indicator, int], str]  # of an indicator and an office's place in the list


def matrix_figure(indicator: Indicator, office: int) -> str:
    """Another figure for every office and indicator: a day in May, a count, or a percentage."""
    place = [other.code for other in plan("2023-24").indicators].index(indicator.code)
    number = 10 + place + 10 * office
    return {
        "date": bengali_digits(f"{1 + place + office:02}.5.24"),
        "number": bengali_digits(str(number)),
        "percent": bengali_digits(f"{number}%"),
    }[indicator.unit]


def expected_of(office: int) -> dict[str, tuple[str, float | date | None]]:
    expected: dict[str, tuple[str, float | date | None]] = {}
    for place, indicator in enumerate(plan("2023-24").indicators):
        number = 10.0 + place + 10 * office
        day = date(2024, 5, 1 + place + office)
        expected[indicator.code] = ("reported", day if indicator.unit == "date" else number)
    return expected


@dataclass(frozen=True)
class Under:
    """One column under each indicator of a matrix."""

    heading: str
    cells: MatrixCells


TARGET = Under("লক্ষ্যমাত্রা", lambda indicator, _: shown(indicator.bands[100], indicator.unit))
FIGURE = Under("অর্জন", matrix_figure)
NO_REMARK = Under("মন্তব্য", lambda *_: "-")
UNDER = (TARGET, FIGURE, NO_REMARK)


def matrix_paper(
    *under: Under,
    offices: Sequence[str] = CHATTOGRAM_OFFICES,
    above: tuple[str, ...] = MATRIX_TITLE,
    below: tuple[str, ...] = MATRIX_SIGNATURE,
    indicators: Sequence[Indicator] = (),
    serial: bool = True,
    score: bool = True,
) -> Paper:
    """A matrix of these offices with these columns under each indicator, or the usual three."""
    groups, chosen = under or UNDER, indicators or plan("2023-24").indicators
    width, left, right = len(groups), 1 + serial, int(score)
    number = ["নং"] if serial else []
    closing = ["মন্তব্য [[ওয়েটেড স্কোর: ১০ (৫০)]"] if score else []
    blanks = [""] * (width - 1)
    before = [""] * left
    activities, statements, headings = [*number, "গ্রন্থাগারের নাম"], [*before], [*before]
    seen: set[str] = set()
    for indicator in chosen:
        activities += ["" if indicator.activity in seen else indicator.activity, *blanks]
        seen.add(indicator.activity)
        unit_and_weight = f"একক-{UNITS[indicator.unit]} (মান-{bengali_digits(f'{indicator.weight:g}')})"
        statements += [f"{named(indicator)} {unit_and_weight}", *blanks]
        headings += [column.heading for column in groups]
    activities += closing
    statements += [""] * right
    headings += [""] * right
    body = [
        [
            *([bengali_digits(str(row + 1))] if serial else []),
            office,
            *(column.cells(indicator, row) for indicator in chosen for column in groups),
            *[""] * right,
        ]
        for row, office in enumerate(offices)
    ]
    rows = tuple(tuple(row) for row in (activities, statements, headings, *body))
    merges = [Merge(0, place, 3, 1) for place in (*range(left), *([len(activities) - 1] if score else []))]
    starts = [left + width * place for place in range(len(chosen))]
    merges += [Merge(1, start, 1, width) for start in starts if width > 1]
    return Paper(above, rows, below, header=3, merges=(*merges, *_activity_merges(chosen, starts, width)))


def _activity_merges(indicators: Sequence[Indicator], starts: Sequence[int], width: int) -> Iterable[Merge]:
    for place, indicator in enumerate(indicators):
        if place and indicators[place - 1].activity == indicator.activity:
            continue
        same = sum(other.activity == indicator.activity for other in indicators[place:])
        if same * width > 1:
            yield Merge(0, starts[place], 1, same * width)
