"""The page of a quarter: one HTML file that people open from a folder, without a network.

It asks nothing of anybody: style and script stand in it, and its content security policy allows these two, by
their hashes, and nothing else. What offices wrote is always escaped. Its words are in `reference/page.toml`.
"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from duckdb import DuckDBPyConnection
from jinja2 import Environment, PackageLoader, StrictUndefined

from transforms.fiscal_year import FiscalYear
from transforms.numerals import bengali_digits, write_number
from transforms.reference import load_toml
from transforms.shown import shown_lines
from warehouse.bilingual import Bilingual, bilingual
from warehouse.chart import bar
from warehouse.matrix import printed_figure
from warehouse.page_content import STEPS, page_content
from warehouse.trend import Quarter

FILE_NAME = "index.html"
_DECIMALS = 2
_TEMPLATES = "templates/page"


@dataclass(frozen=True, slots=True)
class Inline:
    """A style or a script that stands in the page: its text, and the policy's name for exactly this text."""

    text: str
    source: str


def write_page(connection: DuckDBPyConnection, fiscal_year: str, quarter: int, folder: Path) -> Path:
    """Write the page of a quarter (1 to 4) of a fiscal year (`2024-25`) into a folder that exists.

    Returns its path; a page that stands there is replaced. The same warehouse gives the same page.
    """
    path = folder / FILE_NAME
    path.write_text(page_of(connection, fiscal_year, quarter), encoding="utf-8", newline="\n")
    return path


def page_of(connection: DuckDBPyConnection, fiscal_year: str, quarter: int) -> str:
    """Return the page of a quarter as HTML."""
    template = _environment().get_template("page.html")
    return template.render(
        content=page_content(connection, fiscal_year, quarter),
        words=load_toml("page.toml"),
        title=title_of(fiscal_year, quarter),
        style=_inline("page.css"),
        script=_inline("page.js"),
    )


def title_of(fiscal_year: str, quarter: int) -> Bilingual:
    """Return the title of a quarter's page, with the months that the quarter runs from and to."""
    first, last = FiscalYear.parse(fiscal_year).quarter_days(quarter)
    return bilingual(
        load_toml("page.toml")["title"],
        fiscal_year=fiscal_year,
        quarter=_ordinal(quarter),
        first_month=_month(first),
        last_month=_month(last),
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("warehouse", _TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_without_tricks,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(bilingual=bilingual, digits=bengali_digits, figure=_figure, marks=_marks)
    environment.globals.update(bar=bar, quarter_name=_quarter_name, STEPS=STEPS)
    return environment


def _without_tricks(value: object) -> object:
    """Return what an office wrote as it may be shown; what is markup already is ours."""
    return shown_lines(value) if type(value) is str else value


@cache
def _inline(name: str) -> Inline:
    text = files("warehouse").joinpath(_TEMPLATES, name).read_text(encoding="utf-8")
    digest = b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
    return Inline(text, f"'sha256-{digest}'")


def _figure(figure: float | date | None, unit: str = "number") -> str:
    """Write a figure as the matrix does, in Bengali digits, with two decimals at most."""
    rounded = round(figure, _DECIMALS) if isinstance(figure, int | float) else figure
    return printed_figure(rounded, unit)


def _marks(marks: float) -> str:
    """Write marks in Bengali digits, all with the same number of decimals."""
    return write_number(marks, decimals=_DECIMALS)


def _quarter_name(quarter: Quarter) -> Bilingual:
    words = load_toml("page.toml")["quarter"]
    return bilingual(words, fiscal_year=quarter.fiscal_year, quarter=_ordinal(quarter.quarter))


def _ordinal(quarter: int) -> Bilingual:
    return Bilingual(load_toml("calendar.toml")["written"]["quarters"][quarter - 1], str(quarter))


def _month(day: date) -> Bilingual:
    return Bilingual(load_toml("calendar.toml")["months"][str(day.month)][0], f"{day:%B}")
