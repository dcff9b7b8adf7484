-- The quarter's figures of a division. Counts are summed, percentages never; dates are neither summed nor
-- averaged. Every division has its rows in a quarter that anybody reported, also where none of its offices did.
DELETE FROM divisional_summary WHERE fiscal_year IN (SELECT fiscal_year FROM touched_years);

INSERT INTO divisional_summary BY NAME
WITH wanted AS (
    SELECT DISTINCT
        answers.fiscal_year, answers.quarter, divisions.division_id, answers.plan_id,
        answers.indicator_code, answers.unit
    FROM answers
    CROSS JOIN divisions
)

SELECT
    fiscal_year, quarter, division_id, plan_id, indicator_code, wanted.unit,
    count(*) FILTER (WHERE is_expected) AS offices_expected,
    count(state) AS offices_reported,
    count(*) FILTER (WHERE state <> 'unstated') AS offices_stated,
    count(value) AS offices_with_value,
    count(*) FILTER (WHERE is_achieved) AS offices_achieved,
    CASE wanted.unit WHEN 'number' THEN sum(value ORDER BY office_id) END AS total_value,
    avg(value ORDER BY office_id) AS mean_value,
    min(value) AS min_value,
    max(value) AS max_value
FROM wanted
LEFT JOIN answers USING (fiscal_year, quarter, division_id, plan_id, indicator_code)
GROUP BY fiscal_year, quarter, division_id, plan_id, indicator_code, wanted.unit;
