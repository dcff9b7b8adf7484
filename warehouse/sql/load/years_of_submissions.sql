-- The fiscal years that these submissions speak of, as they are loaded now.
SELECT fiscal_year
FROM submissions
WHERE submission_id IN (SELECT unnest($submission_ids::VARCHAR[])) AND fiscal_year IS NOT NULL
UNION
SELECT fiscal_year
FROM observation_revisions
WHERE submission_id IN (SELECT unnest($submission_ids::VARCHAR[]))
ORDER BY fiscal_year;
