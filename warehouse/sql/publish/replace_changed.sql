-- Of a copy of the last published state only what has changed since is copied anew; names cannot be bound and are
-- filled in.
DELETE FROM {table} WHERE {key} IN (FROM {changed});

INSERT INTO {table} BY NAME
SELECT {columns}
FROM loaded.{table}
WHERE {key} IN (FROM {changed});
