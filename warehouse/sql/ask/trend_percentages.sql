-- The mean of every percentage in each quarter up to one, division by division. An indicator is followed over the
-- years by its lasting key, for its number changes.
SELECT
    plans.annex,
    indicators.indicator_key,
    summary.fiscal_year,
    summary.quarter,
    summary.division_id,
    divisions.name_bn AS division_bn,
    divisions.name_en AS division_en,
    summary.mean_value AS percentage
FROM divisional_summary AS summary
JOIN plans ON plans.plan_id = summary.plan_id
JOIN indicators ON indicators.plan_id = summary.plan_id AND indicators.indicator_code = summary.indicator_code
JOIN divisions ON divisions.division_id = summary.division_id
WHERE indicators.unit = 'percent' AND (summary.fiscal_year, summary.quarter) <= ($fiscal_year, $quarter)
ORDER BY plans.annex, indicators.indicator_key, summary.division_id, summary.fiscal_year, summary.quarter;
