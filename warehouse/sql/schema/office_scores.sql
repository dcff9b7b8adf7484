-- Scores of offices as of the end of a quarter.
CREATE TABLE IF NOT EXISTS office_scores (
    fiscal_year VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    plan_id VARCHAR NOT NULL,
    office_id VARCHAR NOT NULL,
    division_id VARCHAR NOT NULL,
    marks DOUBLE NOT NULL,
    marks_possible DOUBLE NOT NULL,
    weighted_score DOUBLE NOT NULL,
    weighted_out_of DOUBLE NOT NULL,
    undetermined_marks DOUBLE NOT NULL
);
