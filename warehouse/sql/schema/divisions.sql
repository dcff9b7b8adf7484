-- The divisions of the country.
CREATE TABLE IF NOT EXISTS divisions (
    division_id VARCHAR NOT NULL,
    name_bn VARCHAR NOT NULL,
    name_en VARCHAR NOT NULL
);
