-- Whose report each submission of the touched fiscal years is, and for when.
SELECT
    submission_id,
    coalesce(office_id, '') AS office_id,
    coalesce(division_id, '') AS division_id,
    fiscal_year,
    quarter
FROM submissions
WHERE fiscal_year IN (SELECT fiscal_year FROM touched_years)
ORDER BY submission_id;
