-- Cumulative (ক্রমপুঞ্জিভূত): the latest quarter that gives a figure holds the year so far; earlier quarters do
-- not matter. A later quarter that says nothing leaves the figure standing, one without a report does not: its
-- figure may have been another (`last_word` passes over quarters that only say nothing).
CREATE OR REPLACE TEMP VIEW year_by_latest AS
SELECT
    fiscal_year, plan_id, office_id, indicator_code, quarter,
    CASE WHEN last_word = 'figure' THEN last_value END AS ytd_value,
    NULL::DATE AS ytd_date,
    last_word IS NULL AS is_nothing_done,
    NULL::DOUBLE AS at_least,
    CASE
        WHEN exempt IS NOT NULL THEN exempt
        WHEN last_word = 'unreadable' THEN 'unreadable'
        WHEN last_word = 'done_unsaid' THEN 'value_missing'
        WHEN last_word = 'missing' THEN 'quarter_missing'
        WHEN last_word IS NULL AND NOT is_told_not_yet THEN 'value_missing'
    END AS reason
FROM year_so_far
WHERE calculation = 'cumulative';
