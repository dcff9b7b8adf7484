-- One row for each office and indicator in every quarter that anybody reported: the offices expected, and those
-- that reported although they were not, since no figure may drop out of a total unseen.
CREATE OR REPLACE TEMP TABLE answers AS
WITH offices_concerned AS (
    SELECT fiscal_year, plan_id, quarter, division_id, office_id
    FROM expected_offices
    SEMI JOIN reported_quarters USING (fiscal_year, plan_id, quarter)
    UNION
    SELECT fiscal_year, plan_id, quarter, division_id, office_id
    FROM division_observations
)

SELECT
    concerned.fiscal_year, concerned.plan_id, concerned.quarter, concerned.division_id, concerned.office_id,
    indicators.indicator_code,
    expected_offices.office_id IS NOT NULL AS is_expected,
    seen.state,
    CASE WHEN indicators.unit <> 'date' THEN seen.value END AS value,
    achieved.office_id IS NOT NULL AS is_achieved
FROM offices_concerned AS concerned
JOIN indicators ON indicators.plan_id = concerned.plan_id
LEFT JOIN expected_offices
    ON expected_offices.plan_id = concerned.plan_id
    AND expected_offices.quarter = concerned.quarter
    AND expected_offices.office_id = concerned.office_id
LEFT JOIN division_observations AS seen
    ON seen.fiscal_year = concerned.fiscal_year
    AND seen.plan_id = concerned.plan_id
    AND seen.quarter = concerned.quarter
    AND seen.office_id = concerned.office_id
    AND seen.indicator_code = indicators.indicator_code
LEFT JOIN achieved
    ON achieved.fiscal_year = concerned.fiscal_year
    AND achieved.plan_id = concerned.plan_id
    AND achieved.quarter = concerned.quarter
    AND achieved.office_id = concerned.office_id
    AND achieved.indicator_code = indicators.indicator_code;
