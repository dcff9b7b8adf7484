-- What has changed since a state.
CREATE OR REPLACE TEMP TABLE changed_submissions AS
SELECT DISTINCT id AS submission_id
FROM {noted_in}.changes
WHERE number > $number AND kind = 'submission';

CREATE OR REPLACE TEMP TABLE changed_offices AS
SELECT DISTINCT fiscal_year, id AS office_id
FROM {noted_in}.changes
WHERE number > $number AND kind = 'office';

CREATE OR REPLACE TEMP TABLE changed_divisions AS
SELECT DISTINCT fiscal_year, id AS division_id
FROM {noted_in}.changes
WHERE number > $number AND kind = 'division';

CREATE OR REPLACE TEMP TABLE changed_years AS
SELECT DISTINCT fiscal_year
FROM changed_divisions;

-- Decisions are few, and set anew with every load.
CREATE OR REPLACE TEMP TABLE changed_decisions AS
SELECT unnest(['correction', 'waiver']) AS kind;
