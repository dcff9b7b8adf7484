-- What this copy is of.
FROM publishing.publication;
