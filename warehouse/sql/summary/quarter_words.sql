-- What each quarter up to the as-of quarter tells, in one word: `missing` where no report speaks of the
-- indicator, `figure` where a figure or day stands there, `done_unsaid` where it is called done without a
-- figure. "Achieved in the first quarter" points to that quarter's report: where the figure stands there, the
-- later quarter adds nothing of its own (`told_elsewhere`). Planned, in progress and not achieved are `not_yet`.
CREATE OR REPLACE TEMP TABLE quarter_words AS
SELECT
    as_of.fiscal_year,
    as_of.plan_id,
    as_of.office_id,
    as_of.indicator_code,
    as_of.quarter,
    told.quarter AS told_in,
    seen.value,
    seen.value_date,
    CASE
        WHEN seen.state IS NULL THEN 'missing'
        WHEN seen.state = 'reported' THEN 'figure'
        WHEN seen.state = 'achieved' AND pointed_to.state = 'reported' THEN 'told_elsewhere'
        WHEN seen.state = 'achieved' THEN 'done_unsaid'
        WHEN seen.state IN ('planned', 'in_progress', 'not_achieved') THEN 'not_yet'
        ELSE seen.state
    END AS word
FROM as_of
JOIN (VALUES (1), (2), (3), (4)) AS told (quarter) ON told.quarter <= as_of.quarter
LEFT JOIN current_observations AS seen
    ON seen.fiscal_year = as_of.fiscal_year
    AND seen.plan_id = as_of.plan_id
    AND seen.office_id = as_of.office_id
    AND seen.indicator_code = as_of.indicator_code
    AND seen.quarter = told.quarter
LEFT JOIN current_observations AS pointed_to
    ON pointed_to.fiscal_year = as_of.fiscal_year
    AND pointed_to.plan_id = as_of.plan_id
    AND pointed_to.office_id = as_of.office_id
    AND pointed_to.indicator_code = as_of.indicator_code
    AND pointed_to.quarter = seen.achieved_quarter
    AND pointed_to.quarter < told.quarter;
