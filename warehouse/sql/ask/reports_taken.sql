-- The reports loaded from these files: the one that has the file's own id, and its further parts.
SELECT submission_id
FROM submissions
WHERE
    submission_id IN (SELECT unnest($submission_ids::VARCHAR[]))
    OR part_of IN (SELECT unnest($submission_ids::VARCHAR[]));
