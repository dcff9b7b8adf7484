-- Whether changes are kept track of in the current database.
SELECT schema_name
FROM duckdb_schemas()
WHERE database_name = current_database() AND schema_name = 'publishing';
