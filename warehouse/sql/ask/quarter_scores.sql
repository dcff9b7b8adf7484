-- The score of every office that reported in a quarter, in the order of the divisions and of the names.
SELECT
    scored.*,
    divisions.name_bn AS division_bn,
    divisions.name_en AS division_en,
    offices.name_bn AS office_bn,
    offices.name_en AS office_en
FROM office_scores AS scored
JOIN offices ON offices.office_id = scored.office_id
JOIN divisions ON divisions.division_id = scored.division_id
WHERE scored.fiscal_year = $fiscal_year AND scored.quarter = $quarter
ORDER BY scored.plan_id, scored.division_id, offices.name_bn, offices.office_id;
