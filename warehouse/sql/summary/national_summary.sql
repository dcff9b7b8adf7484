-- The same over all divisions, from the offices' own figures: a mean of the divisions' means would weigh a
-- division of six offices like one of thirteen.
DELETE FROM national_summary WHERE fiscal_year IN (SELECT fiscal_year FROM touched_years);

INSERT INTO national_summary BY NAME
SELECT
    fiscal_year, quarter, plan_id, indicator_code, unit,
    count(*) FILTER (WHERE is_expected) AS offices_expected,
    count(state) AS offices_reported,
    count(*) FILTER (WHERE state <> 'unstated') AS offices_stated,
    count(value) AS offices_with_value,
    count(*) FILTER (WHERE is_achieved) AS offices_achieved,
    CASE unit WHEN 'number' THEN sum(value ORDER BY office_id) END AS total_value,
    avg(value ORDER BY office_id) AS mean_value,
    min(value) AS min_value,
    max(value) AS max_value
FROM answers
GROUP BY fiscal_year, quarter, plan_id, indicator_code, unit;
