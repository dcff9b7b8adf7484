-- What people declared and a submission was due for; `applied` is false where the cell held something else.
CREATE TABLE IF NOT EXISTS corrections (
    submission_id VARCHAR NOT NULL,
    fiscal_year VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    office_id VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    cell VARCHAR,
    expected_raw VARCHAR,
    found_raw VARCHAR,
    corrected_to VARCHAR,
    applied BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL,
    decided_on DATE NOT NULL
);
