"""What a stranger wrote, as it may be shown: on one line, and without marks that play tricks on a reader.

A file's name may hold codes that a terminal obeys, line ends that make one line look like two, and marks that
turn text round, so that `exe.docx` is shown for what ends in `xcod.exe`. The joiners stay, since Bengali is
written with them.
"""

from unicodedata import category

_CONTROLS, _HALVES, _LINE_ENDS = "Cc", "Cs", ("Zl", "Zp")
TURN_TEXT_ROUND = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PICTURES_OF_CONTROLS = 0x2400  # ␛ stands there for the code of the escape key
_IN_PLACE = "\N{REPLACEMENT CHARACTER}"


def shown(text: str) -> str:
    """Return a text with a sign in place of each control code, line end and mark that turns it round."""
    return text if text.isascii() and text.isprintable() else "".join(map(_shown, text))


def shown_lines(text: str) -> str:
    """Return a text of several lines, each as `shown` would have it; a tab is a blank."""
    return "\n".join(shown(line.replace("\t", " ")) for line in text.replace("\r\n", "\n").split("\n"))


def _shown(letter: str) -> str:
    kind = category(letter)
    if kind == _CONTROLS and letter < " ":
        return chr(_PICTURES_OF_CONTROLS + ord(letter))
    if kind in (_CONTROLS, _HALVES, *_LINE_ENDS) or letter in TURN_TEXT_ROUND:
        return _IN_PLACE
    return letter
