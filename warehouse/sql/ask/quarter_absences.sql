-- The offices of a quarter whose report is missing or came late, division by division, the missing ones first.
SELECT
    status.plan_id,
    status.division_id,
    divisions.name_bn AS division_bn,
    divisions.name_en AS division_en,
    offices.name_bn AS office_bn,
    offices.name_en AS office_en,
    status.status,
    status.due_date,
    status.received_on
FROM reporting_status AS status
JOIN offices ON offices.office_id = status.office_id
JOIN divisions ON divisions.division_id = status.division_id
WHERE status.fiscal_year = $fiscal_year AND status.quarter = $quarter AND status.status IN ('missing', 'late')
ORDER BY status.plan_id, status.division_id, status.status DESC, offices.name_bn, offices.office_id;
