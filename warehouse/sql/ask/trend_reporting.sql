-- The reporting rate of every division in each quarter up to one, under the annexes that count in that quarter.
SELECT
    plans.annex,
    rates.fiscal_year,
    rates.quarter,
    rates.division_id,
    divisions.name_bn AS division_bn,
    divisions.name_en AS division_en,
    rates.rate_pct AS percentage
FROM reporting_rates AS rates
JOIN plans ON plans.plan_id = rates.plan_id
JOIN divisions ON divisions.division_id = rates.division_id
WHERE (rates.fiscal_year, rates.quarter) <= ($fiscal_year, $quarter)
ORDER BY plans.annex, rates.division_id, rates.fiscal_year, rates.quarter;
