-- What comparing had raised is raised anew from what stands now: about the touched submissions as a whole, and
-- about touched offices in whatever submission speaks of them.
CREATE OR REPLACE TEMP TABLE touched_words AS
SELECT DISTINCT submission_id, office_id
FROM observation_revisions
WHERE (fiscal_year, office_id) IN (FROM touched_offices);

DELETE FROM findings
WHERE
    raised_by = 'comparing'
    AND (
        (office_id IS NULL AND submission_id IN (FROM touched_submissions))
        OR (submission_id, office_id) IN (FROM touched_words)
    );
