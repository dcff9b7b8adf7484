-- The ladder by which each office's indicator is scored: the one printed in its own report, else the plan's.
-- A report may print too little: a matrix holds the 100 band alone, or a target could not be read. Where all
-- that can be read there agrees with the plan, the plan's whole ladder is meant. `target` is a count,
-- percentage points, or a day as its number of days since 2000.
CREATE OR REPLACE TEMP TABLE rungs AS
WITH own AS (
    SELECT
        fiscal_year, plan_id, office_id, indicator_code, band,
        coalesce(target_value, date_diff('day', DATE '2000-01-01', target_date)) AS target,
        EXISTS (
            SELECT 1 FROM findings
            WHERE
                findings.code = 'unreadable_target'
                AND findings.submission_id = target_bands.submission_id
                AND findings.office_id = target_bands.office_id
                AND findings.indicator_code = target_bands.indicator_code
        ) AS is_torn
    FROM target_bands
    WHERE (fiscal_year, office_id) IN (FROM touched_offices)
),

planned AS (
    SELECT
        plan_id, indicator_code, band,
        coalesce(target_value, date_diff('day', DATE '2000-01-01', target_date)) AS target
    FROM plan_bands
),

own_choice AS (
    SELECT own.fiscal_year, own.plan_id, own.office_id, own.indicator_code
    FROM own
    LEFT JOIN planned USING (plan_id, indicator_code, band)
    GROUP BY own.fiscal_year, own.plan_id, own.office_id, own.indicator_code
    HAVING
        bool_or(own.band = 100)
        AND NOT (
            bool_and(own.target IS NOT DISTINCT FROM planned.target)
            AND (count(*) = 1 OR bool_or(own.is_torn))
        )
)

SELECT 'office' AS ladder, own.*
FROM own
SEMI JOIN own_choice USING (fiscal_year, plan_id, office_id, indicator_code)
UNION ALL BY NAME
SELECT 'plan' AS ladder, scored.*, planned.band, planned.target, false AS is_torn
FROM (SELECT DISTINCT fiscal_year, plan_id, office_id, indicator_code FROM as_of) AS scored
ANTI JOIN own_choice USING (fiscal_year, plan_id, office_id, indicator_code)
JOIN planned ON planned.plan_id = scored.plan_id AND planned.indicator_code = scored.indicator_code;
