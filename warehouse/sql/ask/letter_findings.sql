-- What offices are asked about in a quarter: findings that want an answer and have none yet, of submissions that
-- stand. What concerns a whole matrix is asked of the divisional library, which sent it.
SELECT
    coalesce(findings.office_id, submissions.office_id, sender.office_id) AS office_id,
    coalesce(submissions.office_id, sender.office_id) AS sender_id,
    submissions.submission_id,
    coalesce(submissions.part_of, submissions.submission_id) AS file_id,
    submissions.file_name,
    findings.cell,
    findings.cells,
    findings.raw_text,
    findings.message_bn
FROM findings
JOIN submissions ON submissions.submission_id = findings.submission_id
LEFT JOIN offices AS sender
    ON submissions.office_id IS NULL
    AND sender.division_id = submissions.division_id
    AND sender.level IN ('national', 'divisional')
WHERE
    submissions.fiscal_year = $fiscal_year
    AND submissions.quarter = $quarter
    AND submissions.status IN ('accepted', 'accepted_with_findings')
    AND findings.severity IN ('quarantine', 'warn')
    AND findings.waived_by IS NULL
    AND coalesce(findings.office_id, submissions.office_id, sender.office_id) IS NOT NULL
ORDER BY
    office_id,
    submissions.received_at,
    submissions.submission_id,
    findings.position NULLS LAST,
    findings.cell,
    findings.message_bn;
