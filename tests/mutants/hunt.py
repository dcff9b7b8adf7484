"""Hunt mutants: `python -m tests.mutants.hunt transforms/span.py --sample 60 --seed 2026`.

Changes one thing at a time in a module that reads values, or in the SQL of the score (warehouse/sql/summary),
and runs the tests of that file on it, in a process of its own that is forked from one which has everything
else imported. Prints the mutants that no test noticed; docs/mutation.md judges each.
"""

import argparse
import importlib
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Container, Iterator, Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

from tests.conftest import REPOSITORY
from tests.mutants.python_mutants import Mutant, mutants_of
from tests.mutants.sql_mutants import SqlMutant, sql_mutants_of

PATIENCE_SECONDS = 240
NOTICED, SURVIVED, FOR_EVER = "noticed", "survived", "noticed: without end"
# Beside the tests of the module's own name, what else is there to notice a change.
ALSO = {
    "transforms/numerals.py": ["tests/transforms/test_achievement.py"],
    "transforms/dates.py": ["tests/transforms/test_achievement.py"],
    "transforms/phrase.py": ["tests/transforms/test_remark.py", "tests/transforms/test_achievement.py"],
    "transforms/remark.py": ["tests/transforms/test_achievement.py"],
    "transforms/calendar_words.py": ["tests/transforms/test_dates.py"],
    "transforms/span.py": ["tests/transforms/test_reporting_period.py"],
}
OF_THE_SCORE = [
    "tests/warehouse/test_recomputed.py",  # the first, since it notices most
    "tests/warehouse/test_ladder.py",
    "tests/warehouse/test_year_to_date.py",
    "tests/warehouse/test_office_scores.py",
    "tests/warehouse/test_divisional_summary.py",
]
IMPORTED_BEFORE = ("pytest", "hypothesis", "duckdb", "pandas", "pandera.pandas", "_pytest.assertion.rewrite")


def hunt(
    name: str, sample: int, seed: int, lines: Container[int], say: Callable[[str], object]
) -> list[Mutant | SqlMutant]:
    """Try so many mutants of a file, or of some of its lines, and return those that survived."""
    source = (REPOSITORY / name).read_text(encoding="utf-8")
    everything = [*(sql_mutants_of(source) if name.endswith(".sql") else mutants_of(source))]
    everything = [mutant for mutant in everything if mutant.line in lines] if lines else everything
    chosen = random.Random(seed).sample(everything, min(sample, len(everything)))
    survivors = []
    for number, mutant in enumerate(chosen, 1):
        fate = fate_of(name, mutant)
        say(f"{name} {number}/{len(chosen)} of {len(everything)}: line {mutant.line}: {fate}")
        if fate == SURVIVED:
            survivors.append(mutant)
    return survivors


def fate_of(name: str, mutant: Mutant | SqlMutant | None) -> str:
    """Run the tests of a file on a mutant of it, or on itself (`None`), in a process of its own."""
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        os._exit(_tests_of(name, mutant))
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return NOTICED if status else SURVIVED
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return FOR_EVER


def _tests_of(name: str, mutant: Mutant | SqlMutant | None) -> int:
    import pytest

    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = tempfile.mkdtemp(prefix="protibedon-mutants-")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # a third of the time of a mutant, for nothing
    if isinstance(mutant, Mutant):
        _import_instead(name.removesuffix(".py").replace("/", "."), compile(mutant.tree, name, "exec"))
    elif mutant:
        _say_instead(name.removeprefix("warehouse/sql/").removesuffix(".sql"), mutant.text)
    return int(
        pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--import-mode=importlib", *tests_of(name)])
    )


def tests_of(name: str) -> Sequence[str]:
    if name.endswith(".sql"):
        return OF_THE_SCORE
    return [f"tests/transforms/test_{Path(name).stem}.py", *ALSO.get(name, [])]


def _import_instead(module: str, code: CodeType) -> None:
    as_it_is = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, fullname: str) -> CodeType | None:
        return code if fullname == module else as_it_is(loader, fullname)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


def _say_instead(statement: str, text: str) -> None:
    from warehouse import statements

    as_it_is = statements.sql

    def sql(name: str) -> str:
        return text if name == statement else as_it_is(name)

    statements.sql = sql


def main(say: Callable[[str], object] = print) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--sample", type=int, default=40, help="Mutants of each file.")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--lines", type=int, nargs="+", default=(), help="Only mutants of these lines.")
    chosen = parser.parse_args()
    for module in IMPORTED_BEFORE:
        importlib.import_module(module)
    for name in chosen.files:
        if fate_of(name, None) != SURVIVED:
            sys.exit(f"the tests of {name} fail without any mutant")
        survivors = hunt(name, chosen.sample, chosen.seed, chosen.lines, lambda line: say(line))
        say(f"{name}: {len(survivors)} survived")
        say("\n".join(_lines(survivors)))


def _lines(survivors: Sequence[Mutant | SqlMutant]) -> Iterator[str]:
    for mutant in survivors:
        yield f"  line {mutant.line}: {mutant.was}"
        yield f"        -> {mutant.became}"


if __name__ == "__main__":
    main()
