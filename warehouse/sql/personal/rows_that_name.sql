-- A table's name cannot be bound and is filled in.
SELECT *
FROM {table}
WHERE contains(lower(concat_ws(' ', *COLUMNS(*))), lower($words))
ORDER BY ALL;
