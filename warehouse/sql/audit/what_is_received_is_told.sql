-- stop: what is loaded was received first; nothing enters past the ledger
SELECT submissions.submission_id, submissions.file_name
FROM submissions
ANTI JOIN ledger USING (submission_id);
