-- What is scored: every indicator of the plan for every office that reported under it, as of the end of each
-- quarter from the first to the last one it reported (quarters it left out in between included).
CREATE OR REPLACE TEMP TABLE as_of AS
WITH reporting AS (
    SELECT
        fiscal_year, plan_id, office_id,
        arg_max(division_id, quarter) AS division_id,
        min(quarter) AS first_quarter,
        max(quarter) AS last_quarter
    FROM current_observations
    GROUP BY fiscal_year, plan_id, office_id
)

SELECT
    reporting.fiscal_year,
    reporting.plan_id,
    reporting.office_id,
    coalesce(offices.division_id, reporting.division_id) AS division_id,
    quarters.quarter,
    indicators.indicator_code,
    indicators.unit,
    indicators.weight,
    indicators.calculation
FROM reporting
JOIN (VALUES (1), (2), (3), (4)) AS quarters (quarter)
    ON quarters.quarter BETWEEN reporting.first_quarter AND reporting.last_quarter
JOIN indicators ON indicators.plan_id = reporting.plan_id
LEFT JOIN offices ON offices.office_id = reporting.office_id;
