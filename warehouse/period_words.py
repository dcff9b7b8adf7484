"""A quarter in the words of letters, receipts and reminders."""

from transforms.dates import write_month
from transforms.fiscal_year import FiscalYear
from transforms.reference import load_toml


def period_words(fiscal_year: str, quarter: int) -> dict[str, str]:
    """Return what a sentence about a quarter (1 to 4) of a fiscal year (`2024-25`) fills in.

    These are `fiscal_year` (`2024-2025`), `quarter` (২য় ত্রৈমাসিক), `first_month`, `last_month`, and the
    `year` in which the quarter ends; figures stay in ASCII digits until the sentence is finished.
    """
    year = FiscalYear.parse(fiscal_year)
    first, last = year.quarter_days(quarter)
    return {
        "fiscal_year": f"{year.start}-{year.start + 1}",
        "quarter": load_toml("calendar.toml")["written"]["quarters"][quarter - 1],
        "first_month": write_month(first.month),
        "last_month": write_month(last.month),
        "year": str(last.year),
    }
