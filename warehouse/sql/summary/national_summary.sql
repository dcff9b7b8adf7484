-- The same over all divisions. The mean is over offices: a mean of the divisions' means would weigh a division of
-- six offices like one of thirteen.
DELETE FROM national_summary WHERE fiscal_year IN (SELECT fiscal_year FROM touched_divisions);

INSERT INTO national_summary BY NAME
SELECT
    fiscal_year, quarter, plan_id, indicator_code, unit,
    sum(offices_expected) AS offices_expected,
    sum(offices_reported) AS offices_reported,
    sum(offices_stated) AS offices_stated,
    sum(offices_with_value) AS offices_with_value,
    sum(offices_achieved) AS offices_achieved,
    sum(total_value ORDER BY division_id) AS total_value,
    sum(mean_value * offices_with_value ORDER BY division_id) / nullif(sum(offices_with_value), 0) AS mean_value,
    min(min_value) AS min_value,
    max(max_value) AS max_value
FROM divisional_summary
WHERE fiscal_year IN (SELECT fiscal_year FROM touched_divisions)
GROUP BY fiscal_year, quarter, plan_id, indicator_code, unit;
