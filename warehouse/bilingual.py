"""Words in both languages: Bengali for the offices, English for whoever reads over their shoulder."""

from collections.abc import Mapping
from dataclasses import dataclass

from transforms.numerals import bengali_digits


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in Bengali (`bn`) and in English (`en`)."""

    bn: str
    en: str


def bilingual(entry: Mapping[str, str], **facts: object) -> Bilingual:
    """Return an entry of a reference file (`{ bn = "…", en = "…" }`), its braces filled in with `facts`.

    Figures come out in the digits of the language; a `Bilingual` fact gives each sentence its own words.
    Raises `KeyError` where a sentence names a fact that was not given.
    """
    in_bengali = {name: _in_bengali(fact) for name, fact in facts.items()}
    in_english = {name: fact.en if isinstance(fact, Bilingual) else fact for name, fact in facts.items()}
    return Bilingual(entry["bn"].format(**in_bengali), entry["en"].format(**in_english))


def _in_bengali(fact: object) -> str:
    return fact.bn if isinstance(fact, Bilingual) else bengali_digits(str(fact))
