"""What a stranger wrote, as it may be shown: on one line, and without marks that play tricks on a reader.

A file's name may hold codes that a terminal obeys, line ends that make one line look like two, and marks that
turn text round, so that `exe.docx` is shown for what ends in `xcod.exe`. The joiners stay, since Bengali is
written with them.
"""

import re

# Control codes, line ends, halves of letters, and what turns text round.
_TURNING_ROUND = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_TRICKS = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{_TURNING_ROUND}]")
_PICTURES_OF_CONTROLS = 0x2400  # ␛ stands there for the code of the escape key
_IN_PLACE = "\N{REPLACEMENT CHARACTER}"


def shown(text: str) -> str:
    """Return a text with a sign in place of each control code, line end and mark that turns it round."""
    return _TRICKS.sub(_sign_in_place, text)


def shown_lines(text: str) -> str:
    """Return a text of several lines, each as `shown` would have it; a tab is a blank."""
    return "\n".join(shown(line.replace("\t", " ")) for line in text.replace("\r\n", "\n").split("\n"))


def plays_tricks(letter: str) -> bool:
    """Whether a sign is shown in place of a letter."""
    return bool(_TRICKS.match(letter))


def _sign_in_place(trick: re.Match[str]) -> str:
    letter = trick[0]
    return chr(_PICTURES_OF_CONTROLS + ord(letter)) if letter < " " else _IN_PLACE
