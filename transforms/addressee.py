"""An addressee: the office that a letter is to, or copied to, and so not the one that reports.

বরাবর, the title of a person, the office and its place stand in one line or in several; a list of copies
begins with অনুলিপি and is numbered. The line সূত্র names a letter of such an office, which this one answers.
"""

import re
from collections.abc import Sequence

from transforms.bengali_text import canonical
from transforms.match_key import match_key
from transforms.office import names_a_library, names_a_place, names_a_superior
from transforms.reference import load_toml

LONGEST_ADDRESS = 5  # lines: বরাবর, a person's title, two of the office, its place
LONGEST_LIST = 30  # lines: অনুলিপি, and who gets one
_BETWEEN_WORDS = re.compile(r"[\s,:;।–—-]+")
_NUMBERED = re.compile(r"\W*\d+\W")


def length_of_address(lines: Sequence[str]) -> int:
    """Count the lines, from the first on, that say whom a letter is to; 0 where they begin otherwise.

    No more than `LONGEST_LIST` lines are looked at.
    """
    words = load_toml("office_words.toml")
    first_word = match_key(_BETWEEN_WORDS.split(canonical(lines[0]), maxsplit=1)[0])
    if first_word in map(match_key, words["copied"]):
        listed = lines[:LONGEST_LIST]
        others = (place for place, line in enumerate(listed[1:], 1) if not _NUMBERED.match(line))
        return next(others, len(listed))
    if first_word in map(match_key, words["answered"]):
        return 1
    return _to_the_office(lines) if first_word in map(match_key, words["addressed"]) else 0


def _to_the_office(lines: Sequence[str]) -> int:
    """Count the lines down to the one that names an office, and its place where that stands by itself."""
    for length, line in enumerate(lines[:LONGEST_ADDRESS], 1):
        if names_a_library(line):
            return length if names_a_place(line) else min(length + 1, len(lines))
        if names_a_superior(line):
            return length
    return 1
