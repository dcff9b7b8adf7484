"""A statement: the words beside an indicator's code, and whose indicator they are.

Codes are handed out anew every year (`4.1.1` was one indicator in 2023-24 and is another in 2024-25), so the
words tell whether a report was filled in on the form of its own year. Offices shorten and reword them: only
what is clearly another indicator's, or like nothing in the plan, is doubted.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from rapidfuzz import fuzz

from transforms.indicator_code import IndicatorText, read_activity_text
from transforms.match_key import match_key
from transforms.plan import Indicator, Plan, all_plans
from transforms.reference import remembered

# Per cent of likeness. Real statements of one indicator in two years are 72 and more alike, those of two
# indicators 62 and less, but for one pair of 75; shortened ones lie anywhere, but hold words of their own.
LIKE_ANOTHER = 70
CLEARLY_MORE = 15
UNLIKE = 50
FEWEST_OF_A_PLAN = 0.75  # of the indicators in a report, to know its plan by their words


class Agreement(StrEnum):
    """Whether the words beside a code are those of its indicator."""

    OWN = "own"
    ANOTHERS = "another's"
    UNLIKE_ANY = "unlike any"


@remembered(4096)
def agreement(statement: str, indicator: Indicator, plan: Plan) -> Agreement:
    """Compare the words of a report with those of the indicator and of all others of its annex, in any year.

    Nothing written says nothing against the code.
    """
    if not match_key(statement):
        return Agreement.OWN
    same_annex = [other for known in all_plans() if known.annex == plan.annex for other in known.indicators]
    own = _likeness_to_any(statement, *(one.statement for one in same_annex if one.key == indicator.key))
    nearest = _likeness_to_any(statement, *(one.statement for one in same_annex if one.key != indicator.key))
    if nearest >= LIKE_ANOTHER and nearest - own >= CLEARLY_MORE:
        return Agreement.ANOTHERS
    is_like_own = max(own, _likeness_in_part(statement, indicator.statement)) >= UNLIKE
    return Agreement.OWN if is_like_own else Agreement.UNLIKE_ANY


@remembered(4096)
def is_activity_of_another(text: str, indicator: Indicator, plan: Plan) -> bool:
    """Whether an activity is, by its words, that of other indicators of the plan."""
    words, own = read_activity_text(text).words, read_activity_text(indicator.activity).words
    others = {read_activity_text(other.activity).words for other in plan.indicators} - {own}
    like_own = _likeness_to_any(words, own)
    nearest = _likeness_to_any(words, *sorted(others))
    return nearest >= LIKE_ANOTHER and nearest - like_own >= CLEARLY_MORE


def annex_with_statements(stated: Iterable[IndicatorText]) -> str | None:
    """Return the one annex that a report's indicators are of, by code and words, for one without a title."""
    indicators = [text for text in stated if text.code]
    agreeing = Counter(
        plan.annex for plan in all_plans() if indicators and _share_of(plan, indicators) >= FEWEST_OF_A_PLAN
    )
    return next(iter(agreeing)) if len(agreeing) == 1 else None


def annex_with_weights(stated: Iterable[IndicatorText]) -> str | None:
    """Return the one annex that has exactly these codes with these weights in some year."""
    weights = {text.code: text.weight for text in stated if text.code}
    same = {plan.annex for plan in all_plans() if weights == _weights_of(plan)}
    return same.pop() if len(same) == 1 else None


def _weights_of(plan: Plan) -> dict[str, float]:
    return {indicator.code: indicator.weight for indicator in plan.indicators}


def _share_of(plan: Plan, stated: list[IndicatorText]) -> float:
    agreeing = [
        text
        for text in stated
        if (indicator := plan.indicator(text.code))
        and _likeness_to_any(text.statement, indicator.statement) >= LIKE_ANOTHER
    ]
    return len(agreeing) / len(stated)


@remembered(8192)
def _likeness_to_any(words: str, *others: str) -> float:
    """Return how like the nearest of some texts is, in per cent; 0 where there are none."""
    return max((fuzz.ratio(match_key(words), match_key(other)) for other in others), default=0.0)


@remembered(8192)
def _likeness_in_part(words: str, other: str) -> float:
    return fuzz.partial_ratio(match_key(words), match_key(other))
