-- Reporting rates by division.
CREATE TABLE IF NOT EXISTS reporting_rates (
    fiscal_year VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    plan_id VARCHAR NOT NULL,
    division_id VARCHAR NOT NULL,
    expected INTEGER NOT NULL,
    received INTEGER NOT NULL,
    on_time INTEGER NOT NULL,
    late INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    rate_pct DOUBLE,
    on_time_pct DOUBLE
);
