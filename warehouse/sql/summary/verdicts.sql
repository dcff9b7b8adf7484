-- What can be said of each score, in one word: `at_the_top`, `nothing_earned`, `between_bands`, or why it cannot
-- be known. Never achievement divided by target: real ladders run 30.00 / 29.95 / 29.90.
--   * a sum whose known quarters already reach the 100 band is at the top, whatever is missing;
--   * a band of zero would pay for doing nothing: where more is better, zero earns nothing;
--   * where less is better, no figure at all is not the least figure: it is unknown;
--   * at or beyond the 100 band even a flawed ladder leaves no doubt; below it, it does;
--   * below the lowest defined band nothing is earned.
CREATE OR REPLACE TEMP TABLE verdicts AS
SELECT
    year_to_date.*,
    ladders.ladder,
    climbs.band_reached, climbs.height_reached, climbs.band_above, climbs.height_above, climbs.height,
    CASE
        WHEN direction = 1 AND at_least > 0 AND at_least >= top_target THEN 'at_the_top'
        WHEN reason IS NOT NULL THEN reason
        WHEN is_nothing_done AND as_of.unit = 'date' THEN 'nothing_earned'
        WHEN top_target IS NULL THEN 'no_ladder'
        WHEN direction = 0 THEN flaw
        WHEN is_nothing_done AND direction = -1 THEN 'value_missing'
        WHEN is_nothing_done OR (direction = 1 AND ytd_value = 0) THEN 'nothing_earned'
        WHEN height >= direction * top_target THEN 'at_the_top'
        WHEN flaw IS NOT NULL THEN flaw
        WHEN band_reached IS NULL THEN 'nothing_earned'
        ELSE 'between_bands'
    END AS verdict
FROM year_to_date
JOIN as_of USING (fiscal_year, plan_id, office_id, indicator_code, quarter)
LEFT JOIN ladders USING (fiscal_year, plan_id, office_id, indicator_code)
LEFT JOIN climbs USING (fiscal_year, plan_id, office_id, indicator_code, quarter);
