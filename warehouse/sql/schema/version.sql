-- The version of the schema that is written down.
SELECT max(version) AS version
FROM schema_version;
