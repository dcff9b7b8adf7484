-- Mean scores of divisions, with the number of offices they are taken over.
CREATE TABLE IF NOT EXISTS division_scores (
    fiscal_year VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    plan_id VARCHAR NOT NULL,
    division_id VARCHAR NOT NULL,
    offices_scored INTEGER NOT NULL,
    offices_wholly_scored INTEGER NOT NULL,
    mean_marks DOUBLE NOT NULL,
    mean_marks_possible DOUBLE NOT NULL,
    mean_weighted_score DOUBLE NOT NULL,
    mean_weighted_out_of DOUBLE NOT NULL
);
