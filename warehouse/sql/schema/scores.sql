-- One row per office, indicator and quarter, as of that quarter's end.
CREATE TABLE IF NOT EXISTS scores (
    fiscal_year VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    plan_id VARCHAR NOT NULL,
    division_id VARCHAR NOT NULL,
    office_id VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    calculation VARCHAR NOT NULL,
    ytd_value DOUBLE,
    ytd_date DATE,
    score_pct DOUBLE,
    marks DOUBLE,
    weight DOUBLE NOT NULL,
    basis VARCHAR NOT NULL,
    reason VARCHAR,
    ladder VARCHAR
);
