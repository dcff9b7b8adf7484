"""An office: one library of the registry, and how the words of a report name it.

A name is matched whole, after folding and after office words are taken away; a near miss is a suggestion to
a person, never a match (নবীগঞ্জ, an upazila, is one syllable from হবিগঞ্জ, a district).
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from transforms.bengali_text import canonical
from transforms.match_key import match_key
from transforms.office_name import OfficeName, name_endings, take_apart
from transforms.reference import ReferenceMistake, load_csv, load_toml, replacement_folder

OFFICES_CLOCK = ZoneInfo("Asia/Dhaka")  # by which a day begins, and a report is late
REGISTRY = "offices.csv"
_NEEDED = ("office_id", "name_bn", "name_en", "level", "district_id", "division_id")
PRINCIPAL_LEVELS = ("national", "divisional", "district")
LEVELS = (*PRINCIPAL_LEVELS, "upazila", "branch")
_NET_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+")  # publiclibrary.example.org is no name


@dataclass(frozen=True, slots=True)
class Office:
    """One library. `level` is national, divisional, district, upazila or branch; the dates bound its life."""

    office_id: str
    name_bn: str
    name_en: str
    level: str
    district_id: str
    division_id: str
    active_from: date | None
    active_to: date | None

    def is_active_on(self, day: date) -> bool:
        """Whether the office is expected to report on a day."""
        has_begun = self.active_from is None or self.active_from <= day
        return has_begun and (self.active_to is None or day <= self.active_to)


@dataclass(frozen=True, slots=True)
class Division:
    """One administrative division, by the id that its offices carry."""

    division_id: str
    name_bn: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A registered office whose name is near an unknown one; `likeness` runs from 0 to 100."""

    office: Office
    likeness: float


@dataclass(frozen=True, slots=True)
class AliasTrial:
    """What a new alias would do: the office that it would mean, and the known names that it would mislead."""

    means: Office | None
    misleads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Registry:
    by_id: dict[str, Office]
    by_place: dict[str, tuple[Office, ...]]
    endings: tuple[str, ...]

    def offices_at(self, place: str) -> tuple[Office, ...]:
        """Return the offices of a place, whose key may carry an ending of the sentence it stands in."""
        stems = (place.removesuffix(ending) for ending in ("", *self.endings))
        return next((self.by_place[stem] for stem in stems if stem in self.by_place), ())


def all_offices() -> tuple[Office, ...]:
    """Return every office of the registry, past ones included."""
    return tuple(_offices(replacement_folder()).values())


def office_of(office_id: str) -> Office:
    """Return a registered office; raises `KeyError` for an id that the registry does not hold."""
    return _offices(replacement_folder())[office_id]


def all_divisions() -> tuple[Division, ...]:
    """Return the divisions of the country."""
    return tuple(Division(**row) for row in load_csv("divisions.csv"))


def division_of(division_id: str) -> Division:
    """Return a division by its id; raises `KeyError` for an unknown one."""
    return {division.division_id: division for division in all_divisions()}[division_id]


def expected_offices(division_id: str, day: date) -> tuple[Office, ...]:
    """Return the offices of a division that are expected to report on a day."""
    return tuple(
        office for office in all_offices() if office.division_id == division_id and office.is_active_on(day)
    )


def find_office(name: str) -> Office | None:
    """Return the one office that a name means; `None` where it means none, or could mean several.

    The place decides; the words বিভাগীয়, জেলা, উপজেলা, শাখা tell the offices of one place apart. Every place
    in the name must be known: an unknown upazila in a known district is not the district's library.
    """
    return _find_office(name, replacement_folder())


def try_alias(alias: str, office_id: str) -> AliasTrial:
    """Return what it would do to call a registered office by one more name; changes nothing.

    A name that holds a place of another office ("খুলনা, নতুনপুর") would take that office's own name away.
    """
    registry = _registry(replacement_folder())
    names = _names(registry.by_id.values())
    extended = _registry_of(registry.by_id, [*names, (alias, office_id)])
    misled = (name for name, _ in names if _meant(name, extended) != _meant(name, registry))
    return AliasTrial(_meant(alias, extended), tuple(dict.fromkeys(misled)))


def names_a_library(line: str) -> bool:
    """Whether a heading or signature line names a library, and not the directorate or the ministry."""
    words = load_toml("office_words.toml")
    key = match_key(_NET_ADDRESS.sub(" ", line))
    for librarian in words["librarian"]:  # whose title holds the word for a library
        key = key.replace(match_key(librarian), "")
    return _holds_any(key, words["library"]) and not _holds_any(key, words["superior"])


def names_a_superior(line: str) -> bool:
    """Whether a line names the directorate or the ministry."""
    return _holds_any(match_key(line), load_toml("office_words.toml")["superior"])


def names_a_place(line: str) -> bool:
    """Whether a line holds more than the words for an office: `জেলা সরকারি গণগ্রন্থাগার` names no place."""
    return bool(take_apart(line).places)


def names_the_divisional_library(name: str) -> bool:
    """Whether words name a divisional library, and leave open of which division: বিভাগীয় সরকারি গণগ্রন্থাগার."""
    parts = take_apart(name)
    return parts.levels == {"divisional"} and not parts.places


def find_division(text: str) -> Division | None:
    """Return the one division that a title names, as in "চট্টগ্রাম বিভাগসহ অধীনস্থ"; `None` otherwise."""
    key = match_key(text)
    named = [division for division in all_divisions() if match_key(f"{division.name_bn} বিভাগ") in key]
    return named[0] if len(named) == 1 else None


def names_a_division(name: str) -> bool:
    """Whether words are the name of a division as a whole: খুলনা বিভাগ, বিভাগ: খুলনা, Khulna Division."""
    return match_key(name) in _division_keys(replacement_folder())


def suggest_offices(name: str, *, count: int = 3) -> tuple[Suggestion, ...]:
    """Return the registered offices nearest to an unknown name, best first, for a person to choose from."""
    registry = _registry(replacement_folder())
    likeness_of: defaultdict[str, float] = defaultdict(float)
    for place in take_apart(name).places:
        # All of them: several spellings of one office must not crowd out the next one.
        nearest = process.extract(place, list(registry.by_place), scorer=fuzz.ratio, limit=None)
        for known_place, likeness, _ in nearest:
            for office in registry.by_place[known_place]:
                likeness_of[office.office_id] = max(likeness, likeness_of[office.office_id])
    best = sorted(likeness_of.items(), key=lambda entry: (-entry[1], entry[0]))[:count]
    return tuple(Suggestion(registry.by_id[office_id], round(likeness, 1)) for office_id, likeness in best)


@cache
def _division_keys(_folder: str) -> frozenset[str]:
    ways = load_toml("office_words.toml")["division_as_a_whole"]
    named = [division.name_bn for division in all_divisions()] + [one.name_en for one in all_divisions()]
    return frozenset(match_key(way.format(name=name)) for way in ways for name in named)


@cache
def _find_office(name: str, folder: str) -> Office | None:
    return _meant(name, _registry(folder))


def _meant(name: str, registry: _Registry) -> Office | None:
    parts = take_apart(name)
    places = [registry.offices_at(place) for place in parts.places]
    if _is_one_of_its_city(parts, places):
        places = [offices for offices in places if offices]
    if not places or not all(places):
        return None
    within = [office for place in places if not any(map(_is_principal, place)) for office in place]
    candidates = [office for place in places for office in place]
    districts = {office.district_id for office in candidates if _is_principal(office)}
    if within and districts:  # a smaller place, and the district it lies in
        candidates = [office for office in within if office.district_id in districts]
    meant = {office.office_id: office for office in _at_the_level_named(candidates, parts.levels)}
    return next(iter(meant.values())) if len(meant) == 1 else None


def _is_one_of_its_city(parts: OfficeName, offices_at: Sequence[Sequence[Office]]) -> bool:
    """Whether a divisional or the national library is named: its city alone tells, whatever its road is.

    `offices_at` are the offices of each place of the name.
    """
    known = [offices for offices in offices_at if offices]
    unknown = {place for place, offices in zip(parts.places, offices_at, strict=True) if not offices}
    is_known = all(any(office.level in parts.levels for office in offices) for offices in known)
    return bool(known) and is_known and parts.levels <= {"national", "divisional"} and unknown <= parts.beside


def _at_the_level_named(candidates: Sequence[Office], levels: Collection[str]) -> Sequence[Office]:
    """Keep the offices of a place that the level words allow, the most specific word deciding.

    A district's principal library is found under any of the three principal words, since offices mix them;
    without a word a place means its principal library, or the smaller one where it has no other.
    """
    for level in ("branch", "upazila"):
        if level in levels:
            return [office for office in candidates if office.level == level]
    principal = [office for office in candidates if _is_principal(office)]
    return [office for office in principal if office.level in levels] or principal or candidates


def _is_principal(office: Office) -> bool:
    return office.level in PRINCIPAL_LEVELS


@cache
def _offices(folder: str) -> dict[str, Office]:
    """Read the registry once per reference folder; raises `ReferenceMistake` for what cannot be meant."""
    divisions = {division.division_id for division in all_divisions()}
    offices: dict[str, Office] = {}
    for line, row in enumerate(load_csv(REGISTRY, _NEEDED), start=2):
        try:
            if not any(row.values()):  # spreadsheets leave empty rows behind
                continue
            office = _office(row)
            if office.division_id not in divisions:
                raise ValueError(f"no division is called {office.division_id!r}")
            if offices.setdefault(office.office_id, office) is not office:
                raise ValueError(f"{office.office_id} is registered already")
        except (TypeError, ValueError) as mistake:
            raise ReferenceMistake(f"{REGISTRY}, line {line}: {mistake}") from mistake
    return offices


@cache
def _registry(folder: str) -> _Registry:
    by_id = _offices(folder)
    return _registry_of(by_id, _names(by_id.values()))


def _registry_of(by_id: dict[str, Office], names: Iterable[tuple[str, str]]) -> _Registry:
    by_place: defaultdict[str, dict[str, Office]] = defaultdict(dict)
    for name, office_id in names:
        for place in take_apart(name).places:
            by_place[place][office_id] = by_id[office_id]
    return _Registry(
        by_id,
        {place: tuple(offices.values()) for place, offices in by_place.items()},
        name_endings(),
    )


def _names(offices: Collection[Office]) -> list[tuple[str, str]]:
    own = [(name, office.office_id) for office in offices for name in (office.name_bn, office.name_en)]
    known = {office.office_id for office in offices}
    rows = load_csv("office_aliases.csv", ("alias_bn", "office_id"))
    aliases = [(row["alias_bn"], row["office_id"]) for row in rows]
    return own + [(alias, office_id) for alias, office_id in aliases if office_id in known]


def _office(row: dict[str, str]) -> Office:
    if not row["office_id"] or row["level"] not in LEVELS:
        raise ValueError(f"an office has an id and a level, one of {', '.join(LEVELS)}")
    return Office(
        office_id=row["office_id"],
        name_bn=canonical(row["name_bn"]),
        name_en=row["name_en"],
        level=row["level"],
        district_id=row["district_id"],
        division_id=row["division_id"],
        active_from=_day(row.get("active_from")),
        active_to=_day(row.get("active_to")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _holds_any(key: str, words: Collection[str]) -> bool:
    return any(match_key(word) in key for word in words)
