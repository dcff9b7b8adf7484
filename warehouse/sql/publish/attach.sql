-- The writer's file beside the new one, to be read only; a path cannot be bound and is filled in, quoted.
ATTACH {path} AS loaded (READ_ONLY);
