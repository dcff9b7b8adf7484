-- What the offices of every division come to in a quarter under a plan, indicator by indicator; the country's line
-- has no division.
SELECT division_id, indicator_code, unit, offices_reported, offices_achieved, total_value, mean_value
FROM divisional_summary
WHERE fiscal_year = $fiscal_year AND quarter = $quarter AND plan_id = $plan_id
UNION ALL BY NAME
SELECT NULL AS division_id, indicator_code, unit, offices_reported, offices_achieved, total_value, mean_value
FROM national_summary
WHERE fiscal_year = $fiscal_year AND quarter = $quarter AND plan_id = $plan_id;
