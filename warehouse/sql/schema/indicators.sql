-- The indicators of each plan.
CREATE TABLE IF NOT EXISTS indicators (
    plan_id VARCHAR NOT NULL,
    fiscal_year VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    indicator_key VARCHAR NOT NULL,
    activity_bn VARCHAR NOT NULL,
    statement_bn VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    weight DOUBLE NOT NULL,
    calculation VARCHAR NOT NULL,
    position INTEGER NOT NULL
);
