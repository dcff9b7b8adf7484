-- Write down what arrived, once for each file: bytes that came before are known already. Of two arrivals in
-- one batch the earlier one counts.
INSERT INTO ledger BY NAME
SELECT incoming.*
FROM incoming
ANTI JOIN ledger USING (submission_id)
QUALIFY row_number() OVER (PARTITION BY submission_id ORDER BY received_at, channel, file_name) = 1;
