-- What became of each submission. Notes alone leave it plainly accepted: they ask nothing of anybody.
UPDATE submissions
SET status = CASE
    WHEN rejection_code IS NOT NULL THEN 'rejected'
    WHEN superseded_by IS NOT NULL THEN 'superseded'
    WHEN submission_id IN (SELECT submission_id FROM findings WHERE severity <> 'note')
        THEN 'accepted_with_findings'
    ELSE 'accepted'
END
WHERE fiscal_year IN (SELECT fiscal_year FROM touched_years);
