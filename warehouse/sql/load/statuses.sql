-- What became of each submission. Notes alone leave it plainly accepted: they ask nothing of anybody.
UPDATE submissions
SET status = fates.status
FROM (
    WITH concerned AS (
        FROM touched_submissions
        UNION
        SELECT submission_id FROM touched_words
    ),

    asked AS (
        SELECT DISTINCT submission_id
        FROM findings
        SEMI JOIN concerned USING (submission_id)
        WHERE severity <> 'note'
    )

    SELECT
        submission_id,
        CASE
            WHEN rejection_code IS NOT NULL THEN 'rejected'
            WHEN superseded_by IS NOT NULL THEN 'superseded'
            WHEN asked.submission_id IS NOT NULL THEN 'accepted_with_findings'
            ELSE 'accepted'
        END AS status
    FROM submissions
    SEMI JOIN concerned USING (submission_id)
    LEFT JOIN asked USING (submission_id)
) AS fates
WHERE submissions.submission_id = fates.submission_id AND submissions.status <> fates.status;
