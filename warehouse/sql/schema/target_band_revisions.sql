-- Append-only history of the targets printed in reports.
CREATE TABLE IF NOT EXISTS target_band_revisions (
    fiscal_year VARCHAR NOT NULL,
    plan_id VARCHAR NOT NULL,
    office_id VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    band INTEGER NOT NULL,
    target_value DOUBLE,
    target_date DATE,
    target_raw VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    cell VARCHAR NOT NULL
);
