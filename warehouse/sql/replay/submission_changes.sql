-- Submissions whose status, office or period is another than before; `was` is NULL where it was never loaded.
WITH fates AS (
    SELECT
        submission_id,
        after.file_name,
        after.received_at,
        CASE WHEN before.submission_id IS NOT NULL THEN fate(
            before.status, before.rejection_code, coalesce(before.office_id, before.division_id),
            before.fiscal_year, before.quarter
        ) END AS was,
        fate(
            after.status, after.rejection_code, coalesce(after.office_id, after.division_id),
            after.fiscal_year, after.quarter
        ) AS became
    FROM submissions AS after
    LEFT JOIN submissions_before AS before USING (submission_id)
)

SELECT submission_id, file_name, was, became
FROM fates
WHERE was IS DISTINCT FROM became
ORDER BY received_at, submission_id;
