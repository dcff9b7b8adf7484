"""Hunt mutants of the score: `python -m tests.mutants.score_hunt --seed 2026`.

Some hundred reports of random answers are loaded once. Then each file of the SQL of scores and summaries is
changed in one place at a time, everything is settled anew, and the figures are compared with those before,
which `tests/warehouse/test_recomputed.py` holds against plain Python. Prints the mutants that changed no
figure; docs/mutation.md judges each.
"""

import argparse
import random
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from tests.conftest import REPOSITORY
from tests.mutants.sql_mutants import SqlMutant, sql_mutants_of
from tests.warehouse.ladders import COUNTS, DECEMBER, HUNDREDS, LESS_IS_BETTER, TIGHT
from tests.warehouse.reports import egov, office_report, submission
from tests.warehouse.test_recomputed import FIRST_DAY, STATES
from transforms.office import all_offices
from warehouse import statements
from warehouse.connection import open_writer
from warehouse.load import load
from warehouse.scoring import SCORING, SUMMARIES
from warehouse.settling import settle_everything

LADDERS = (
    *(HUNDREDS, COUNTS, TIGHT, LESS_IS_BETTER),
    {**COUNTS, 60: 0},
    {100: 3},
    {100: 0},
    {100: 1, 90: 0.5},
    {90: 3, 80: 2},
    {100: 2, 90: 4, 80: 1},
)
PATIENCE_SECONDS = 30  # to settle takes one; a join that has lost its condition would take for ever
FIGURES = ("scores", "office_scores", "division_scores", "divisional_summary", "national_summary")


def scenario(chance: random.Random, offices: int) -> Iterator[tuple[object, object]]:
    """Yield what many offices send in some quarters, with each kind of answer on each kind of ladder."""
    indicators = egov("2024-25").indicators
    for office in chance.sample([office.office_id for office in all_offices()], offices):
        ladders = {one.code: _ladder(chance, one.unit) for one in indicators if chance.random() < 0.6}
        for quarter in chance.sample((1, 2, 3, 4), chance.randint(1, 4)):
            answers = {one.code: _answer(chance, one.unit) for one in indicators if chance.random() < 0.9}
            own = {code: ladder for code, ladder in ladders.items() if code in answers}
            sent = submission(f"{office} {quarter}")
            yield sent, office_report(sent, answers, office=office, quarter=quarter, bands=own)


def _ladder(chance: random.Random, unit: str) -> dict[int, object]:
    if unit != "date":
        return dict(chance.choice(LADDERS))
    return dict(chance.sample([*DECEMBER.items()], chance.choice((1, 3, 5, 5))))


def _answer(chance: random.Random, unit: str) -> object:
    match chance.randrange(5):
        case 0:
            return chance.choice(STATES)
        case 1:
            return {"state": "achieved", "achieved_quarter": chance.randint(1, 4)}
    if unit == "date":
        return chance.choice([*DECEMBER.values(), FIRST_DAY.replace(day=chance.randint(1, 30))])
    targets = [float(target) for ladder in LADDERS for target in ladder.values()]
    return chance.choice([*targets, 0.0, chance.randint(0, 12_000) / 100, chance.randint(0, 4)])


def survivors(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[SqlMutant]:
    """Yield the mutants of a statement that change no figure."""
    before = _settled(connection)
    as_it_is = statements.sql
    for mutant in sql_mutants_of(
        (REPOSITORY / "warehouse" / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    ):
        statements.sql = lambda asked, text=mutant.text: text if asked == name else as_it_is(asked)
        patience = threading.Timer(PATIENCE_SECONDS, connection.interrupt)
        patience.start()
        try:
            if _settled(connection) == before:
                yield mutant
        except duckdb.Error:
            continue  # a statement that cannot be run, or not to its end, is noticed at once
        finally:
            patience.cancel()
            statements.sql = as_it_is


def _settled(connection: duckdb.DuckDBPyConnection) -> list[list[tuple[object, ...]]]:
    """Return all figures, settled anew, and leave the warehouse as it was."""
    connection.execute("BEGIN")
    try:
        settle_everything(connection)
        return [connection.execute(f"FROM {table} ORDER BY ALL").fetchall() for table in FIGURES]
    finally:
        connection.execute("ROLLBACK")


def main(say: Callable[[str], object] = print) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--offices", type=int, default=40, help="Fewer of them are settled sooner.")
    parser.add_argument("--only", nargs="*", default=[*SCORING, *SUMMARIES])
    chosen = parser.parse_args()
    sent = [*scenario(random.Random(chosen.seed), chosen.offices)]
    with tempfile.TemporaryDirectory() as folder, open_writer(Path(folder, "w.duckdb")) as connection:
        load(connection, [one for one, _ in sent], [report for _, report in sent])
        say(f"{len(sent)} reports")
        for name in chosen.only:
            path = REPOSITORY / "warehouse" / "sql" / "summary" / f"{name}.sql"
            number = sum(1 for _ in sql_mutants_of(path.read_text(encoding="utf-8")))
            alive = [*survivors(connection, f"summary/{name}")]
            say(f"{name}: {number} mutants, {len(alive)} survived")
            for mutant in alive:
                say(f"  line {mutant.line}: {mutant.was}\n        -> {mutant.became}")


if __name__ == "__main__":
    main()
