-- One row, and that of the schema as it is now.
DELETE FROM schema_version;

INSERT INTO schema_version VALUES ($version);
