-- The last day on which a report is on time, by quarter and level of office.
CREATE TABLE IF NOT EXISTS due_dates (
    fiscal_year VARCHAR NOT NULL,
    plan_id VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    quarter_end DATE NOT NULL,
    level VARCHAR NOT NULL,
    due_date DATE NOT NULL
);
