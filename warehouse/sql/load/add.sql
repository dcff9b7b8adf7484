-- Put a frame of rows into the table of the same columns; names cannot be bound, so the table is filled in.
INSERT INTO {table} BY NAME SELECT * FROM incoming;
