-- stop: a submission that was rejected has a finding that says why, in both languages
SELECT submissions.submission_id, submissions.file_name, submissions.rejection_code
FROM audited_submissions AS submissions
LEFT JOIN findings
    ON findings.submission_id = submissions.submission_id AND findings.code = submissions.rejection_code
WHERE
    submissions.rejection_code IS NOT NULL
    AND (findings.code IS NULL OR trim(findings.message_bn) = '' OR trim(findings.message_en) = '');
