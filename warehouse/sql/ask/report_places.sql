-- Whose report each submission is that comparing may speak of, of which annex, and for when.
SELECT
    submission_id,
    coalesce(office_id, '') AS office_id,
    coalesce(division_id, '') AS division_id,
    submissions.fiscal_year,
    quarter,
    coalesce(plans.annex, '') AS annex
FROM submissions
LEFT JOIN plans USING (plan_id)
WHERE
    submission_id IN (FROM touched_submissions)
    OR submission_id IN (SELECT submission_id FROM touched_words)
ORDER BY submission_id;
