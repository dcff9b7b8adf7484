-- These submissions, as they are loaded now; the reports of the same office (for a matrix: division), plan and
-- quarter, since another of them may stand from now on; and every office that any of them speaks of: an office's own
-- report of itself, a matrix of many.
INSERT INTO touched_submissions
SELECT unnest($submission_ids::VARCHAR[])
UNION
SELECT other.submission_id
FROM submissions AS one
JOIN submissions AS other
    ON other.form = one.form
    AND other.plan_id = one.plan_id
    AND other.fiscal_year = one.fiscal_year
    AND other.quarter = one.quarter
    -- One equation, not two ors: DuckDB would set all reports of a quarter beside all of this load.
    AND CASE other.form
        WHEN 'office_form' THEN other.office_id
        WHEN 'divisional_matrix' THEN other.division_id
    END = CASE one.form
        WHEN 'office_form' THEN one.office_id
        WHEN 'divisional_matrix' THEN one.division_id
    END
WHERE one.submission_id IN (SELECT unnest($submission_ids::VARCHAR[]));

CREATE OR REPLACE TEMP TABLE touched_matrices AS
SELECT submission_id
FROM submissions
WHERE submission_id IN (FROM touched_submissions) AND form = 'divisional_matrix' AND rejection_code IS NULL;

INSERT INTO touched_offices
SELECT fiscal_year, office_id
FROM submissions
WHERE submission_id IN (FROM touched_submissions) AND form = 'office_form' AND rejection_code IS NULL
UNION
SELECT fiscal_year, office_id
FROM observation_revisions
WHERE submission_id IN (FROM touched_matrices)
UNION
SELECT fiscal_year, office_id
FROM target_band_revisions
WHERE submission_id IN (FROM touched_matrices);
