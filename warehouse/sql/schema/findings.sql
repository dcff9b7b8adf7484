-- Raised by reading one file, or by comparing it with others; the latter are set anew on every load.
CREATE TABLE IF NOT EXISTS findings (
    submission_id VARCHAR NOT NULL,
    position INTEGER,
    code VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    cell VARCHAR,
    raw_text VARCHAR,
    indicator_code VARCHAR,
    office_id VARCHAR,
    message_bn VARCHAR NOT NULL,
    message_en VARCHAR NOT NULL,
    waived_by VARCHAR,
    raised_by VARCHAR NOT NULL
);
