"""The reporting period: the quarter and fiscal year that a report is about, as its headings state it.

A report names its period up to three times: by the number of the quarter, by its months, by the fiscal year.
All are read. Where they disagree the months are believed, since some offices number the quarters of the
calendar year ("তৃতীয় কোয়ার্টার (জুলাই-সেপ্টেম্বর)") and headings are copied from the quarter before.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from transforms.calendar_words import read_line
from transforms.dates import write_month
from transforms.fiscal_year import FiscalYear, fiscal_year_in, months_of_quarter, read_fiscal_year
from transforms.numerals import bengali_digits
from transforms.quarter import misnumbers_a_quarter, quarter_in, read_quarter
from transforms.reference import load_toml, remembered
from transforms.span import Span, read_span, spans_in

__all__ = [
    "FiscalYear",
    "PeriodReading",
    "PeriodStatement",
    "ReportingPeriod",
    "Source",
    "read_fiscal_year",
    "read_quarter",
    "read_reporting_period",
    "read_span",
    "write_period",
]

_Named = TypeVar("_Named", bound=Hashable)


@dataclass(frozen=True, slots=True, order=True)
class ReportingPeriod:
    """One quarter (1 to 4) of one fiscal year; `str` writes it `2024-25 Q2`."""

    fiscal_year: FiscalYear
    quarter: int

    def __str__(self) -> str:
        return f"{self.fiscal_year} Q{self.quarter}"


class Source(StrEnum):
    """By what a heading states its period."""

    ORDINAL = "ordinal"
    MONTHS = "months"
    FISCAL_YEAR = "fiscal year"


@dataclass(frozen=True, slots=True)
class PeriodStatement:
    """What one text states by one source; `fault` says in ASCII what about it cannot be believed."""

    text: str
    source: Source
    quarter: int | None = None
    fiscal_year: FiscalYear | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class PeriodReading:
    """The period that the texts of one report state.

    `period` is `None` where it cannot be known. `conflict` says in ASCII what disagrees, such as
    "ordinal says 3, months say 1", and is `None` where nothing does.
    """

    period: ReportingPeriod | None
    conflict: str | None
    statements: tuple[PeriodStatement, ...]


def read_reporting_period(texts: Iterable[str]) -> PeriodReading:
    """Read the period from all the texts of a report that may name it, its title first.

    Months give the quarter, with their year the fiscal year too; without months the ordinals and the fiscal
    years decide, where most of them agree. Of several quarters by months the one named most often is
    believed, then the one that more ordinals name, then the first. Longer spans (half a year, the year so
    far) tell the fiscal year alone, single months and dates nothing: letters carry their own.
    """
    statements = tuple(statement for text in texts for statement in _statements(text))
    quarter = _believed_quarter(statements)
    year = _believed_year(statements, quarter)
    period = ReportingPeriod(year, quarter) if year and quarter else None
    return PeriodReading(period, _conflict(statements), statements)


def write_period(period: ReportingPeriod) -> str:
    """Return a period in Bengali: ২০২৪-২৫ অর্থবছরের ২য় ত্রৈমাসিক (অক্টোবর-ডিসেম্বর ২০২৪)."""
    words = load_toml("calendar.toml")["written"]
    year = f"{period.fiscal_year} {words['fiscal_year']}"
    first, last = (write_month(month) for month in months_of_quarter(period.quarter))
    first_day, _ = period.fiscal_year.quarter_days(period.quarter)
    return bengali_digits(f"{year} {words['quarters'][period.quarter - 1]} ({first}-{last} {first_day.year})")


# --- what each text states ---------------------------------------------------------------------------


@remembered(4096)
def _statements(text: str) -> tuple[PeriodStatement, ...]:
    return tuple(_stated_in(text))


def _stated_in(text: str) -> Iterator[PeriodStatement]:
    line = read_line(text)
    quarter = quarter_in(line)
    if quarter.value is not None:
        yield PeriodStatement(text, Source.ORDINAL, quarter.value)
    elif misnumbers_a_quarter(line):
        yield PeriodStatement(text, Source.ORDINAL, fault="the number of the quarter is none of the four")
    for span in spans_in(line):
        if span.quarter or span.outlasts_a_month:
            yield _months_statement(text, span)
    year = fiscal_year_in(line)
    if year.value is not None:
        yield PeriodStatement(text, Source.FISCAL_YEAR, fiscal_year=year.value)
    elif year.flag == "fiscal_year_not_consecutive":
        yield PeriodStatement(
            text, Source.FISCAL_YEAR, fault="fiscal year does not end in the year after its start"
        )


def _months_statement(text: str, span: Span) -> PeriodStatement:
    """State the quarter that the months make, and the fiscal year where the span lies within one."""
    if span.days.value is None:
        fault = None if span.days.flag == "no_year" else "years of the months cannot be right"
        return PeriodStatement(text, Source.MONTHS, span.quarter, fault=fault)
    first, last = (FiscalYear.of(day) for day in span.days.value)
    if first == last:
        return PeriodStatement(text, Source.MONTHS, span.quarter, first)
    fault = "months of one quarter stand in two years" if span.quarter else None
    return PeriodStatement(text, Source.MONTHS, span.quarter, fault=fault)


# --- which statements are believed -------------------------------------------------------------------


def _believed_quarter(statements: Sequence[PeriodStatement]) -> int | None:
    by_months, by_ordinal = (
        Counter(said.quarter for said in statements if said.source is source and said.quarter)
        for source in (Source.MONTHS, Source.ORDINAL)
    )
    if by_months:
        return max(by_months, key=lambda quarter: (by_months[quarter], by_ordinal[quarter]))
    return _named_most(by_ordinal.elements())


def _believed_year(statements: Sequence[PeriodStatement], quarter: int | None) -> FiscalYear | None:
    said = [statement for statement in statements if statement.fiscal_year]
    of_its_months = Counter(
        statement.fiscal_year
        for statement in said
        if statement.source is Source.MONTHS and statement.quarter == quarter
    )
    if quarter and of_its_months:
        return max(of_its_months, key=lambda year: of_its_months[year])
    return _named_most(statement.fiscal_year for statement in said)


def _named_most(named: Iterable[_Named]) -> _Named | None:
    """Return what is named most often, `None` where two are named as often."""
    ranked = Counter(named).most_common(2)
    is_undecided = len(ranked) == 2 and ranked[0][1] == ranked[1][1]
    return ranked[0][0] if ranked and not is_undecided else None


# --- what disagrees ----------------------------------------------------------------------------------


def _conflict(statements: Sequence[PeriodStatement]) -> str | None:
    quarters = [(said.source, str(said.quarter)) for said in statements if said.quarter]
    years = [(said.source, str(said.fiscal_year)) for said in statements if said.fiscal_year]
    disagreements = [
        "" if _has_a_column_for_each_quarter(statements) else _disagreement(quarters),
        _disagreement(years),
        *dict.fromkeys(said.fault for said in statements if said.fault),
    ]
    return "; ".join(filter(None, disagreements)) or None


def _has_a_column_for_each_quarter(statements: Sequence[PeriodStatement]) -> bool:
    """Whether three quarters or more are named, each text agreeing with itself and one named above all."""
    said = [statement for statement in statements if statement.quarter]
    quarters = Counter(statement.quarter for statement in said)
    by_text = {(statement.text, statement.quarter) for statement in said}
    agrees_with_itself = len(by_text) == len({text for text, _ in by_text})
    return len(quarters) > 2 and agrees_with_itself and _named_most(quarters.elements()) is not None


def _disagreement(said: Sequence[tuple[Source, str]]) -> str:
    """Return who says what, empty where all say the same."""
    if len({value for _, value in said}) <= 1:
        return ""
    said_by = {source: dict.fromkeys(value for who, value in said if who is source) for source in Source}
    return ", ".join(
        f"{source} {'say' if source is Source.MONTHS else 'says'} {' and '.join(values)}"
        for source, values in said_by.items()
        if values
    )
