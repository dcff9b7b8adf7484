-- A path and a name cannot be bound and are filled in.
ATTACH {path} AS rewritten (STORAGE_VERSION {storage});

COPY FROM DATABASE "{database}" TO rewritten;

CHECKPOINT rewritten;

DETACH rewritten;
