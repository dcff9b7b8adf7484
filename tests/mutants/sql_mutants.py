"""Mutants of an SQL file: one comparison, operator, constant or word of it changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"--[^\n]*")
_CHANGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"<=", ("<",)),
    (r">=", (">",)),
    (r"<>", ("=",)),
    (r"(?<![<>=])<(?![=>])", ("<=",)),
    (r"(?<![<>=-])>(?!=)", (">=",)),
    (r"(?<![<>=!])=(?!=)", ("<>",)),
    (r"(?<=\s)\+(?=\s)", ("-",)),
    (r"(?<=\s)-(?=\s)", ("+",)),
    (r"(?<=[\w)]\s)\*(?=\s[\w(])", ("/",)),
    (r"(?<=\s)/(?=\s)", ("*",)),
    (r"\bAND\b", ("OR",)),
    (r"\bOR\b(?! REPLACE)", ("AND",)),
    (r"\bNOT IN\b", ("IN",)),
    (r"\bIS NOT NULL\b", ("IS NULL",)),
    (r"\bIS NULL\b", ("IS NOT NULL",)),
    (r"\bDESC\b", ("ASC",)),
    (r"\bmin\(", ("max(",)),
    (r"\bmax\(", ("min(",)),
    (r"\barg_max\(", ("arg_min(",)),
    (r"\barg_min\(", ("arg_max(",)),
    (r"\bbool_or\(", ("bool_and(",)),
    (r"\bbool_and\(", ("bool_or(",)),
    (r"\bavg\(", ("sum(",)),
    (r"\bsum\(", ("avg(",)),
    (r"\bANTI JOIN\b", ("SEMI JOIN",)),
    (r"\bSEMI JOIN\b", ("ANTI JOIN",)),
    (r"(?<![\w'.-])\d+\b(?!-)", ("({} + 1)",)),
)


@dataclass(frozen=True)
class SqlMutant:
    """A changed text: where, and from what to what."""

    line: int
    was: str
    became: str
    text: str


def sql_mutants_of(text: str) -> Iterator[SqlMutant]:
    """Yield every mutant of a text; comments are left alone, and so is what stands in quotes."""
    left_alone = [match.span() for match in re.finditer(rf"{_COMMENT.pattern}|'[^']*'", text)]
    for pattern, changes in _CHANGES:
        for match in re.finditer(pattern, text):
            if any(start <= match.start() < end for start, end in left_alone):
                continue
            for change in changes:
                became = change.format(match.group())
                changed = text[: match.start()] + became + text[match.end() :]
                line = text.count("\n", 0, match.start())
                was, now = (one.splitlines()[line].strip() for one in (text, changed))
                yield SqlMutant(line + 1, was, now, changed)
