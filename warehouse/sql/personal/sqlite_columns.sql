-- In SQLite: every stored column of every table.
SELECT tables.name, columns.name
FROM sqlite_master AS tables, pragma_table_xinfo(tables.name) AS columns
WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%' AND columns.hidden = 0;
