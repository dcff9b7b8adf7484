-- `file` is the later report that replaces this one.
SELECT earlier.submission_id, later.file_name AS file
FROM submissions AS earlier
JOIN submissions AS later ON later.submission_id = earlier.superseded_by
WHERE earlier.fiscal_year IN (SELECT fiscal_year FROM touched_years)
ORDER BY earlier.submission_id;
