-- What the offices of the touched divisions report; an office belongs to the division that the registry says.
CREATE OR REPLACE TEMP TABLE division_observations AS
SELECT
    fiscal_year, quarter, plan_id, office_id, indicator_code, state, value,
    coalesce(offices.division_id, observations.division_id) AS division_id
FROM observations
LEFT JOIN offices USING (office_id)
WHERE
    (fiscal_year, coalesce(offices.division_id, observations.division_id)) IN (FROM touched_divisions);
