"""A country of offices and the report that each of them sends: what the benchmarks read.

Every office has a name of its own and every report figures and remarks of its own, on three forms that differ
as offices' forms do: text with slashes in its dates, text with full stops and long years, and numbers that
Excel shows in Bengali digits. A few in a hundred hold something that a person must be asked about.
"""

import csv
import io
import json
import os
import random
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice, product
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
sys.path.insert(0, str(EXAMPLES))

from make_inbox import MadeReport, office_form  # noqa: E402
from paper import WRITERS, Figure  # noqa: E402

from transforms.fiscal_year import FiscalYear  # noqa: E402
from transforms.match_key import match_key  # noqa: E402
from transforms.numerals import bengali_digits  # noqa: E402
from transforms.plan import plan_of  # noqa: E402
from transforms.reference import load_csv  # noqa: E402

WHOLE_COUNTRY = 23_667  # offices that filed such an agreement in 2021
ANNEX, YEAR, QUARTER = "egov", "2024-25", 2
DUE = datetime(2025, 1, 15, tzinfo=UTC)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SIDES = ("", "উত্তর", "দক্ষিণ", "পূর্ব", "পশ্চিম", "নতুন", "পুরান", "ছোট", "বড়", "মধ্য", "চর")
BEGINNINGS = _words("""
কমল রতন মধু শ্যাম গোপাল রাম হরি সোনা রূপ চাঁদ ফুল বকুল শিমুল পলাশ কদম তাল নারিকেল সুপারি কাঁঠাল
লিচু আম জাম হিজল বট অশ্বত্থ কেয়া বেল ধান পাট সরিষা তিল মসুর গোলাপ টগর জবা বেলি শাপলা পদ্ম মানিক
মুক্তা হীরা পান্না শঙ্খ ঝিনুক দোয়েল কোকিল ময়না টিয়া শালিক বাবুই ডাহুক চিল বক হাঁস মাছরাঙা রুই
কাতল মৃগেল ইলিশ বোয়াল পাবদা কই শিং মাগুরমাছ নদী ঝরনা বিল হাওর দিঘল পাহাড়ি টিলা বন কানন বাগান
আনন্দ শান্তি সুখ প্রীতি মিলন ঐক্য আলো জ্যোতি প্রদীপ সূর্য তারা আকাশ মেঘ বৃষ্টি শিশির কুয়াশা
বসন্ত শরৎ হেমন্ত ফাগুন নবান্ন
""")
ENDINGS = _words("""
পুর গঞ্জ নগর হাট বাড়ি কান্দি দিঘি খালী তলা গ্রাম ডাঙ্গা মারি ছড়ি পাড়া কাঠি দহ ঘাটা বাজার কোনা
খোলা ভিটা দিয়া তলী গাছা
""")
GIVEN_NAMES = _words("""
শাপলা পলাশ কামিনী শিমুল টগর বকুল জবা কেয়া হিজল তমাল
""")
FAMILY_NAMES = _words("""
খাতুন মিয়া বেগম হোসেন আলী আক্তার রহমান দাস সরকার মণ্ডল
""")
POSTS = ("সহকারী পরিচালক", "জুনিয়র লাইব্রেরিয়ান", "লাইব্রেরিয়ান", "সিনিয়র লাইব্রেরিয়ান")

DONE = ("", "", "", "", "প্রমাণক সংযুক্ত", "অর্জিত হয়েছে", "বাস্তবায়িত হয়েছে")
NOT_YET = (
    "৩য় কোয়ার্টারে বাস্তবায়িত হবে।",
    "৪র্থ কোয়ার্টারে বাস্তবায়িত হবে।",
    "১ম কোয়ার্টারে অর্জন করা হয়েছে",
    "অধিদপ্তর কর্তৃক বাস্তবায়িত হয়েছে।",
    "১৬.০৩.২০২৫ তারিখে (৩য় কোয়ার্টারে) বাস্তবায়িত হবে।",
    "কার্যক্রম চলমান",
)
QUESTIONABLE = (
    ("৬/১৩/২৪", ""),
    ("প্রায় ৪টি", ""),
    ("-", "সংশ্লিষ্ট শাখার সঙ্গে আলোচনা সাপেক্ষে বিবেচ্য"),
    ("১২৫.৫%", ""),
)
SHARE_QUESTIONABLE, SHARE_LATE = 0.004, 0.03  # of the answers, of the reports

# The parts of a workbook that hold what an office has written, and how the second is tied to the others.
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TIES = {
    "[Content_Types].xml": (
        "</Types>",
        f'<Override PartName="/{TEXTS}" ContentType="'
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>',
    ),
    "xl/_rels/workbook.xml.rels": (
        "</Relationships>",
        f'<Relationship Id="texts" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>',
    ),
}
INLINE_TEXT = re.compile(r't="inlineStr"><is>(<t.*?</t>)</is>', re.DOTALL)

# Numbers and days that a form is made with, and that each report replaces by its own.
FIRST_MARK = 970_001
DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class MadeOffice:
    """One office of the registry, as `offices.csv` holds it."""

    office_id: str
    name_bn: str
    name_en: str
    district_id: str
    division_id: str


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form to be filled: the parts of its package, and the indicators in the order of their marks."""

    suffix: str
    parts: dict[str, bytes]
    filled_parts: tuple[str, ...]
    units: tuple[str, ...]
    typed: bool
    dates: str


def made_offices(count: int) -> list[MadeOffice]:
    """Return so many offices, spread over the districts, no two with names that are matched alike."""
    districts = list(
        dict.fromkeys((row["district_id"], row["division_id"]) for row in load_csv("offices.csv"))
    )
    names = product(SIDES, ENDINGS, BEGINNINGS)
    distinct: dict[str, str] = {}
    for side, ending, beginning in names:
        name = f"{side} {beginning}{ending}".strip()
        distinct.setdefault(match_key(name), name)
    if len(distinct) < count:
        raise ValueError(f"only {len(distinct):,} names for {count:,} offices")
    return [
        MadeOffice(f"o{number:05}", name, f"Office {number}", *districts[number % len(districts)])
        for number, name in enumerate(islice(distinct.values(), count), 1)
    ]


def write_registry(folder: Path, offices: list[MadeOffice]) -> None:
    """Write the registry of offices as a `PROTIBEDON_REFERENCE` folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "offices.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            [
                "office_id",
                "name_bn",
                "name_en",
                "level",
                "district_id",
                "division_id",
                "active_from",
                "active_to",
            ]
        )
        for office in offices:
            place = (office.district_id, office.division_id)
            rows.writerow((office.office_id, office.name_bn, office.name_en, "upazila", *place, "", ""))
    (folder / "office_aliases.csv").write_text("alias_bn,office_id,seen_in\n", encoding="utf-8")


def blank_forms(suffix: str) -> list[BlankForm]:
    """Return the forms of the annex as packages with marks where each report has its own words."""
    if suffix == ".docx":
        return [blank_form(suffix, dates=dates) for dates in ("%d/%m/%y", "%d.%m.%Y")]
    return [
        blank_form(suffix, dates="%d/%m/%y"),
        blank_form(suffix, dates="%d.%m.%Y"),
        blank_form(suffix, dates="%d/%m/%y", typed=True),
    ]


def blank_form(suffix: str, *, dates: str, typed: bool = False) -> BlankForm:
    """Put the annex on a form, and take the form apart."""
    made = tomllib.loads((EXAMPLES / "made_reports.toml").read_text(encoding="utf-8"))
    plan = plan_of(ANNEX, FiscalYear.parse(YEAR))
    assert plan is not None
    answers = {
        indicator.code: [_mark(number, indicator.unit, typed), f"@remark{number}@"]
        for number, indicator in enumerate(plan.indicators)
    }
    report = MadeReport(
        file="",
        annex=ANNEX,
        office="khulna",
        quarter=QUARTER,
        name="@name@",
        designation="@post@",
        office_line="@office@",
        answers=answers,
        typed=typed,
        dates=dates,
    )
    package = WRITERS[suffix](office_form(report, plan, made))
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if suffix == ".docx":
        return BlankForm(
            suffix, parts, ("word/document.xml",), tuple(one.unit for one in plan.indicators), typed, dates
        )
    parts = {name: parts[name] for name in sorted(parts)}  # as Excel: the list of the parts goes first
    for name, (end, tie) in TIES.items():
        parts[name] = parts[name].replace(end.encode(), f"{tie}{end}".encode())
    parts[SHEET] = re.sub(rb"&#(\d+);", lambda letter: chr(int(letter[1])).encode(), parts[SHEET])
    return BlankForm(suffix, parts, (SHEET,), tuple(one.unit for one in plan.indicators), typed, dates)


def _mark(number: int, unit: str, typed: bool) -> Any:
    if not typed:
        return f"@answer{number}@"
    mark = FIRST_MARK + number
    if unit == "date":
        return DAY_ZERO + timedelta(days=mark)
    return mark * 100 if unit == "percent" else mark


def filled(form: BlankForm, office: MadeOffice, chance: random.Random) -> bytes:
    """Return the report of an office on a form, as the bytes of its file."""
    words = {
        "@office@": f"উপজেলা সরকারি গণগ্রন্থাগার, {office.name_bn}",
        "@name@": f"{chance.choice(GIVEN_NAMES)} {chance.choice(FAMILY_NAMES)}",
        "@post@": chance.choice(POSTS),
        "khulna@": f"{office.office_id}@",
    }
    for number, unit in enumerate(form.units):
        achievement, remark = answer(form, unit, chance)
        words[f">{FIRST_MARK + number}<" if form.typed else f"@answer{number}@"] = achievement
        words[f"@remark{number}@"] = remark
    marks = re.compile("|".join(map(re.escape, words)))
    parts = {
        name: marks.sub(lambda mark: words[mark[0]], form.parts[name].decode()) for name in form.filled_parts
    }
    if form.suffix == ".xlsx":
        parts = as_excel_saves(parts)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, part in (form.parts | {name: part.encode() for name, part in parts.items()}).items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 10, 9, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def as_excel_saves(parts: dict[str, str]) -> dict[str, str]:
    """Keep the texts of a workbook apart, as Excel does: equal ones once, in the order of the cells.

    So the sheets of two offices differ wherever their texts do.
    """
    position_of: dict[str, int] = {}

    def numbered(cell: re.Match[str]) -> str:
        return f't="s"><v>{position_of.setdefault(cell[1], len(position_of))}</v>'

    sheet = INLINE_TEXT.sub(numbered, parts[SHEET])
    used = sheet.count('t="s"')
    count = f'count="{used}" uniqueCount="{len(position_of)}"'
    texts = "".join(f"<si>{text}</si>" for text in position_of)
    return {SHEET: sheet, TEXTS: f'{XML}<sst xmlns="{MAIN}" {count}>{texts}</sst>'}


def answer(form: BlankForm, unit: str, chance: random.Random) -> tuple[str, str]:
    """Return what an office answers to an indicator of a unit: the achievement and the remark."""
    if form.typed:
        return f">{stored_figure(unit, chance)}<", chance.choice(DONE)
    if chance.random() < SHARE_QUESTIONABLE:
        return chance.choice(QUESTIONABLE)
    if chance.random() < 0.35:
        return chance.choice(("-", "০", "-")), chance.choice(NOT_YET)
    return written_figure(unit, form.dates, chance), chance.choice(DONE)


def stored_figure(unit: str, chance: random.Random) -> str:
    """Return a figure as Excel stores it."""
    if unit == "date":
        return str((day_in_quarter(chance) - DAY_ZERO).days)
    return f"{chance.randint(4000, 10000) / 10000}" if unit == "percent" else str(chance.randint(0, 4))


def written_figure(unit: str, dates: str, chance: random.Random) -> str:
    """Return a figure as an office types it."""
    if unit == "date":
        return str(Figure(day_in_quarter(chance), dates=dates))
    if unit == "percent":
        sign = chance.choice(("%", "%", " শতাংশ"))
        return bengali_digits(f"{chance.randint(4000, 10000) / 100:g}{sign}")
    number = chance.randint(0, 4)
    return bengali_digits(chance.choice((f"{number}", f"{number:02}", f"{number}টি", f"{number:02} টি")))


def day_in_quarter(chance: random.Random) -> date:
    """Return a day of the quarter reported."""
    return date(2024, 10, 1) + timedelta(days=chance.randrange(92))


def reports(count: int, suffix: str, chance: random.Random) -> Iterator[tuple[str, bytes, datetime]]:
    """Yield each office's report: its file name, its bytes and when it arrived."""
    forms = blank_forms(suffix)
    for office in made_offices(count):
        arrived = DUE + timedelta(days=3 if chance.random() < SHARE_LATE else -chance.randint(1, 12))
        name = f"{office.office_id} {office.name_bn} Q{QUARTER}{suffix}"
        yield name, filled(chance.choice(forms), office, chance), arrived


def made_country(cache: Path, count: int, suffix: str = ".xlsx", chance: int = 1971) -> Path:
    """Return a folder with the reports of so many offices and their registry, made where it is not there yet.

    `inbox/` holds the reports and `reference/` the registry; another `chance` gives other figures. A folder
    begun and not finished is made anew.
    """
    folder = cache / f"{chance}-{count}{suffix}"
    finished = folder / "made.json"
    if finished.is_file():
        return folder
    inbox = folder / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    write_registry(folder / "reference", made_offices(count))
    for name, content, arrived in reports(count, suffix, random.Random(chance)):
        path = inbox / name
        path.write_bytes(content)
        os.utime(path, (arrived.timestamp(), arrived.timestamp()))
    finished.write_text(json.dumps({"reports": count, "suffix": suffix}), encoding="utf-8")
    return folder
