-- stop: of several reports in one form for one plan, quarter and office (or division) one stands
SELECT form, plan_id, fiscal_year, quarter, office_id, division_id, count(*) AS times
FROM submissions
WHERE status IN ('accepted', 'accepted_with_findings') AND coalesce(office_id, division_id) IS NOT NULL
GROUP BY ALL
HAVING count(*) > 1;
