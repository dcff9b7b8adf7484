-- What stood before a replay, to be compared with what stands after it.
CREATE OR REPLACE TEMP TABLE submissions_before AS FROM submissions;
CREATE OR REPLACE TEMP TABLE observations_before AS FROM observations;
CREATE OR REPLACE TEMP TABLE findings_before AS FROM findings;

-- rejected unknown_office 2024-25 Q2
CREATE OR REPLACE TEMP MACRO fate(status, rejection_code, whose, fiscal_year, quarter) AS
    concat_ws(' ', status, rejection_code, whose, fiscal_year, 'Q' || quarter);
