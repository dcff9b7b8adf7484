-- One row, and that of the reference files as they are now.
DELETE FROM declared_from;

INSERT INTO declared_from VALUES ($fingerprint);
