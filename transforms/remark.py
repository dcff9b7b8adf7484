"""A remark: what the words beside an achievement, or in its place, say of the indicator.

"২য় কোয়ার্টারে অধিদপ্তর কতৃক বাস্তবায়িত হয়েছে।" says that it was done, in the second quarter, by the directorate.
Statements in one remark are weighed as officials mean them: a negative outweighs a plan, a plan outweighs
work in progress, and what was done cannot at once be planned.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from transforms.numerals import Number
from transforms.phrase import Meaning as Meaning
from transforms.phrase import Phrase, Role, cut_into_phrases, whole_meaning
from transforms.reading import Reading

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a remark says.

    `meaning` is `None` where known words say nothing of the indicator ("২য় কোয়ার্টারে"). `quarter` (1 to 4 of
    the July-June year) and `day` are when it was done, or, where the remark plans, when it is to be done;
    `earlier` says that it was done before, whenever that was. `by` is `superior`, `office`, or `None` where
    no actor is named. `figure` is a count or percentage in the words, `in_full` that they speak of 100 %.
    """

    meaning: Meaning | None = None
    quarter: int | None = None
    day: date | None = None
    by: str | None = None
    earlier: bool = False
    figure: Number | None = None
    in_full: bool = False

    @property
    def done_elsewhere(self) -> bool:
        """Whether it was done, but in a named or an earlier quarter, or by a superior office."""
        elsewhere = self.earlier or self.quarter is not None or self.by == "superior"
        return self.meaning is Meaning.ACHIEVED and elsewhere


# What each meaning may stand beside, and then outweighs. Nothing outweighs "achieved", nor it anything.
_OUTWEIGHS: dict[Meaning, set[Meaning]] = {
    Meaning.NO_CASE: {Meaning.NOT_APPLICABLE, Meaning.NOT_ACHIEVED, Meaning.NIL},
    Meaning.NOT_ACHIEVED: {Meaning.PLANNED, Meaning.IN_PROGRESS, Meaning.NIL},
    Meaning.PLANNED: {Meaning.IN_PROGRESS, Meaning.NIL},
    Meaning.IN_PROGRESS: {Meaning.NIL},
    Meaning.NOT_APPLICABLE: {Meaning.NIL},
}
# These say nothing of the indicator; the first that is there names a remark of nothing else.
_SILENT: tuple[Meaning | None, ...] = (None, Meaning.EVIDENCE, Meaning.NOTHING)
# Whose quarter and day count: what was not achieved may go on to say when it will be.
_TIMED_BY: dict[Meaning | None, set[Meaning | None]] = {
    Meaning.ACHIEVED: {Meaning.ACHIEVED, None},
    Meaning.PLANNED: {Meaning.PLANNED, None},
    Meaning.NOT_ACHIEVED: {Meaning.NOT_ACHIEVED, Meaning.PLANNED},
    None: {None},
}
_ACTORS = {Role.SUPERIOR, Role.OFFICE}
# With one of these beside it, a bare noun ("১ম কোয়ার্টারে অর্জন") says that it was done.
_COMPLETES_A_NOUN = {Role.QUARTER, Role.DAY, Role.EARLIER, Role.FIGURE, Role.IN_FULL, *_ACTORS}
_WHOLE = Number(100, is_percent=True)


@lru_cache(maxsize=1 << 15)
def read_remark(text: str) -> Reading[Remark]:
    """Read a remark, or the words in an achievement cell.

    Refuses with `unknown_phrase` where a word is not in the lexicon or the words make no statement, and
    with `contradictory_remark` where its statements exclude each other.
    """
    whole = whole_meaning(text)
    if whole:
        return Reading(Remark(whole))
    statements = [_statement(group) for group in _statement_groups(cut_into_phrases(text) or ())]
    understood = [statement for statement in statements if statement]
    if not understood or len(understood) < len(statements):
        return Reading(flag="unknown_phrase")
    remark = combined(understood)
    return Reading(remark) if remark else Reading(flag="contradictory_remark")


def combined(remarks: Iterable[Remark]) -> Remark | None:
    """Return several statements about one indicator as one; `None` where they contradict each other."""
    said = tuple(remarks)
    meanings = {remark.meaning for remark in said}
    standing = _standing(meanings)
    timed = [remark for remark in said if remark.meaning in _TIMED_BY.get(standing, ())]
    detailed = [remark for remark in said if remark.meaning in (standing, None)]
    quarters, days = _stated(remark.quarter for remark in timed), _stated(remark.day for remark in timed)
    actors, figures = _stated(remark.by for remark in detailed), _stated(remark.figure for remark in detailed)
    is_silent = meanings <= set(_SILENT)
    if (standing is None and not is_silent) or any(len(v) > 1 for v in (quarters, days, actors, figures)):
        return None
    return Remark(
        meaning=next(silent for silent in _SILENT if silent in meanings) if is_silent else standing,
        quarter=_only(quarters),
        day=_only(days),
        by=_only(actors),
        earlier=any(remark.earlier for remark in detailed),
        figure=_only(figures),
        in_full=any(remark.in_full for remark in detailed),
    )


def _standing(meanings: Iterable[Meaning | None]) -> Meaning | None:
    """Return the meaning that outweighs all others that say something; `None` where none does."""
    spoken = {meaning for meaning in meanings if meaning and meaning not in _SILENT}
    return next((one for one in spoken if spoken - {one} <= _OUTWEIGHS.get(one, set())), None)


def _stated(values: Iterable[T | None]) -> tuple[T, ...]:
    """Return what is stated, each once."""
    return tuple(dict.fromkeys(value for value in values if value is not None))


def _only(stated: Sequence[T]) -> T | None:
    return stated[0] if stated else None


# --- one statement ---------------------------------------------------------------------------------


def _statement_groups(phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    """Part the phrases into statements, each around one core.

    Bengali says when and by whom before the verb, so a statement ends with its core; what trails the last
    core still belongs to it ("বাস্তবায়িত হয়েছে (১৬/০৩/২৫)"). A clause about evidence is a statement of its own
    wherever it stands, so that its words do not part what belongs together.
    """
    clauses = _clauses(phrases)
    groups: list[list[Phrase]] = [clause for clause in clauses if _is_about_evidence(clause)]
    open_group: list[Phrase] = []
    for phrase in (phrase for clause in clauses if not _is_about_evidence(clause) for phrase in clause):
        open_group.append(phrase)
        if phrase.meaning:
            groups.append(open_group)
            open_group = []
    if open_group and groups and not _is_about_evidence(groups[-1]):
        groups[-1] += open_group
    elif open_group:
        groups.append(open_group)
    return groups


def _clauses(phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    clauses: list[list[Phrase]] = [[]]
    for phrase in phrases:
        if phrase.role is Role.PAUSE:
            clauses.append([])
        else:
            clauses[-1].append(phrase)
    return clauses


def _is_about_evidence(phrases: Sequence[Phrase]) -> bool:
    return {phrase.meaning for phrase in phrases} - {None} == {Meaning.EVIDENCE}


def _statement(phrases: Sequence[Phrase]) -> Remark | None:
    """Return what one statement says; `None` where its words, though known, do not make one."""
    roles = {phrase.role for phrase in phrases}
    quarters = _stated(phrase.quarter for phrase in phrases)
    days = _stated(phrase.day for phrase in phrases)
    figures = [phrase.figure for phrase in phrases if phrase.figure]
    if len(quarters) > 1 or len(days) > 1 or len(figures) > 1 or roles >= _ACTORS:
        return None
    meaning = _meaning(phrases, roles)
    if not _go_together(meaning, roles) or (meaning is Meaning.ACHIEVED and _is_zero(_only(figures))):
        return None
    is_timed = meaning in (Meaning.ACHIEVED, Meaning.PLANNED, None)
    return Remark(
        meaning=meaning,
        quarter=_only(quarters) if is_timed else None,
        day=_only(days) if is_timed else None,
        by=next((role.value for role in roles & _ACTORS), None),
        earlier=Role.EARLIER in roles,
        figure=_only(figures),
        in_full=Role.IN_FULL in roles or (meaning is Meaning.ACHIEVED and _WHOLE in figures),
    )


def _meaning(phrases: Sequence[Phrase], roles: set[Role]) -> Meaning | None:
    """Return the meaning of the core, or what the words around an absent or bare one amount to."""
    core = next((phrase for phrase in phrases if phrase.meaning), None)
    if core and core.role is not Role.TIMED:
        return core.meaning
    if Role.LATER in roles:
        return Meaning.PLANNED
    if Role.IN_FULL in roles or (core and roles & _COMPLETES_A_NOUN):
        return Meaning.ACHIEVED
    if roles & _ACTORS and roles <= _ACTORS | {Role.FILLER, Role.THING}:
        return Meaning.ACHIEVED  # "প্রধান কার্যালয় কর্তৃক" and nothing more
    if roles == {Role.FIGURE} and _is_zero(phrases[0].figure):
        return Meaning.NIL
    return None


def _is_zero(figure: Number | None) -> bool:
    return figure is not None and figure.value == 0


def _go_together(meaning: Meaning | None, roles: set[Role]) -> bool:
    """Whether the words around a core fit it, so that nothing has to be explained away."""
    if Role.UNTIL in roles and Role.DAY in roles and meaning in (Meaning.ACHIEVED, None):
        return False  # a last day is not the day on which it was done
    if meaning is None:
        return Role.TIMED not in roles and bool(roles & (_COMPLETES_A_NOUN - {Role.EARLIER}))
    if meaning is Meaning.ACHIEVED and Role.LATER in roles:
        return False
    if meaning is Meaning.EVIDENCE and Role.FIGURE in roles:
        return False  # "২টি ছবি সংযুক্ত" counts pictures
    if meaning is Meaning.IN_PROGRESS and Role.DAY in roles:
        return False  # since then, or until then?
    return Role.IN_FULL not in roles or meaning in (Meaning.ACHIEVED, Meaning.PLANNED)
