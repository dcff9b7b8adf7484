"""The shared test vectors: texts as offices type them, and what each is to be read as."""

import csv
import re
from pathlib import Path
from typing import NamedTuple

_LETTER = re.compile(r"\\u([0-9A-Fa-f]{4})")


class Vector(NamedTuple):
    """One case: `written` is to be read as `wanted`, by whatever reads texts of its category."""

    name: str
    category: str
    written: str
    wanted: str


def vectors_of(shared: Path, *categories: str) -> list[Vector]:
    r"""The cases whose category begins with one of these; \uXXXX in the file stands for a letter."""
    with (shared / "domain" / "vectors.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    cases = [
        Vector(row["id"], row["category"], _letters(row["input"]), _letters(row["wanted"]))
        for row in rows
        if row["category"].startswith(categories)
    ]
    assert cases, f"no vector is of {categories}"
    return cases


def _letters(text: str) -> str:
    return _LETTER.sub(lambda code: chr(int(code[1], 16)), text)
