-- Means over the offices scored, each with what it is out of: a mean over unlike offices must show that it is.
DELETE FROM division_scores WHERE (fiscal_year, division_id) IN (FROM touched_divisions);

INSERT INTO division_scores BY NAME
SELECT
    fiscal_year, quarter, plan_id, division_id,
    count(*) AS offices_scored,
    count(*) FILTER (WHERE undetermined_marks = 0) AS offices_wholly_scored,
    avg(marks ORDER BY office_id) AS mean_marks,
    avg(marks_possible ORDER BY office_id) AS mean_marks_possible,
    avg(weighted_score ORDER BY office_id) AS mean_weighted_score,
    avg(weighted_out_of ORDER BY office_id) AS mean_weighted_out_of
FROM office_scores
WHERE (fiscal_year, division_id) IN (FROM touched_divisions)
GROUP BY fiscal_year, quarter, plan_id, division_id;
