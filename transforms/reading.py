"""A reading: what a text was understood to say, or why it was refused."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """One text as a value: a value, nothing there (both `None`), or refused (`None` with a flag).

    A reading may carry both a value and a flag: the value stands, and the flag says what a person
    should look at (`mixed_digits`, `outside_fiscal_year`).
    """

    value: T | None = None
    flag: str | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether the text held nothing to read: blank, or a bare dash."""
        return self.value is None and self.flag is None

    @property
    def is_refused(self) -> bool:
        """Whether something stands there that must not be guessed at."""
        return self.value is None and self.flag is not None
