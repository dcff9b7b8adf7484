-- How many offices stand at each band of an indicator at the quarter's end: the highest band that their score has
-- reached, 0 below the lowest, and no band where the score is undetermined. Beside it the plan's target for it.
WITH standings AS (
    SELECT
        plan_id,
        indicator_code,
        -- A score computed as 89.99999999999999 stands at 90.
        CASE WHEN score_pct IS NOT NULL
            THEN coalesce(list_max(list_filter($bands::INTEGER[], lambda band: band <= round(score_pct, 6))), 0)
        END AS band
    FROM scores
    WHERE fiscal_year = $fiscal_year AND quarter = $quarter
),

counted AS (
    SELECT plan_id, indicator_code, band, count(*)::INTEGER AS offices
    FROM standings
    GROUP BY plan_id, indicator_code, band
)

SELECT
    plan_id,
    indicator_code,
    band,
    coalesce(counted.offices, 0) AS offices,
    plan_bands.target_value,
    plan_bands.target_date
FROM counted
FULL JOIN plan_bands USING (plan_id, indicator_code, band)
WHERE plan_id IN (
    SELECT plan_id FROM scores WHERE fiscal_year = $fiscal_year AND quarter = $quarter
);
