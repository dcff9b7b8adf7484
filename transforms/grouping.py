"""Grouping: findings with one cause are told once, with every cell that they are about.

A heading misspelt on each page, or a phrase that an office wrote in ten rows, is one thing to put right. The
catalogue says of which codes this holds (`together`). A finding that withholds a figure stands for its
indicator, and a waived one for the decision about it: neither is grouped.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from transforms.finding import Finding, Severity
from transforms.numerals import bengali_digits, write_number
from transforms.reference import load_toml

BETWEEN_CELLS = "; "
MOST_PLACES_TOLD = 12  # beyond that a sentence is no longer read; `cells` names them all


def grouped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings with those of one code and cause put together, where the first of them stood."""
    by_cause: defaultdict[Hashable, list[Finding]] = defaultdict(list)
    for number, found in enumerate(findings):
        by_cause[_cause(found) or number].append(found)
    return tuple(_together(same) for same in by_cause.values())


def _cause(found: Finding) -> Hashable:
    """Return what makes findings equal: code, office and words; nothing for one that stands alone."""
    is_grouped = load_toml("findings.toml")[found.code].get("together", False)
    is_its_own = found.waived_by or found.severity in (Severity.REJECT, Severity.QUARANTINE)
    if is_its_own or not (is_grouped and found.cell):
        return None
    return found.code, found.severity, found.office_id, " ".join(found.raw_text.split())


def _together(same: Sequence[Finding]) -> Finding:
    first = same[0]
    if len(same) == 1:
        return first
    words = load_toml("words.toml")["same_in_cells"]
    cells = dict.fromkeys(found.cell for found in same)
    count, places = len(cells), list(dict.fromkeys(_place(found) for found in same))
    told_bn = words["bn"].format(
        count=write_number(count), places=_listed(f"{bengali_digits(code)}{cell}" for code, cell in places)
    )
    told_en = words["en"].format(count=count, places=_listed(f"{code}{cell}" for code, cell in places))
    return first._replace(
        message_bn=f"{first.message_bn} {told_bn}",
        message_en=f"{first.message_en} {told_en}",
        cells=BETWEEN_CELLS.join(cells),
    )


def _place(found: Finding) -> tuple[str, str]:
    return (f"[{found.indicator_code}] " if found.indicator_code else "", found.cell)


def _listed(places: Iterable[str]) -> str:
    told = list(places)
    return ", ".join(told[:MOST_PLACES_TOLD]) + (" …" if len(told) > MOST_PLACES_TOLD else "")
