-- One row per office expected to report; the reporting rates count these rows.
CREATE TABLE IF NOT EXISTS reporting_status (
    fiscal_year VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    plan_id VARCHAR NOT NULL,
    division_id VARCHAR NOT NULL,
    office_id VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    due_date DATE NOT NULL,
    received_on DATE,
    submission_id VARCHAR,
    status VARCHAR NOT NULL
);
