-- What the published copy is carried on by. It stands apart from the tables of `columns.toml`: it says how often
-- something was written, not what, and differs between two warehouses that hold the same.
CREATE SCHEMA publishing;

CREATE TABLE publishing.states (number BIGINT, token VARCHAR);

COMMENT ON TABLE publishing.states IS
'Each transaction that wrote to the warehouse, numbered, with a word of chance that no other warehouse has.';

CREATE TABLE publishing.changes (number BIGINT, kind VARCHAR, fiscal_year VARCHAR, id VARCHAR);

COMMENT ON TABLE publishing.changes IS
'What each of these transactions changed: submissions, offices of a year, divisions of a year, or nothing published.';
