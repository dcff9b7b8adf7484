-- Neither places nor options can be bound; they are filled in, quoted.
ATTACH {place} AS {name} ({options});
