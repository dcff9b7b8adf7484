-- Counted from who reported, never declared by anybody. A division without a single expected office has no rate.
DELETE FROM reporting_rates WHERE fiscal_year IN (SELECT fiscal_year FROM touched_years);

INSERT INTO reporting_rates BY NAME
WITH wanted AS (
    SELECT DISTINCT fiscal_year, quarter, plan_id, divisions.division_id
    FROM reporting_status
    CROSS JOIN divisions
    WHERE fiscal_year IN (SELECT fiscal_year FROM touched_years)
),

counted AS (
    SELECT
        fiscal_year, quarter, plan_id, division_id,
        count(status) AS expected,
        count(*) FILTER (WHERE status = 'on_time') AS on_time,
        count(*) FILTER (WHERE status = 'late') AS late,
        count(*) FILTER (WHERE status = 'missing') AS missing
    FROM wanted
    LEFT JOIN reporting_status USING (fiscal_year, quarter, plan_id, division_id)
    GROUP BY fiscal_year, quarter, plan_id, division_id
)

SELECT
    counted.*,
    on_time + late AS received,
    100 * (on_time + late) / nullif(expected, 0) AS rate_pct,
    100 * on_time / nullif(expected, 0) AS on_time_pct
FROM counted;
