-- Names cannot be bound and are filled in. Sorted, so that the same content is the same file.
INSERT INTO {table} BY NAME
SELECT {columns}
FROM loaded.{table}
ORDER BY ALL;
