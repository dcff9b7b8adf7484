-- The files of loaded reports that a fiscal year, quarter and office concern; what is not named ('' or NULL) is not
-- asked about. A matrix of the office's division concerns it, also where it names it in words unknown till now.
-- What was rejected always belongs to it: the change may be what lets it in, and where it belongs is seen then.
SELECT DISTINCT coalesce(part_of, submission_id) AS submission_id
FROM submissions
WHERE
    rejection_code IS NOT NULL
    OR (
        ($fiscal_year = '' OR fiscal_year = $fiscal_year)
        AND ($quarter IS NULL OR quarter = $quarter)
        AND (
            $office_id = ''
            OR office_id = $office_id
            OR (form = 'divisional_matrix' AND coalesce(division_id, $division_id) = $division_id)
            OR submission_id IN (SELECT submission_id FROM observation_revisions WHERE office_id = $office_id)
        )
    )
ORDER BY submission_id;
