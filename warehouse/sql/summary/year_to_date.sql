-- The year so far, each indicator by its own method.
CREATE OR REPLACE TEMP TABLE year_to_date AS
SELECT * FROM year_by_sum
UNION ALL BY NAME
SELECT * FROM year_by_average
UNION ALL BY NAME
SELECT * FROM year_by_latest
UNION ALL BY NAME
SELECT * FROM year_by_date;
