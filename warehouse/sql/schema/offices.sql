-- The registry of offices: the libraries that report, past ones included.
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
