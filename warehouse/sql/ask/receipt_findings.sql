-- What keeps the submissions taken since a moment out of the figures, and otherwise what is asked about them: the
-- findings that want an answer and have none yet.
SELECT
    findings.submission_id,
    findings.cell,
    findings.raw_text,
    findings.message_bn
FROM findings
JOIN submissions ON submissions.submission_id = findings.submission_id
WHERE
    submissions.taken_at >= $since
    AND submissions.status <> 'superseded'
    AND findings.waived_by IS NULL
    AND (
        findings.severity = 'reject'
        OR (submissions.rejection_code IS NULL AND findings.severity IN ('quarantine', 'warn'))
    )
ORDER BY
    findings.submission_id,
    findings.position NULLS LAST,
    findings.cell,
    findings.message_bn;
