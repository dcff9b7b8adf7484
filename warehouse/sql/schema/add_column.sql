-- For a warehouse from before columns.toml had this column: what was loaded till now says nothing of it.
ALTER TABLE {table} ADD COLUMN {column} {type};
