-- Counted from who reported, never declared by anybody. A division without a single expected office has no rate.
DELETE FROM reporting_rates WHERE (fiscal_year, division_id) IN (FROM touched_divisions);

INSERT INTO reporting_rates BY NAME
WITH counted AS (
    SELECT
        begun.fiscal_year, begun.quarter, begun.plan_id, touched.division_id,
        count(status) AS expected,
        count(*) FILTER (WHERE status = 'on_time') AS on_time,
        count(*) FILTER (WHERE status = 'late') AS late,
        count(*) FILTER (WHERE status = 'missing') AS missing
    FROM (SELECT DISTINCT fiscal_year, quarter, plan_id FROM reporting_status) AS begun
    JOIN (SELECT DISTINCT fiscal_year, division_id FROM touched_divisions) AS touched USING (fiscal_year)
    SEMI JOIN divisions ON divisions.division_id = touched.division_id
    LEFT JOIN reporting_status AS told
        ON told.fiscal_year = begun.fiscal_year
        AND told.quarter = begun.quarter
        AND told.plan_id = begun.plan_id
        AND told.division_id = touched.division_id
    GROUP BY begun.fiscal_year, begun.quarter, begun.plan_id, touched.division_id
)

SELECT
    counted.*,
    on_time + late AS received,
    100 * (on_time + late) / nullif(expected, 0) AS rate_pct,
    100 * on_time / nullif(expected, 0) AS on_time_pct
FROM counted;
