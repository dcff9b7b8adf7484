-- The plan's own targets, band by band.
CREATE TABLE IF NOT EXISTS plan_bands (
    plan_id VARCHAR NOT NULL,
    fiscal_year VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    band INTEGER NOT NULL,
    target_value DOUBLE,
    target_date DATE
);
