-- What became of some submissions, once all reports of their offices stand beside each other.
SELECT submission_id, status
FROM submissions
WHERE submission_id IN (SELECT unnest($submission_ids::VARCHAR[]));
