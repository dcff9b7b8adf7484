-- A matrix says otherwise than the office itself: both give a figure or day and these differ, or one says that
-- something was done and the other does not. Zero is a figure, but nothing done.
WITH words AS (
    SELECT
        revision.*,
        submissions.form,
        coalesce(revision.value_date::VARCHAR, revision.value::VARCHAR) AS figure,
        revision.state = 'achieved' OR (revision.state = 'reported' AND revision.value IS DISTINCT FROM 0)
            AS says_done
    FROM observation_revisions AS revision
    JOIN submissions USING (submission_id)
    WHERE
        (revision.fiscal_year, revision.office_id) IN (FROM touched_offices)
        AND submissions.superseded_by IS NULL
)

SELECT
    matrix.submission_id,
    matrix.cell,
    matrix.achievement_raw AS raw_text,
    matrix.indicator_code,
    matrix.office_id,
    own.achievement_raw AS office_value,
    matrix.achievement_raw AS matrix_value
FROM words AS matrix
JOIN words AS own USING (fiscal_year, quarter, plan_id, office_id, indicator_code)
WHERE
    matrix.form = 'divisional_matrix'
    AND own.form = 'office_form'
    AND (own.figure <> matrix.figure OR own.says_done <> matrix.says_done)
ORDER BY matrix.submission_id, matrix.office_id, matrix.indicator_code;
