-- What the audit asks about: what has changed since all was last found in order.
CREATE OR REPLACE TEMP VIEW audited_submissions AS
FROM submissions
WHERE submission_id IN (FROM changed_submissions);

CREATE OR REPLACE TEMP VIEW audited_observations AS
FROM observations
WHERE (fiscal_year, office_id) IN (FROM changed_offices);

CREATE OR REPLACE TEMP VIEW audited_scores AS
FROM scores
WHERE (fiscal_year, office_id) IN (FROM changed_offices);

CREATE OR REPLACE TEMP VIEW audited_summary AS
FROM divisional_summary
WHERE (fiscal_year, division_id) IN (FROM changed_divisions);

CREATE OR REPLACE TEMP VIEW audited_rates AS
FROM reporting_rates
WHERE (fiscal_year, division_id) IN (FROM changed_divisions);
