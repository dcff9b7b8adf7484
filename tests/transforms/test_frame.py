"""Rows of a table as a frame: what is there, what is not, and what a database would refuse."""

from types import SimpleNamespace

import pandas as pd
import pytest

from transforms.frame import frame_of, frame_of_records

SENT = {"submission_id": "a" * 64, "file_name": "জেলা.docx", "part_of": "", "quarter": 2}
NOTHING = {"submission_id": "b" * 64, "file_name": "খালি.docx"}


def as_records(rows):
    return [SimpleNamespace(**row) for row in rows]


@pytest.mark.parametrize("rows", [[SENT], [SENT, NOTHING], [NOTHING, SENT], []])
def test_records_are_as_rows_of_the_same_content(rows):
    pd.testing.assert_frame_equal(
        frame_of_records("submissions", as_records(rows)), frame_of("submissions", rows)
    )


def test_what_a_record_lacks_is_empty_in_its_row_alone():
    frame = frame_of_records("submissions", as_records([NOTHING, SENT]))
    assert frame["quarter"].isna().tolist() == [True, False]
    assert frame["quarter"][1] == 2
    assert frame["office_id"].isna().all()


def test_an_empty_text_is_nothing_where_the_table_allows_it():
    frame = frame_of_records("submissions", as_records([SENT]))
    assert frame["part_of"].isna().all()


def test_half_a_character_becomes_what_a_database_takes_and_the_others_stay():
    torn = {**SENT, "file_name": "জেলা\ud83d.docx"}
    frame = frame_of_records("submissions", as_records([torn, NOTHING]))
    assert frame["file_name"].tolist() == ["জেলা\\ud83d.docx", "খালি.docx"]
