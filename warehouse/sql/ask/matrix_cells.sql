-- What stands in a matrix: the 100 band that the office's report printed, else the plan's; the figure or day
-- reported, and the words of achievement and remark.
SELECT
    observations.office_id,
    observations.indicator_code,
    observations.unit,
    observations.state,
    observations.value,
    observations.value_date,
    observations.achievement_text,
    observations.remark_text,
    coalesce(printed.target_value, planned.target_value) AS target_value,
    coalesce(printed.target_date, planned.target_date) AS target_date
FROM observations
LEFT JOIN target_bands AS printed
    ON printed.fiscal_year = observations.fiscal_year
    AND printed.plan_id = observations.plan_id
    AND printed.office_id = observations.office_id
    AND printed.indicator_code = observations.indicator_code
    AND printed.band = 100
LEFT JOIN plan_bands AS planned
    ON planned.plan_id = observations.plan_id
    AND planned.indicator_code = observations.indicator_code
    AND planned.band = 100
WHERE
    observations.fiscal_year = $fiscal_year
    AND observations.quarter = $quarter
    AND observations.plan_id = $plan_id;
