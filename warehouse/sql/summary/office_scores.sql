-- Marks are reported as determined out of possible: an indicator whose score is unknown is in neither, and its
-- weight is told apart. The weighted score is the same share of what the plan counts as (10 of 50).
DELETE FROM office_scores WHERE (fiscal_year, office_id) IN (FROM touched_offices);

INSERT INTO office_scores BY NAME
WITH totals AS (
    SELECT
        fiscal_year, quarter, plan_id, office_id, division_id,
        coalesce(sum(marks ORDER BY indicator_code), 0) AS marks,
        coalesce(sum(weight ORDER BY indicator_code) FILTER (WHERE basis = 'computed'), 0) AS marks_possible,
        coalesce(sum(weight ORDER BY indicator_code) FILTER (WHERE basis = 'undetermined'), 0)
            AS undetermined_marks
    FROM scores
    WHERE (fiscal_year, office_id) IN (FROM touched_offices)
    GROUP BY fiscal_year, quarter, plan_id, office_id, division_id
)

SELECT
    totals.*,
    totals.marks * plans.weighted_marks / plans.marks AS weighted_score,
    totals.marks_possible * plans.weighted_marks / plans.marks AS weighted_out_of
FROM totals
JOIN plans USING (plan_id);
