-- What a copy is of, beside the tables that it is a copy of.
CREATE SCHEMA IF NOT EXISTS publishing;

CREATE OR REPLACE TABLE publishing.publication (
    rules VARCHAR, number BIGINT, token VARCHAR, moment BIGINT, whole_bytes BIGINT
);

COMMENT ON TABLE publishing.publication IS
'Which state of the warehouse this copy shows, and by which rules it was made; the next copy goes on from it.';

INSERT INTO publishing.publication VALUES ($rules, $number, $token, $moment, $whole_bytes);
