-- From a file, so that nothing is fetched from anywhere; a path cannot be bound and is filled in, quoted.
LOAD {extension};
