-- Plans: one annex of the performance agreement in one fiscal year.
CREATE TABLE IF NOT EXISTS plans (
    plan_id VARCHAR NOT NULL,
    annex VARCHAR NOT NULL,
    fiscal_year VARCHAR NOT NULL,
    name_bn VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    marks DOUBLE NOT NULL,
    weighted_marks DOUBLE NOT NULL,
    scoring VARCHAR NOT NULL
);
