"""A person as they stand in what is kept: a mail address, and other words that mean them."""

import re
import string
from dataclasses import dataclass
from functools import cache

ERASED = "[erased]"

# Prefect's pages hold an office's words with a backslash before each mark (`flows/run_report.py`), and keep
# them as JSON once or twice, which doubles every backslash and writes a line end as one and a letter.
_BEFORE_A_MARK = r"\\*"
_BEGINS = r"(?:(?<![\w.+%-])|(?<=\\[nrt]))"


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a question or an erasure is about.

    `address` is folded (`transforms.correspondent.folded`). `also` are other words as they may be written,
    such as a telephone number or a name.
    """

    address: str
    also: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All that is looked for."""
        return (self.address, *self.also)

    def is_named_in(self, text: str) -> bool:
        """Whether a text names the person: the address by itself, or any of the other words anywhere."""
        folded = text.casefold()
        return bool(self._address.search(text)) or any(word.casefold() in folded for word in self.also)

    def has_address_in(self, content: bytes) -> bool:
        """Whether bytes hold the address in the letters of ASCII or UTF-8."""
        return bool(self._address.search(content.decode("utf-8", "replace")))

    def taken_out_of(self, text: str) -> str:
        """Return a text with the address taken out wherever it stands; a longer address is another's."""
        return self._address.sub(ERASED, text)

    @property
    def _address(self) -> re.Pattern[str]:
        return _alone(self.address)


@cache
def _alone(address: str) -> re.Pattern[str]:
    """Return what finds an address in a text, and no other that merely begins or ends with its letters.

    `x@example.org.bd` is another address than `x@example.org`; `x@example.org.docx` is the name of a file.
    """
    letters = (
        f"{_BEFORE_A_MARK}{re.escape(letter)}" if letter in string.punctuation else re.escape(letter)
        for letter in address
    )
    goes_on = rf"\w|-\w|{_BEFORE_A_MARK}\.[a-z]{{2}}\b"
    return re.compile(rf"{_BEGINS}{''.join(letters)}(?!{goes_on})", re.IGNORECASE)
