-- Names cannot be bound and are filled in.
INSERT INTO {table} BY NAME
SELECT {columns}
FROM loaded.{table};
