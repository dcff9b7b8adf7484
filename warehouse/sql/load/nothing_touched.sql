-- What a load touches, and therefore sets anew; nothing so far. A row may stand here twice.
CREATE OR REPLACE TEMP TABLE touched_submissions (submission_id VARCHAR);
CREATE OR REPLACE TEMP TABLE touched_offices (fiscal_year VARCHAR, office_id VARCHAR);
CREATE OR REPLACE TEMP TABLE touched_divisions (fiscal_year VARCHAR, division_id VARCHAR);
