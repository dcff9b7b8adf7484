-- How many rows a table has, in the copy and in the warehouse; a name cannot be bound and is filled in.
SELECT (SELECT count(*) FROM {table}) AS copied, (SELECT count(*) FROM loaded.{table}) AS loaded;
