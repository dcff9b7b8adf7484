-- What the audit asks about: all that there is.
CREATE OR REPLACE TEMP VIEW audited_submissions AS
FROM submissions;

CREATE OR REPLACE TEMP VIEW audited_observations AS
FROM observations;

CREATE OR REPLACE TEMP VIEW audited_scores AS
FROM scores;

CREATE OR REPLACE TEMP VIEW audited_summary AS
FROM divisional_summary;

CREATE OR REPLACE TEMP VIEW audited_rates AS
FROM reporting_rates;
