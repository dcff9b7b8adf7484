-- The quarters for which anything was accepted, and the plans it was reported under.
SELECT DISTINCT fiscal_year, quarter, plan_id
FROM observations
ORDER BY fiscal_year, quarter, plan_id;
