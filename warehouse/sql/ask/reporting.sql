-- Expected, received and missing, division by division, with the names of those whose report has not come.
SELECT
    rates.*,
    divisions.name_bn AS division_name_bn,
    divisions.name_en AS division_name_en,
    coalesce(
        list(offices.name_bn ORDER BY offices.name_bn) FILTER (WHERE status.status = 'missing'), []
    ) AS missing_offices
FROM reporting_rates AS rates
JOIN divisions USING (division_id)
LEFT JOIN reporting_status AS status USING (fiscal_year, quarter, plan_id, division_id)
LEFT JOIN offices ON offices.office_id = status.office_id
WHERE rates.fiscal_year = $fiscal_year AND rates.quarter = $quarter
GROUP BY ALL
ORDER BY rates.plan_id, rates.division_id;
