-- Names, paths and what a file says of itself cannot be bound and are filled in.
COPY {table} TO {path} (FORMAT parquet, KV_METADATA {{publication: {state}}});
