-- Current observations that say something else than before, came, or went: `was` or `became` is NULL then. Of a
-- row that stayed only the fields that differ are told, and of one that came or went not what its plan says.
WITH told_before AS (
    UNPIVOT (
        SELECT
            fiscal_year, quarter, plan_id, office_id, indicator_code,
            COLUMNS('^(state|value|achieved|planned|unit|weight)')::VARCHAR
        FROM observations_before
    )
    ON COLUMNS('^(state|value|achieved|planned|unit|weight)') INTO NAME field VALUE words
),

told_after AS (
    UNPIVOT (
        SELECT
            fiscal_year, quarter, plan_id, office_id, indicator_code,
            COLUMNS('^(state|value|achieved|planned|unit|weight)')::VARCHAR
        FROM observations
    )
    ON COLUMNS('^(state|value|achieved|planned|unit|weight)') INTO NAME field VALUE words
),

differing AS (
    SELECT
        fiscal_year, quarter, plan_id, office_id, indicator_code,
        string_agg(field || ' ' || told_before.words, ', ' ORDER BY field <> 'state', field) AS was,
        string_agg(field || ' ' || told_after.words, ', ' ORDER BY field <> 'state', field) AS became
    FROM told_before
    FULL JOIN told_after USING (fiscal_year, quarter, plan_id, office_id, indicator_code, field)
    WHERE
        CASE WHEN field IN ('unit', 'weight') THEN told_before.words <> told_after.words
        ELSE told_before.words IS DISTINCT FROM told_after.words END
    GROUP BY ALL
)

SELECT
    fiscal_year, quarter, plan_id, office_id, indicator_code,
    CASE WHEN observations_before.state IS NOT NULL THEN coalesce(differing.was, '') END AS was,
    CASE WHEN observations.state IS NOT NULL THEN coalesce(differing.became, '') END AS became
FROM differing
LEFT JOIN observations_before USING (fiscal_year, quarter, plan_id, office_id, indicator_code)
LEFT JOIN observations USING (fiscal_year, quarter, plan_id, office_id, indicator_code)
ORDER BY ALL;
