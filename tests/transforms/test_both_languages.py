"""Whatever an office writes into its form: what is refused or withheld is told, in both languages."""

import os
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.hostile.mutation import mutated
from tests.hostile.strings import texts
from tests.transforms.papers import FORMATS, as_format, office_paper, with_cell
from transforms.border import check_at_border
from transforms.finding import Severity
from transforms.report_file import read_file

pytestmark = pytest.mark.no_cover  # other tests run the same lines; counted, this would take twice as long
EXAMPLES = int(os.environ.get("PROTIBEDON_TEST_ROUNDS", "60"))
BENGALI = re.compile("[\u0985-\u09b9]")
LATIN = re.compile("[A-Za-z]{3}")
UNFILLED = re.compile(r"\{[a-z_]+\}|\bNone\b")
ROWS, COLUMNS = len(office_paper().rows), len(office_paper().rows[0])

cells = some.tuples(some.integers(0, ROWS - 1), some.integers(0, COLUMNS - 1), some.integers(0, 10**6))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[*HealthCheck], database=None)
@given(changes=some.lists(cells, min_size=1, max_size=12), file_format=some.sampled_from(FORMATS))
def test_any_cells_of_a_form_may_hold_anything(changes, file_format):
    paper = office_paper()
    for row, column, seed in changes:
        [text] = texts(1, seed)
        paper = with_cell(paper, row, column, storable(text))
    told_in_both_languages(as_format(paper, file_format))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[*HealthCheck], database=None)
@given(chance=some.randoms(use_true_random=False), file_format=some.sampled_from(FORMATS))
def test_any_file_may_be_damaged(chance, file_format):
    told_in_both_languages(mutated(as_format(office_paper(), file_format), chance))


def told_in_both_languages(content):
    reports = check_at_border(read_file("0" * 64, "report", content))
    assert reports
    for report in reports:
        for found in report.findings:
            assert BENGALI.search(found.message_bn), found
            assert LATIN.search(found.message_en), found
            sentences = found.message_bn + found.message_en
            assert not UNFILLED.search(sentences.replace(found.raw_text, "")), found
        if report.rejection_code:
            assert report.rejection_code in {
                found.code for found in report.findings if found.severity is Severity.REJECT
            }
        withheld = {one.indicator_code for one in report.observations if one.state == "unreadable"}
        assert withheld <= {found.indicator_code for found in report.findings}


def storable(text):
    """What a file of every format can hold: no control characters, and no line or cell of its own."""
    return "".join(" " if ord(letter) < 32 or "\ud800" <= letter <= "\udfff" else letter for letter in text)
