-- Of several reports in one form for the same plan, quarter and office (for a matrix: division) the one
-- received last speaks, and names the one before it. Files of the same instant, as after copying a whole folder,
-- are put in the order in which they were taken, then of their ids. A matrix of no known division stands alone.
CREATE OR REPLACE TEMP TABLE chains AS
SELECT
    submission_id,
    lag(submission_id) OVER same_report AS supersedes,
    lead(submission_id) OVER same_report AS superseded_by
FROM submissions
WHERE rejection_code IS NULL AND submission_id IN (FROM touched_submissions)
WINDOW same_report AS (
    PARTITION BY
        form, plan_id, fiscal_year, quarter,
        coalesce(CASE form WHEN 'office_form' THEN office_id ELSE division_id END, submission_id)
    ORDER BY received_at, taken_at, submission_id
);

UPDATE submissions
SET supersedes = chains.supersedes, superseded_by = chains.superseded_by
FROM chains
WHERE
    submissions.submission_id = chains.submission_id
    AND (
        submissions.supersedes IS DISTINCT FROM chains.supersedes
        OR submissions.superseded_by IS DISTINCT FROM chains.superseded_by
    );
