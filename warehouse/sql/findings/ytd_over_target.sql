-- The running sum is above the year's target, and this quarter added to it: someone may have typed a
-- cumulative figure. Quarters not reported only make the true sum greater. Asked only where more is better.
SELECT
    observations.submission_id,
    observations.cell,
    observations.achievement_raw AS raw_text,
    observations.indicator_code,
    observations.office_id,
    so_far.total,
    ladders.top_target AS expected
FROM year_so_far AS so_far
JOIN ladders USING (fiscal_year, plan_id, office_id, indicator_code)
JOIN current_observations AS observations USING (fiscal_year, plan_id, office_id, indicator_code, quarter)
WHERE
    so_far.calculation = 'sum'
    AND ladders.direction = 1
    AND so_far.total > ladders.top_target
    AND observations.value > 0
ORDER BY observations.submission_id, observations.office_id, observations.indicator_code;
