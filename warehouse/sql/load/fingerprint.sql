-- What the declared tables were last filled from.
SELECT fingerprint
FROM declared_from;
