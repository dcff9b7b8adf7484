-- Every observation of a quarter, with its score so far and the file and cell that it stands in.
SELECT
    seen.plan_id,
    seen.division_id,
    seen.indicator_code,
    seen.unit,
    seen.state,
    seen.value,
    seen.value_date,
    seen.achievement_text,
    seen.remark_text,
    seen.cell,
    scores.score_pct,
    scores.reason,
    submissions.file_name,
    plans.name_bn AS plan_bn,
    plans.name_en AS plan_en,
    divisions.name_bn AS division_bn,
    divisions.name_en AS division_en,
    offices.name_bn AS office_bn,
    offices.name_en AS office_en
FROM observations AS seen
JOIN plans ON plans.plan_id = seen.plan_id
JOIN indicators ON indicators.plan_id = seen.plan_id AND indicators.indicator_code = seen.indicator_code
JOIN offices ON offices.office_id = seen.office_id
JOIN divisions ON divisions.division_id = seen.division_id
JOIN submissions ON submissions.submission_id = seen.submission_id
LEFT JOIN scores
    ON scores.fiscal_year = seen.fiscal_year
    AND scores.quarter = seen.quarter
    AND scores.plan_id = seen.plan_id
    AND scores.office_id = seen.office_id
    AND scores.indicator_code = seen.indicator_code
WHERE seen.fiscal_year = $fiscal_year AND seen.quarter = $quarter
ORDER BY seen.plan_id, seen.division_id, offices.name_bn, seen.office_id, indicators.position;
