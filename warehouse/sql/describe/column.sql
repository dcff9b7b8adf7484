-- DDL takes no bound parameters: names and quoted comment are filled in from columns.toml.
COMMENT ON COLUMN {table}.{column} IS {comment};
