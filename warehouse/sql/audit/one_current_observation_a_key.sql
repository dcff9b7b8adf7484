-- stop: an office has one current row for each quarter, plan and indicator
SELECT office_id, fiscal_year, quarter, plan_id, indicator_code, count(*) AS times
FROM audited_observations
GROUP BY ALL
HAVING count(*) > 1;
