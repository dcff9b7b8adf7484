-- How the offices of every division reported for a quarter under a plan, in the order of the divisions' names.
SELECT
    rates.division_id,
    divisions.name_bn AS division_bn,
    rates.expected,
    rates.received,
    rates.on_time,
    rates.rate_pct
FROM reporting_rates AS rates
JOIN divisions ON divisions.division_id = rates.division_id
WHERE rates.fiscal_year = $fiscal_year AND rates.quarter = $quarter AND rates.plan_id = $plan_id
ORDER BY divisions.name_bn;
