-- The comments that stand already, so that only what changed is written.
SELECT table_name, NULL AS column_name, comment
FROM duckdb_tables()
WHERE database_name = current_database() AND schema_name = 'main'
UNION ALL
SELECT table_name, column_name, comment
FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = 'main';
