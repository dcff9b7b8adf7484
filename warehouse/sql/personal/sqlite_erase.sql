-- In SQLite; names cannot be bound and are filled in.
UPDATE "{table}"
SET "{column}" = without_person("{column}")
WHERE typeof("{column}") = 'text' AND names_person("{column}");
