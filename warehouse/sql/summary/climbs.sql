-- How far up its ladder each year so far has come: the highest band reached, the next one above it, and how high
-- both stand. A height is a target turned so that higher is always better.
CREATE OR REPLACE TEMP TABLE climbs AS
WITH heights AS (
    SELECT
        fiscal_year, plan_id, office_id, indicator_code,
        year_to_date.quarter,
        direction * coalesce(ytd_value, date_diff('day', DATE '2000-01-01', ytd_date)) AS height,
        direction * target AS rung_height,
        band
    FROM year_to_date
    JOIN ladders USING (fiscal_year, plan_id, office_id, indicator_code)
    JOIN rungs USING (fiscal_year, plan_id, office_id, indicator_code)
)

SELECT
    fiscal_year, plan_id, office_id, indicator_code, quarter,
    any_value(height) AS height,
    max(band) FILTER (WHERE rung_height <= height) AS band_reached,
    arg_max(rung_height, band) FILTER (WHERE rung_height <= height) AS height_reached,
    min(band) FILTER (WHERE rung_height > height) AS band_above,
    arg_min(rung_height, band) FILTER (WHERE rung_height > height) AS height_above
FROM heights
GROUP BY fiscal_year, plan_id, office_id, indicator_code, quarter;
