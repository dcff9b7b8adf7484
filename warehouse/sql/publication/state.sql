-- The state that a warehouse is in; names cannot be bound and are filled in.
SELECT coalesce(max(number), 0) AS number, coalesce(max_by(token, number), '') AS token
FROM {noted_in}.states;
