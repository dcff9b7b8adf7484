"""One round of an accident: what it happened to, what came of it at once, and what was wrong already."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.installation import Installation


@dataclass
class Round:
    """An installation after an accident, and what came of it in a few words.

    `model` is the undisturbed one to which the same came, where that is not what usually comes. Where a
    report was received by a false clock, there is none (`is_comparable`): it came when that clock said.
    """

    installation: Installation
    outcome: str
    failures: list[str] = field(default_factory=list)
    model: Installation | None = None
    is_comparable: bool = True


Accident = Callable[[Path, Random], AbstractContextManager[Round]]
