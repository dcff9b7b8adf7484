-- The divisions of the touched offices, as they were and as they are. Where a quarter is reported on for the first
-- time, or no longer, every division has its rows in it or loses them.
CREATE OR REPLACE TEMP TABLE reported_quarters AS
SELECT DISTINCT fiscal_year, plan_id, quarter
FROM observations
WHERE fiscal_year IN (SELECT fiscal_year FROM touched_offices);

INSERT INTO touched_divisions
WITH summarised_quarters AS (
    SELECT DISTINCT fiscal_year, plan_id, quarter
    FROM national_summary
    WHERE fiscal_year IN (SELECT fiscal_year FROM touched_offices)
),

begun_or_gone AS (
    (FROM reported_quarters EXCEPT FROM summarised_quarters)
    UNION
    (FROM summarised_quarters EXCEPT FROM reported_quarters)
)

SELECT fiscal_year, division_id FROM current_observations
UNION
SELECT fiscal_year, division_id FROM touched_offices JOIN offices USING (office_id)
UNION
SELECT fiscal_year, division_id
FROM begun_or_gone
CROSS JOIN (SELECT division_id FROM divisions UNION SELECT division_id FROM offices)
UNION
SELECT fiscal_year, division_id FROM divisional_summary
WHERE fiscal_year IN (SELECT fiscal_year FROM begun_or_gone);
