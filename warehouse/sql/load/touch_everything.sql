-- Everything of one fiscal year that was ever loaded, and everything that stands.
INSERT INTO touched_submissions
SELECT submission_id
FROM submissions
WHERE fiscal_year = $fiscal_year;

INSERT INTO touched_offices
SELECT fiscal_year, office_id FROM observation_revisions WHERE fiscal_year = $fiscal_year
UNION
SELECT fiscal_year, office_id FROM target_band_revisions WHERE fiscal_year = $fiscal_year
UNION
SELECT fiscal_year, office_id FROM observations WHERE fiscal_year = $fiscal_year
UNION
SELECT fiscal_year, office_id FROM target_bands WHERE fiscal_year = $fiscal_year
UNION
SELECT fiscal_year, office_id FROM scores WHERE fiscal_year = $fiscal_year;

INSERT INTO touched_divisions
SELECT fiscal_year, division_id FROM divisional_summary WHERE fiscal_year = $fiscal_year
UNION
SELECT fiscal_year, division_id FROM division_scores WHERE fiscal_year = $fiscal_year
UNION
SELECT fiscal_year, division_id FROM reporting_status WHERE fiscal_year = $fiscal_year
UNION
SELECT fiscal_year, division_id FROM reporting_rates WHERE fiscal_year = $fiscal_year
UNION
SELECT $fiscal_year, division_id FROM divisions
UNION
SELECT $fiscal_year, division_id FROM offices;
