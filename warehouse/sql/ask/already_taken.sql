-- A submission is taken once it is loaded, accepted or not; one that was only received still waits.
SELECT submission_id
FROM submissions
WHERE submission_id IN (SELECT unnest($submission_ids::VARCHAR[]));
