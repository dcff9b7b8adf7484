-- stop: a division's total is the sum of its offices' figures, and a percentage has no total
SELECT summary.fiscal_year, summary.quarter, summary.division_id, summary.indicator_code, summary.total_value, told.total
FROM audited_summary AS summary
LEFT JOIN (
    SELECT fiscal_year, quarter, division_id, plan_id, indicator_code, sum(value) AS total
    FROM observations
    WHERE
        unit = 'number'
        AND (fiscal_year, division_id) IN (SELECT fiscal_year, division_id FROM audited_summary)
    GROUP BY ALL
) AS told USING (fiscal_year, quarter, division_id, plan_id, indicator_code)
WHERE abs(coalesce(summary.total_value, 0) - coalesce(told.total, 0)) > 1e-6
    OR (summary.unit <> 'number' AND summary.total_value IS NOT NULL);
