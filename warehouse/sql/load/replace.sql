-- Reference tables are replaced whole: what officials took out of their files is gone here too.
DELETE FROM {table};

INSERT INTO {table} BY NAME FROM incoming;
