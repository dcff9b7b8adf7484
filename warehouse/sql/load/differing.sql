-- The rows that the table has and the reference files have not, or the other way round.
(FROM {table} EXCEPT ALL FROM incoming)
UNION ALL
(FROM incoming EXCEPT ALL FROM {table})
LIMIT 1;
