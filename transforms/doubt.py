"""A doubt: what a person must decide about one line of a drafted plan.

The sentences live in `reference/plan_draft.toml`, in Bengali and English, so that officials can reword them.
"""

from dataclasses import dataclass
from typing import Any

from transforms.bengali_text import canonical
from transforms.finding import in_bengali
from transforms.numerals import bengali_digits
from transforms.reference import load_toml


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question to a person, by its code in the catalogue."""

    code: str
    message_bn: str
    message_en: str


def doubt(code: str, *, indicator_code: str = "", **facts: Any) -> Doubt:
    """Return a doubt of the catalogue, its sentences filled in with facts; all of it stays on one line.

    Numbers, days, years and the indicator's code are in Bengali digits in the Bengali sentence. Raises
    `KeyError` where the catalogue has no such code, or a sentence names a fact that was not given.
    """
    entry = load_toml("plan_draft.toml")["doubts"][code]
    told = {name: _on_one_line(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    bengali = {name: in_bengali(fact) for name, fact in told.items()}
    return Doubt(
        code=code,
        message_bn=entry["bn"].format(indicator=bengali_digits(indicator_code), **bengali),
        message_en=entry["en"].format(indicator=indicator_code, **told),
    )


def _on_one_line(text: str) -> str:
    return " ".join(canonical(text).split())
