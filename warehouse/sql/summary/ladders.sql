-- Which way a ladder runs, and whether it can be climbed. Days always run backwards: earlier is better. For
-- numbers most steps decide (1 more is better, -1 less is), so that one misprinted target does not turn the
-- ladder over; a single target asks for at least that much. A step against the ladder, or a level one, is a flaw.
CREATE OR REPLACE TEMP TABLE ladders AS
WITH steps AS (
    SELECT
        rungs.*,
        as_of.unit,
        sign(target - lead(target) OVER (
            PARTITION BY rungs.fiscal_year, rungs.plan_id, rungs.office_id, rungs.indicator_code
            ORDER BY band DESC
        )) AS step
    FROM rungs
    JOIN (SELECT DISTINCT plan_id, indicator_code, unit FROM as_of) AS as_of USING (plan_id, indicator_code)
),

directed AS (
    SELECT
        fiscal_year, plan_id, office_id, indicator_code, ladder,
        count(*) AS bands,
        max(target) FILTER (WHERE band = 100) AS top_target,
        bool_or(is_torn) AS is_torn,
        CASE
            WHEN unit = 'date' THEN -1
            WHEN count(*) = 1 THEN 1
            ELSE sign(sum(step))
        END AS direction,
        min(step) AS least_step,
        max(step) AS greatest_step
    FROM steps
    GROUP BY fiscal_year, plan_id, office_id, indicator_code, ladder, unit
)

SELECT
    fiscal_year, plan_id, office_id, indicator_code, ladder, direction,
    top_target,
    CASE
        WHEN is_torn THEN 'unreadable_target'
        WHEN bands = 1 OR top_target IS NULL THEN 'no_ladder'
        WHEN direction = 0 OR least_step <> direction OR greatest_step <> direction THEN 'target_bands_not_monotonic'
    END AS flaw
FROM directed;
