-- stop: a submission that was accepted has observations, current or in its history
SELECT submissions.submission_id, submissions.file_name, submissions.status
FROM audited_submissions AS submissions
ANTI JOIN observation_revisions USING (submission_id)
WHERE submissions.rejection_code IS NULL;
