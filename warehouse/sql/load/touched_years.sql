-- The fiscal years whose current rows and summaries are set anew.
CREATE OR REPLACE TEMP TABLE touched_years AS
SELECT unnest($fiscal_years::VARCHAR[]) AS fiscal_year;
