-- Received and never loaded: what a crash between the two left behind, oldest first.
SELECT ledger.*
FROM ledger
ANTI JOIN submissions USING (submission_id)
ORDER BY received_at, taken_at, submission_id;
