-- Who has achieved an indicator by the end of a quarter: whoever has called it achieved by then, or stands at
-- 100 in the last quarter for which a score is known.
CREATE OR REPLACE TEMP TABLE achieved AS
SELECT quarters.fiscal_year, quarters.plan_id, quarters.quarter, seen.office_id, seen.indicator_code
FROM reported_quarters AS quarters
JOIN division_observations AS seen
    ON seen.fiscal_year = quarters.fiscal_year
    AND seen.plan_id = quarters.plan_id
    AND seen.quarter <= quarters.quarter
WHERE seen.state = 'achieved'
UNION
SELECT quarters.fiscal_year, quarters.plan_id, quarters.quarter, scores.office_id, scores.indicator_code
FROM reported_quarters AS quarters
JOIN scores
    ON scores.fiscal_year = quarters.fiscal_year
    AND scores.plan_id = quarters.plan_id
    AND scores.quarter <= quarters.quarter
WHERE (scores.fiscal_year, scores.office_id) IN (SELECT fiscal_year, office_id FROM division_observations)
GROUP BY quarters.fiscal_year, quarters.plan_id, quarters.quarter, scores.office_id, scores.indicator_code
HAVING arg_max(scores.score_pct, scores.quarter) = 100;
