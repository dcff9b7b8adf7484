import re

import pytest

from tests.warehouse.reports import office_report, submission
from transforms.described import described_table, described_tables
from transforms.observation import Observation, TargetBand
from warehouse.connection import open_writer
from warehouse.load import load

OFFICES = ("khulna", "khulna", "khulna", "khulna", "jashore", "jashore", "jashore", "jashore")

CONTRACT = {
    "submissions": """
        submission_id file_name channel sender received_at form office_id division_id fiscal_year
        quarter status supersedes rejection_code
    """,
    "observations": """
        fiscal_year quarter division_id office_id plan_id indicator_code indicator_key unit weight
        state value value_date achieved_quarter achieved_by planned_quarter planned_date
        achievement_raw remark_raw submission_id cell
    """,
    "target_bands": """
        fiscal_year office_id indicator_code band target_value target_date target_raw
    """,
    "indicators": """
        plan_id fiscal_year indicator_code indicator_key activity_bn statement_bn unit weight
        calculation
    """,
    "offices": """
        office_id name_bn name_en level district_id division_id
    """,
    "scores": """
        fiscal_year quarter office_id indicator_code ytd_value ytd_date score_pct marks weight basis
        reason
    """,
    "office_scores": """
        fiscal_year quarter office_id division_id marks marks_possible weighted_score
        weighted_out_of undetermined_marks
    """,
    "divisional_summary": """
        fiscal_year quarter division_id indicator_code offices_expected offices_reported
        offices_achieved total_value mean_value min_value max_value
    """,
    "reporting_rates": """
        fiscal_year quarter division_id expected received on_time late missing rate_pct on_time_pct
    """,
    "findings": """
        submission_id code severity cell raw_text indicator_code office_id message_bn message_en
    """,
}


def columns_of(connection, table):
    query = (
        "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns()"
        " WHERE database_name = current_database() AND table_name = ? ORDER BY column_index"
    )
    return connection.execute(query, [table]).fetchall()


@pytest.mark.parametrize("table", CONTRACT)
def test_the_contract_stands(writer, table):
    present = {name for name, *_ in columns_of(writer, table)}
    assert set(CONTRACT[table].split()) <= present


@pytest.mark.parametrize("table", [table.name for table in described_tables()])
def test_tables_are_what_their_description_says(writer, table):
    described = [
        (column.name, column.type, column.nullable, column.comment)
        for column in described_table(table).columns
    ]
    assert columns_of(writer, table) == described


def test_nothing_stands_in_the_warehouse_undescribed(writer):
    present = {
        name
        for (name,) in writer.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()"
            " AND schema_name = 'main' UNION SELECT view_name FROM duckdb_views() WHERE NOT internal"
            " AND database_name = current_database()"
        ).fetchall()
    }
    assert present == {table.name for table in described_tables()}
    kept_apart = "SELECT count(*), count(comment) FROM duckdb_tables() WHERE schema_name = 'publishing'"
    assert writer.execute(kept_apart).fetchone() == (2, 2)


def test_every_description_is_in_both_languages():
    texts = [(entry.bn, entry.en) for table in described_tables() for entry in (table, *table.columns)]
    assert len(texts) > 200
    for bengali, english in texts:
        assert re.search(r"[\u0980-\u09ff]", bengali)
        assert re.search(r"[A-Za-z]{2}", english)


def test_percentages_and_counts_name_their_unit():
    unlabelled = [
        f"{table.name}.{column.name}"
        for table in described_tables()
        for column in table.columns
        if column.type == "DOUBLE" and not column.unit
    ]
    assert unlabelled == []


def test_observations_and_targets_have_the_columns_of_what_is_read():
    assert [column.name for column in described_table("observations").columns] == list(Observation._fields)
    assert [column.name for column in described_table("target_bands").columns] == list(TargetBand._fields)


def test_no_keys_that_a_lake_lacks(writer):
    kinds = {
        kind for (kind,) in writer.execute("SELECT constraint_type FROM duckdb_constraints()").fetchall()
    }
    assert kinds <= {"NOT NULL"}
    assert writer.execute("SELECT count(*) FROM duckdb_sequences()").fetchone() == (0,)


def test_opening_again_changes_nothing(warehouse, writer):
    writer.execute("CHECKPOINT")
    writer.close()
    before = warehouse.read_bytes()
    open_writer(warehouse).close()
    assert warehouse.read_bytes() == before


def test_a_comment_that_is_not_as_described_is_put_right(warehouse, writer):
    writer.execute("COMMENT ON COLUMN scores.marks IS 'old words'")
    writer.close()
    with open_writer(warehouse) as connection:
        comments = {name: comment for name, _, _, comment in columns_of(connection, "scores")}
    assert comments["marks"].startswith("প্রাপ্ত নম্বর")
    assert comments["marks"].endswith("[marks]")


def test_every_word_is_of_its_vocabulary(writer):
    states = described_table("observations").columns[9].allowed
    assert "reported" in states
    batch = {
        submission(f"q{quarter}.docx"): {"5.1.1": state, "4.1.2": state, "7.1.1": state}
        for quarter, state in enumerate(states[1:], start=1)
    }
    reports = [
        office_report(sent, answers, office=office, quarter=1 + place % 4)
        for place, ((sent, answers), office) in enumerate(zip(batch.items(), OFFICES, strict=True))
    ]
    load(writer, list(batch), reports)
    for table in described_tables():
        for column in table.columns:
            if column.allowed:
                query = f"SELECT DISTINCT {column.name} FROM {table.name} WHERE {column.name} IS NOT NULL"
                assert {word for (word,) in writer.execute(query).fetchall()} <= set(column.allowed)
