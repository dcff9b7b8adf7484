"""A plan line: one line of a plan file, with what a person must decide about it beside it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from transforms.doubt import Doubt

Value = str | float | date | tuple[str, ...] | Mapping[int, float | date]
Held = TypeVar("Held", bound=Value, covariant=True)


@dataclass(frozen=True, slots=True)
class PlanLine(Generic[Held]):
    """One key of a plan file, its value, and the doubts about it."""

    key: str
    value: Held
    doubts: tuple[Doubt, ...] = ()

    def __str__(self) -> str:
        """Write the line as TOML; a comment on the very same line says what to decide, in Bengali first."""
        line = f"{self.key} = {_written(self.value)}"
        if not self.doubts:
            return line
        bengali = " ".join(doubt.message_bn for doubt in self.doubts)
        english = " ".join(doubt.message_en for doubt in self.doubts)
        return f"{line} # DECIDE: {bengali} / {english}"


def _written(value: Value) -> str:
    """Write a value as TOML; whatever JSON quotes, TOML quotes the same way."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{band} = {_written(target)}' for band, target in value.items())} }}"
    return str(int(value)) if value == int(value) else repr(value)
