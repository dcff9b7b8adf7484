-- National summary: the same over all divisions.
CREATE TABLE IF NOT EXISTS national_summary (
    fiscal_year VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    plan_id VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    offices_expected INTEGER NOT NULL,
    offices_reported INTEGER NOT NULL,
    offices_stated INTEGER NOT NULL,
    offices_with_value INTEGER NOT NULL,
    offices_achieved INTEGER NOT NULL,
    total_value DOUBLE,
    mean_value DOUBLE,
    min_value DOUBLE,
    max_value DOUBLE
);
