"""Ladders to score on, and the indicators of the 2024-25 plan by how they become a year."""

from datetime import date

HUNDREDS = {100: 100, 90: 90, 80: 80, 70: 70, 60: 60}
DECEMBER = {
    100: date(2024, 12, 1),
    90: date(2024, 12, 15),
    80: date(2024, 12, 29),
    70: date(2025, 1, 5),
    60: date(2025, 1, 12),
}
TIGHT = {100: 30.00, 90: 29.95, 80: 29.90, 70: 29.85, 60: 29.80}
LESS_IS_BETTER = {100: 50000, 90: 50250, 80: 50500, 70: 50750, 60: 50850}
COUNTS = {100: 4, 90: 3, 80: 2, 70: 1}

SUM, DATE, LATEST = "5.1.1", "7.1.1", "4.1.2"  # indicators of the 2024-25 plan, by how they become a year


def undetermined(row):
    score_pct, marks, basis, reason, *_ = row
    assert (score_pct, marks, basis) == (None, None, "undetermined")
    return reason
