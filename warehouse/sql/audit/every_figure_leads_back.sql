-- stop: every observation leads back to an accepted submission and a cell
SELECT observations.submission_id, observations.office_id, observations.indicator_code, observations.cell
FROM audited_observations AS observations
LEFT JOIN submissions USING (submission_id)
WHERE submissions.submission_id IS NULL OR submissions.rejection_code IS NOT NULL OR trim(observations.cell) = '';
