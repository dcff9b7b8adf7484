-- The tables that stand in the current database.
SELECT table_name
FROM duckdb_tables()
WHERE database_name = current_database() AND schema_name = 'main';
