-- warn: every office of a division reports the same figure for an indicator that is not a date
SELECT fiscal_year, quarter, division_id, plan_id, indicator_code, min_value AS figure, offices_with_value
FROM audited_summary
WHERE offices_with_value >= 8 AND min_value = max_value;
