-- What is to be asked about in a quarter: nothing of a submission that a later one replaced, and no mere notes.
-- A file whose quarter is not known may be any quarter's report that it can still be: it stands last.
SELECT
    findings.severity,
    findings.cell,
    findings.indicator_code,
    findings.message_bn,
    findings.message_en,
    submissions.file_name,
    submissions.quarter IS NULL AS is_of_unknown_quarter,
    offices.name_bn AS office_bn,
    offices.name_en AS office_en
FROM findings
JOIN submissions ON submissions.submission_id = findings.submission_id
LEFT JOIN offices ON offices.office_id = coalesce(findings.office_id, submissions.office_id)
WHERE
    findings.severity <> 'note'
    AND submissions.status <> 'superseded'
    AND (
        (submissions.fiscal_year = $fiscal_year AND submissions.quarter = $quarter)
        OR (submissions.quarter IS NULL AND submissions.received_at >= $first_day)
    )
ORDER BY
    is_of_unknown_quarter,
    array_position(['reject', 'quarantine', 'warn'], findings.severity),
    submissions.file_name,
    submissions.submission_id,
    findings.position NULLS LAST,
    findings.cell;
