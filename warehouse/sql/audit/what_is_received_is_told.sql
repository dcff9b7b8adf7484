-- stop: what is loaded was received first; nothing enters past the ledger
SELECT submissions.submission_id, submissions.file_name
FROM audited_submissions AS submissions
ANTI JOIN ledger ON ledger.submission_id = coalesce(submissions.part_of, submissions.submission_id);
