-- The tables as they were before versions were written down.
CREATE TABLE IF NOT EXISTS ledger (
    submission_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    sender VARCHAR NOT NULL,
    received_at TIMESTAMP NOT NULL,
    taken_at TIMESTAMP NOT NULL
);
CREATE TABLE IF NOT EXISTS submissions (
    submission_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    sender VARCHAR,
    received_at TIMESTAMP NOT NULL,
    taken_at TIMESTAMP NOT NULL,
    form VARCHAR,
    plan_id VARCHAR,
    office_id VARCHAR,
    division_id VARCHAR,
    fiscal_year VARCHAR,
    quarter INTEGER,
    status VARCHAR NOT NULL,
    supersedes VARCHAR,
    superseded_by VARCHAR,
    rejection_code VARCHAR
);
CREATE TABLE IF NOT EXISTS observations (
    fiscal_year VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    division_id VARCHAR NOT NULL,
    office_id VARCHAR NOT NULL,
    plan_id VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    indicator_key VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    weight DOUBLE NOT NULL,
    state VARCHAR NOT NULL,
    value DOUBLE,
    value_date DATE,
    achieved_quarter INTEGER,
    achieved_by VARCHAR,
    planned_quarter INTEGER,
    planned_date DATE,
    achievement_raw VARCHAR NOT NULL,
    remark_raw VARCHAR NOT NULL,
    achievement_text VARCHAR NOT NULL,
    remark_text VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    cell VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS observation_revisions (
    fiscal_year VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    division_id VARCHAR NOT NULL,
    office_id VARCHAR NOT NULL,
    plan_id VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    indicator_key VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    weight DOUBLE NOT NULL,
    state VARCHAR NOT NULL,
    value DOUBLE,
    value_date DATE,
    achieved_quarter INTEGER,
    achieved_by VARCHAR,
    planned_quarter INTEGER,
    planned_date DATE,
    achievement_raw VARCHAR NOT NULL,
    remark_raw VARCHAR NOT NULL,
    achievement_text VARCHAR NOT NULL,
    remark_text VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    cell VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS target_bands (
    fiscal_year VARCHAR NOT NULL,
    plan_id VARCHAR NOT NULL,
    office_id VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    band INTEGER NOT NULL,
    target_value DOUBLE,
    target_date DATE,
    target_raw VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    cell VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS target_band_revisions (
    fiscal_year VARCHAR NOT NULL,
    plan_id VARCHAR NOT NULL,
    office_id VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    band INTEGER NOT NULL,
    target_value DOUBLE,
    target_date DATE,
    target_raw VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    cell VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS corrections (
    submission_id VARCHAR NOT NULL,
    fiscal_year VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    office_id VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    cell VARCHAR,
    expected_raw VARCHAR,
    found_raw VARCHAR,
    corrected_to VARCHAR,
    applied BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL,
    decided_on DATE NOT NULL
);
CREATE TABLE IF NOT EXISTS findings (
    submission_id VARCHAR NOT NULL,
    position INTEGER,
    code VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    cell VARCHAR,
    raw_text VARCHAR,
    indicator_code VARCHAR,
    office_id VARCHAR,
    message_bn VARCHAR NOT NULL,
    message_en VARCHAR NOT NULL,
    waived_by VARCHAR,
    raised_by VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS divisions (
    division_id VARCHAR NOT NULL,
    name_bn VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS offices (
    office_id VARCHAR NOT NULL,
    name_bn VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    district_id VARCHAR NOT NULL,
    division_id VARCHAR NOT NULL,
    active_from DATE,
    active_to DATE
);
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
CREATE TABLE IF NOT EXISTS plan_bands (
    plan_id VARCHAR NOT NULL,
    fiscal_year VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    band INTEGER NOT NULL,
    target_value DOUBLE,
    target_date DATE
);
CREATE TABLE IF NOT EXISTS due_dates (
    fiscal_year VARCHAR NOT NULL,
    plan_id VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    quarter_end DATE NOT NULL,
    level VARCHAR NOT NULL,
    due_date DATE NOT NULL
);
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
CREATE TABLE IF NOT EXISTS divisional_summary (
    fiscal_year VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    division_id VARCHAR NOT NULL,
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
CREATE TABLE IF NOT EXISTS reporting_status (
    fiscal_year VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    plan_id VARCHAR NOT NULL,
    division_id VARCHAR NOT NULL,
    office_id VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    due_date DATE NOT NULL,
    received_on DATE,
    submission_id VARCHAR,
    status VARCHAR NOT NULL
);
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
