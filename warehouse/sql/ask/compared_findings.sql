-- What only a comparison with other reports and with the calendar has shown of some submissions.
SELECT
    submission_id,
    code,
    severity,
    message_bn,
    message_en,
    coalesce(cell, '') AS cell,
    coalesce(raw_text, '') AS raw_text,
    coalesce(indicator_code, '') AS indicator_code,
    coalesce(office_id, '') AS office_id,
    coalesce(waived_by, '') AS waived_by,
    coalesce(cells, '') AS cells
FROM findings
WHERE raised_by = 'comparing' AND submission_id IN (SELECT unnest($submission_ids::VARCHAR[]))
ORDER BY submission_id, code, indicator_code, office_id;
