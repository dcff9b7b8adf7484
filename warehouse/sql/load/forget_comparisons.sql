-- What comparing reports had raised in these years is raised anew from what stands now.
DELETE FROM findings
WHERE
    raised_by = 'comparing'
    AND submission_id IN (
        SELECT submission_id FROM submissions
        WHERE fiscal_year IN (SELECT fiscal_year FROM touched_years)
    );
