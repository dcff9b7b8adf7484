"""An annex: one part of the performance agreement, such as integrity, with a plan of its own in each year.

What an annex is called and how many marks it counts for, its latest plan says; for annexes that have no plan
here yet, `reference/annexes.toml` does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from transforms.match_key import match_key
from transforms.plan import Plan, all_plans
from transforms.reference import load_toml, replacement_folder


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex. Its weights add to `marks`, which count as `weighted_marks` of the whole agreement.

    `title_phrases` are the spellings, of any year, by which titles name it.
    """

    annex_id: str
    name_bn: str
    name_en: str
    title_phrases: tuple[str, ...]
    marks: float
    weighted_marks: float


def all_annexes() -> dict[str, Annex]:
    """Return every annex that is known, by its id; those without a plan last."""
    return _annexes_in(replacement_folder())


def annexes_named(texts: Iterable[str]) -> tuple[Annex, ...]:
    """Return the annexes that a report's title lines name, in whatever year's spelling."""
    key = " ".join(match_key(text) for text in texts)
    annexes, keys_of = all_annexes(), _keys_in(replacement_folder())
    return tuple(annex for annex in annexes.values() if any(one in key for one in keys_of[annex.annex_id]))


def annex_named(texts: Iterable[str]) -> str | None:
    """Return the id of the one annex that title lines name; `None` where they name none, or several."""
    named = annexes_named(texts)
    return named[0].annex_id if len(named) == 1 else None


@cache
def _annexes_in(folder: str) -> dict[str, Annex]:
    """Gather the annexes once per reference folder; `folder` is what the cache is keyed by."""
    planned: dict[str, Annex] = {}
    for plan in sorted(all_plans(), key=lambda plan: plan.fiscal_year):
        before = planned[plan.annex].title_phrases if plan.annex in planned else ()
        planned[plan.annex] = _annex_of(plan, before)
    unplanned = {
        annex_id: Annex(annex_id, **entry | {"title_phrases": tuple(entry["title_phrases"])})
        for annex_id, entry in load_toml("annexes.toml").items()
    }
    return planned | {annex_id: annex for annex_id, annex in unplanned.items() if annex_id not in planned}


@cache
def _keys_in(folder: str) -> dict[str, tuple[str, ...]]:
    """Key what titles call each annex, by its id, once per reference folder."""
    annexes = _annexes_in(folder).values()
    return {annex.annex_id: tuple(map(match_key, annex.title_phrases)) for annex in annexes}


def _annex_of(plan: Plan, phrases_before: tuple[str, ...]) -> Annex:
    return Annex(
        annex_id=plan.annex,
        name_bn=plan.name_bn,
        name_en=plan.name_en,
        title_phrases=tuple(dict.fromkeys((*phrases_before, *plan.title_phrases))),
        marks=plan.marks,
        weighted_marks=plan.weighted_marks,
    )
