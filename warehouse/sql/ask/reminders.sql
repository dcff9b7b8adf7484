-- The offices whose report for a quarter under a plan has not come, with the last day on which it was due,
-- division by division, the divisional library first.
SELECT
    status.office_id,
    divisions.name_bn AS division_bn,
    status.due_date
FROM reporting_status AS status
JOIN offices ON offices.office_id = status.office_id
JOIN divisions ON divisions.division_id = status.division_id
WHERE
    status.fiscal_year = $fiscal_year
    AND status.quarter = $quarter
    AND status.plan_id = $plan_id
    AND status.status = 'missing'
ORDER BY
    divisions.name_bn,
    offices.level NOT IN ('national', 'divisional'),
    offices.name_bn,
    offices.office_id;
