-- The indicators of the plans reported on in a quarter, beside what all offices together have reported.
SELECT
    indicators.plan_id,
    plans.annex,
    indicators.indicator_code,
    indicators.indicator_key,
    indicators.statement_bn,
    indicators.unit,
    indicators.weight,
    summary.offices_reported,
    summary.offices_achieved,
    summary.total_value,
    summary.mean_value
FROM indicators
JOIN plans ON plans.plan_id = indicators.plan_id
JOIN national_summary AS summary
    ON summary.plan_id = indicators.plan_id AND summary.indicator_code = indicators.indicator_code
WHERE summary.fiscal_year = $fiscal_year AND summary.quarter = $quarter
ORDER BY indicators.plan_id, indicators.position;
