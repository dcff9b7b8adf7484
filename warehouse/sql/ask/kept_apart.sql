-- Files that wait for a person to decide about their sender, oldest first.
SELECT ledger.*
FROM ledger
JOIN submissions USING (submission_id)
WHERE submissions.rejection_code = 'unknown_sender'
ORDER BY ledger.received_at, ledger.taken_at, ledger.submission_id;
