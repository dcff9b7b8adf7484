-- DDL takes no bound parameters: name and quoted comment are filled in from columns.toml.
COMMENT ON TABLE {table} IS {comment};
