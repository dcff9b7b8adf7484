-- Every table has the columns that columns.toml gives it, and no keys: a lake has none.
CREATE TABLE IF NOT EXISTS {table} ({columns});
