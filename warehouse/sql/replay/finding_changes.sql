-- How many findings of each kind there are, where that is another number than before.
WITH counted_before AS (
    SELECT code, severity, count(*) AS times FROM findings_before GROUP BY ALL
),

counted_after AS (
    SELECT code, severity, count(*) AS times FROM findings GROUP BY ALL
)

SELECT
    code,
    severity,
    coalesce(counted_before.times, 0) AS was,
    coalesce(counted_after.times, 0) AS became
FROM counted_before
FULL JOIN counted_after USING (code, severity)
WHERE was <> became
ORDER BY code, severity;
