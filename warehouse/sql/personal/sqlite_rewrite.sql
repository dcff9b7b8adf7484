-- In SQLite: what was erased would stay in pages no longer used, and in the log of changes.
VACUUM;

PRAGMA wal_checkpoint(TRUNCATE);
