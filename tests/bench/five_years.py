"""Five years of the country in one warehouse: what its readers wait for, and what one more report costs.

Usage: python tests/bench/five_years.py HOME

HOME is a home into which one quarter of the country was ingested (`speed.py` makes such reports). Its rows
are repeated in SQL over five years, into a copy beside it; nothing in HOME is changed.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from warehouse.summary import divisional_matrix, summary_table

YEARS = tuple(f"{year}-{(year + 1) % 100:02}" for year in range(2020, 2025))
QUARTERS = (1, 2, 3, 4)
REPEATS = 7

# What people ask of the published warehouse: a quarter by division, a trend over all years, one office.
QUESTIONS = {
    "a quarter by division": """
        SELECT offices.division_id, indicator_code, state, count(*), sum(value), avg(value)
        FROM observations JOIN offices USING (office_id)
        WHERE observations.fiscal_year = '2023-24' AND quarter = 2
        GROUP BY ALL
    """,
    "five years by indicator": """
        SELECT fiscal_year, quarter, indicator_code, count(*), avg(value)
        FROM observations WHERE state = 'reported' GROUP BY ALL ORDER BY ALL
    """,
    "an office's history": """
        SELECT fiscal_year, quarter, indicator_code, state, value, value_date
        FROM observations WHERE office_id = 'o00500' ORDER BY ALL
    """,
}


def repeated(published: Path, copy: Path) -> int:
    """Write a copy in which the one quarter stands for every quarter of five years; return its rows."""
    copy.unlink(missing_ok=True)
    with duckdb.connect(str(copy)) as connection:
        connection.execute(f"ATTACH '{published}' AS one (READ_ONLY)")
        connection.execute("COPY FROM DATABASE one TO five_years")
        connection.execute("CREATE OR REPLACE TEMP TABLE kept AS FROM observations")
        connection.execute("DELETE FROM observations")
        for year in YEARS:
            for quarter in QUARTERS:
                connection.execute(
                    "INSERT INTO observations BY NAME SELECT * REPLACE "
                    f"('{year}' AS fiscal_year, {quarter} AS quarter) FROM kept"
                )
        [(count,)] = connection.execute("SELECT count(*) FROM observations").fetchall()
    return int(count)


def median_milliseconds(ask: Callable[[], object]) -> float:
    """Ask a question several times over one open connection; the first answer warms the cache."""
    ask()
    spent = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        ask()
        spent.append(1000 * (time.perf_counter() - begun))
    return statistics.median(spent)


def main(home: Path) -> None:
    """Print the medians."""
    published = home / "published/warehouse.duckdb"
    copy = home / "published/five_years.duckdb"
    print(f"{repeated(published, copy):,} observations, medians of {REPEATS}")
    with duckdb.connect(str(copy), read_only=True) as connection:
        for name, question in QUESTIONS.items():
            spent = median_milliseconds(lambda asked=question: connection.execute(asked).fetchall())
            print(f"  {name:<26} {spent:8.1f} ms")
        ours: dict[str, Callable[[], object]] = {
            "divisional summary": lambda: summary_table(connection, "2024-25", 2, "khulna"),
            "matrix of one division": lambda: divisional_matrix(
                connection, "2024-25", 2, "khulna", "egov-2024-25"
            ),
        }
        for name, ask in ours.items():
            print(f"  {name:<26} {median_milliseconds(ask):8.1f} ms")
    copy.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
