"""What stands between two reports of one sheet: the signature of the first, and the title of the second."""

from collections.abc import Collection, Sequence

from extractors.grid import Row
from transforms.annex import annexes_named
from transforms.title import division_named, lines_of, offices_named, period_stated


def signature_and_title(
    rows: tuple[Row, ...], signing: Collection[str]
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Part the rows between a report of these offices and the next one into signature and title.

    The signature ends with the last line that names such an office, above any that speaks of another office,
    of a period or of an annex. Where the title names nobody else, the line may be its own as well as the
    signature's, and belongs to both: it names the same office either way.
    """
    length = _signature_length(rows, signing)
    title = rows[length:]
    return rows[:length], title if _names_anyone(title) else rows


def _signature_length(rows: Sequence[Row], signing: Collection[str]) -> int:
    """Count the rows of the signature; a name may be broken over two of them."""
    length = 0
    for number in range(1, len(rows) + 1):
        before, here = rows[max(0, number - 2) : number - 1], rows[number - 1 : number]
        alone, together = offices_named(lines_of(here)), offices_named(lines_of([*before, *here]))
        if _names_others(alone.known, signing) or alone.unknown or _begins_a_title(here):
            return length
        if _names_others(together.known, signing):
            return min(length, number - 2)  # the name began in the row before
        if alone.known or (together.known and not offices_named(lines_of(before)).known):
            length = number
    return length


def _names_others(known: Collection[str], signing: Collection[str]) -> bool:
    return any(office_id not in signing for office_id in known)


def _begins_a_title(rows: Sequence[Row]) -> bool:
    """Whether a row speaks of a period or an annex, or of a division that is not one of its libraries."""
    lines = lines_of(rows)
    return bool(
        period_stated(lines, ()).statements
        or annexes_named([line.text for line in lines])
        or (division_named(lines) and not offices_named(lines).known)
    )


def _names_anyone(rows: Sequence[Row]) -> bool:
    lines = lines_of(rows)
    named = offices_named(lines)
    return bool(named.known or named.unknown or division_named(lines))
