-- What a crash must not lose: written and committed before a file is opened for reading.
CREATE TABLE IF NOT EXISTS ledger (
    submission_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    sender VARCHAR NOT NULL,
    received_at TIMESTAMP NOT NULL,
    taken_at TIMESTAMP NOT NULL
);
