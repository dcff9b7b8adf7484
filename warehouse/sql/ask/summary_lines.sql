-- The divisional summary of a quarter beside the words of its indicators, in the order of the plan.
SELECT summary.*, indicators.statement_bn, indicators.weight
FROM divisional_summary AS summary
JOIN indicators USING (plan_id, indicator_code)
WHERE summary.fiscal_year = $fiscal_year AND summary.quarter = $quarter AND summary.division_id = $division_id
ORDER BY summary.plan_id, indicators.position;
