-- The quarter's figures of a division. Counts are summed, percentages never; dates are neither summed nor
-- averaged. Every division has its rows in a quarter that anybody reported, also where none of its offices did.
DELETE FROM divisional_summary WHERE (fiscal_year, division_id) IN (FROM touched_divisions);

INSERT INTO divisional_summary BY NAME
WITH told_divisions AS (
    SELECT fiscal_year, division_id
    FROM touched_divisions
    SEMI JOIN divisions USING (division_id)
    UNION
    SELECT fiscal_year, division_id
    FROM answers
),

wanted AS (
    SELECT fiscal_year, quarter, division_id, plan_id, indicator_code, unit
    FROM told_divisions
    JOIN reported_quarters USING (fiscal_year)
    JOIN indicators USING (fiscal_year, plan_id)
)

SELECT
    fiscal_year, quarter, division_id, plan_id, indicator_code, unit,
    count(*) FILTER (WHERE is_expected) AS offices_expected,
    count(state) AS offices_reported,
    count(*) FILTER (WHERE state <> 'unstated') AS offices_stated,
    count(value) AS offices_with_value,
    count(*) FILTER (WHERE is_achieved) AS offices_achieved,
    CASE unit WHEN 'number' THEN sum(value ORDER BY office_id) END AS total_value,
    avg(value ORDER BY office_id) AS mean_value,
    min(value) AS min_value,
    max(value) AS max_value
FROM wanted
LEFT JOIN answers USING (fiscal_year, quarter, division_id, plan_id, indicator_code)
GROUP BY fiscal_year, quarter, division_id, plan_id, indicator_code, unit;
