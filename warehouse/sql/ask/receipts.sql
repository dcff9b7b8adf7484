-- The reports taken since a moment whose office is to be told what became of them: not of one that a later one
-- replaced, and never of a stranger's. What concerns a whole matrix is told to the divisional library.
SELECT
    submissions.submission_id,
    coalesce(submissions.part_of, submissions.submission_id) AS file_id,
    submissions.file_name,
    submissions.received_at,
    coalesce(submissions.office_id, divisional.office_id, '') AS office_id,
    coalesce(divisions.name_bn, '') AS division_bn,
    coalesce(submissions.plan_id, '') AS plan_id,
    coalesce(submissions.fiscal_year, '') AS fiscal_year,
    submissions.quarter,
    coalesce(submissions.rejection_code, '') AS rejection_code,
    coalesce(earlier.file_name, '') AS replaced_file
FROM submissions
LEFT JOIN divisions
    ON submissions.form = 'divisional_matrix'
    AND divisions.division_id = submissions.division_id
LEFT JOIN offices AS divisional
    ON submissions.office_id IS NULL
    AND divisional.division_id = submissions.division_id
    AND divisional.level IN ('national', 'divisional')
LEFT JOIN submissions AS earlier ON earlier.submission_id = submissions.supersedes
WHERE
    submissions.taken_at >= $since
    AND submissions.status <> 'superseded'
    AND submissions.rejection_code IS DISTINCT FROM 'unknown_sender'
ORDER BY submissions.received_at, submissions.taken_at, submissions.submission_id;
