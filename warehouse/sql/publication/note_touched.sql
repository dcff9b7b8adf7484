-- What a load has set anew, so that the published copy can follow. A load of this size is not noted: to copy
-- everything is no slower then.
CREATE OR REPLACE TEMP TABLE touched AS
SELECT 'nothing' AS kind, NULL AS fiscal_year, NULL AS id
UNION
SELECT 'submission', NULL, submission_id FROM touched_submissions
UNION
SELECT 'submission', NULL, submission_id FROM touched_words
UNION
SELECT 'office', fiscal_year, office_id FROM touched_offices
UNION
SELECT 'division', fiscal_year, division_id FROM touched_divisions;

INSERT INTO publishing.changes
SELECT (SELECT max(number) FROM publishing.states), *
FROM touched
WHERE (SELECT count(*) FROM touched) <= $most;
