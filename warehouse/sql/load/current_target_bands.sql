-- The ladder of an office is the one that it printed last; what it printed itself goes before what a matrix
-- says of it, since a matrix has room for the 100 band only. All bands come from the same submission.
DELETE FROM target_bands WHERE (fiscal_year, office_id) IN (FROM touched_offices);

INSERT INTO target_bands BY NAME
SELECT revision.*
FROM target_band_revisions AS revision
JOIN submissions USING (submission_id)
WHERE
    (revision.fiscal_year, revision.office_id) IN (FROM touched_offices)
    AND submissions.superseded_by IS NULL
QUALIFY 1 = dense_rank() OVER (
    PARTITION BY revision.fiscal_year, revision.plan_id, revision.office_id, revision.indicator_code
    ORDER BY
        submissions.form = 'office_form' DESC,
        submissions.quarter DESC,
        submissions.received_at DESC,
        submissions.taken_at DESC,
        submission_id DESC
);
