-- `file` is the later report that replaces this one.
SELECT earlier.submission_id, later.file_name AS file
FROM submissions AS earlier
JOIN submissions AS later ON later.submission_id = earlier.superseded_by
WHERE earlier.submission_id IN (FROM touched_submissions)
ORDER BY earlier.submission_id;
