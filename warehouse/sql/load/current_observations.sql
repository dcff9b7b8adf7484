-- One current row for each office, quarter, plan and indicator, from the submissions that still stand. Where an
-- office's own form and a matrix speak of the same thing, the office's own word counts, whenever it came.
INSERT INTO touched_divisions
SELECT DISTINCT fiscal_year, division_id
FROM observations
WHERE (fiscal_year, office_id) IN (FROM touched_offices);

DELETE FROM observations WHERE (fiscal_year, office_id) IN (FROM touched_offices);

CREATE OR REPLACE TEMP TABLE current_observations AS
SELECT revision.*
FROM observation_revisions AS revision
JOIN submissions USING (submission_id)
WHERE
    (revision.fiscal_year, revision.office_id) IN (FROM touched_offices)
    AND submissions.superseded_by IS NULL
QUALIFY 1 = row_number() OVER (
    PARTITION BY
        revision.fiscal_year, revision.quarter, revision.plan_id, revision.office_id, revision.indicator_code
    ORDER BY
        submissions.form = 'office_form' DESC, submissions.received_at DESC, submissions.taken_at DESC,
        submission_id DESC, revision.cell
);

INSERT INTO observations BY NAME FROM current_observations;
