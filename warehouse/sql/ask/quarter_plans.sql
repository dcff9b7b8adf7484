-- The plans that count in a quarter, each with how all its offices reported, the divisions taken together, and the
-- day on which the last of them did.
SELECT
    plans.plan_id,
    plans.annex,
    plans.name_bn,
    plans.name_en,
    plans.marks,
    plans.weighted_marks,
    sum(rates.expected)::INTEGER AS expected,
    sum(rates.received)::INTEGER AS received,
    sum(rates.on_time)::INTEGER AS on_time,
    sum(rates.late)::INTEGER AS late,
    sum(rates.missing)::INTEGER AS missing,
    100 * sum(rates.received) / nullif(sum(rates.expected), 0) AS rate_pct,
    (
        SELECT max(status.received_on)
        FROM reporting_status AS status
        WHERE status.plan_id = plans.plan_id AND status.quarter = $quarter
    ) AS last_received_on
FROM plans
JOIN reporting_rates AS rates ON rates.plan_id = plans.plan_id
WHERE rates.fiscal_year = $fiscal_year AND rates.quarter = $quarter
GROUP BY ALL
ORDER BY plans.plan_id;
