-- In SQLite; names cannot be bound and are filled in.
SELECT "{column}"
FROM "{table}"
WHERE typeof("{column}") = 'text' AND names_person("{column}");
