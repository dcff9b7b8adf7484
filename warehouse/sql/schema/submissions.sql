-- One row per file that was read. The chain `supersedes` / `superseded_by` and `status` follow from all of
-- them together, so they are set anew on every load, whatever the order in which the files came.
CREATE TABLE IF NOT EXISTS submissions (
    submission_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    sender VARCHAR,
    received_at TIMESTAMP NOT NULL,
    taken_at TIMESTAMP NOT NULL,
    form VARCHAR,
    plan_id VARCHAR,
    office_id VARCHAR,
    division_id VARCHAR,
    fiscal_year VARCHAR,
    quarter INTEGER,
    status VARCHAR NOT NULL,
    supersedes VARCHAR,
    superseded_by VARCHAR,
    rejection_code VARCHAR
);
