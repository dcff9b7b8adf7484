"""Succession: which indicator of an earlier plan an indicator of a new one goes on from.

Codes are handed out anew every year (disposal of e-file notes is [৪.১.১] in 2023-24 and [৪.১.২] in 2024-25),
so the statements decide, by how alike they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from transforms.match_key import match_key
from transforms.plan import Indicator, Plan

# Per cent of likeness. Statements of one indicator in 2023-24 and 2024-25 are 72 and more alike, those of two
# indicators 62 and less; a statement that was merely retyped is over 90.
NEAR = 50
LIKE = 70
RETYPED = 90
VERY_SAME = 100
MARGIN = 10


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The indicator of an earlier plan that is nearest to a new one; `likeness` runs from 0 to 100."""

    indicator: Indicator
    likeness: float
    is_clear: bool

    @property
    def is_the_same(self) -> bool:
        """Whether the new indicator carries this one's key on."""
        return self.is_clear and self.likeness >= LIKE

    @property
    def is_near(self) -> bool:
        """Whether a person should look at the two beside each other."""
        return self.likeness >= NEAR

    @property
    def is_beyond_doubt(self) -> bool:
        """Whether it does so without anybody being asked."""
        return self.is_clear and self.likeness >= RETYPED


def predecessors(statements: Sequence[str], former: Plan | None) -> tuple[Predecessor | None, ...]:
    """Return the nearest indicator of the former plan for each statement; `None` where there is no such plan.

    A likeness is clear where no other indicator is nearly as alike, neither in the former plan nor among the
    statements: one key must not be handed on twice.
    """
    if former is None or not former.indicators:
        return (None,) * len(statements)
    new = [match_key(statement) for statement in statements]
    known = [match_key(indicator.statement) for indicator in former.indicators]
    likeness = [[fuzz.ratio(one, other) for other in known] for one in new]
    return tuple(_nearest(row, likeness, former) for row in range(len(new)))


def _nearest(row: int, likeness: Sequence[Sequence[float]], former: Plan) -> Predecessor:
    best = max(range(len(former.indicators)), key=lambda column: likeness[row][column])
    others_of_the_plan = [alike for column, alike in enumerate(likeness[row]) if column != best]
    others_of_the_form = [alike[best] for number, alike in enumerate(likeness) if number != row]
    nearest_rival = max([*others_of_the_plan, *others_of_the_form], default=0.0)
    return Predecessor(
        indicator=former.indicators[best],
        likeness=likeness[row][best],
        is_clear=_stands_out(likeness[row][best], nearest_rival),
    )


def _stands_out(best: float, rival: float) -> bool:
    """Whether the best likeness is well above the next one; the very same words need no margin."""
    return best > rival if best == VERY_SAME else best - rival >= MARGIN
