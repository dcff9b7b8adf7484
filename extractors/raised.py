"""Digits set above or below the line: marks of footnotes, powers, parts of a fraction.

On paper nobody reads `১` with a small `২` over the line as twelve. Text has only one line, so such digits are
written as the small ones of Unicode, which no reader of figures takes for a digit of the figure beside them.
"""

_RAISED = str.maketrans("০১২৩৪৫৬৭৮৯0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2)


def raised(text: str) -> str:
    """Return the text with its digits as small ones; one that holds letters (the ৩য় of a title) as it is."""
    return text if any(map(str.isalpha, text)) else text.translate(_RAISED)
