"""Reports made by chance: of offices and divisions, of several years and quarters, late or corrected."""

import random

from tests.warehouse.reports import matrix_report, office_report, submission
from transforms.finding import finding
from transforms.report import Report

OFFICES = {
    "khulna": ("khulna", "jashore", "magura"),
    "rajshahi": ("rajshahi", "natore"),
    "sylhet": ("sylhet",),
}
ANSWERS = (0, 1, 2, 40, 61.54, "achieved", "unstated", "planned", "not_applicable", "unreadable")
CODES = {"2024-25": ("4.1.2", "5.1.1", "5.1.2", "6.1.1"), "2023-24": ("4.1.1", "5.1.1")}
LADDERS = ({}, {"5.1.1": {100: 4, 90: 3, 80: 2}}, {"5.1.1": {100: 1}}, {"4.1.2": {100: 80, 90: 60}})


def some_report(chance: random.Random, number: int):
    """A report as it may come: an office's or a division's, late, corrected, or of no use."""
    day = f"20{chance.choice(('24-11', '25-01', '25-04', '25-08'))}-{chance.randint(1, 28):02}"
    sent = submission(f"{number}.docx", f"{day}T06:00")
    year = chance.choice(tuple(CODES))
    division = chance.choice(tuple(OFFICES))
    answers = {code: chance.choice(ANSWERS) for code in chance.sample(CODES[year], 2)}
    place = {"quarter": chance.randint(1, 4), "fiscal_year": year, "bands": chance.choice(LADDERS)}
    place["bands"] = {code: ladder for code, ladder in place["bands"].items() if code in CODES[year]}
    kind = chance.random()
    if kind < 0.1:
        return sent, Report(sent.submission_id, findings=(finding("unknown_period"),))
    if kind < 0.35:
        offices = chance.sample(OFFICES[division], chance.randint(1, len(OFFICES[division])))
        return sent, matrix_report(sent, dict.fromkeys(offices, answers), division=division, **place)
    return sent, office_report(sent, answers, office=chance.choice(OFFICES[division]), **place)
