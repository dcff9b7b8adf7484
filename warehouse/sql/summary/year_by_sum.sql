-- Sum (সমষ্টি): counts are each quarter's increment. A dash or a blank adds nothing; a quarter without any
-- report leaves the year undetermined from then on. Percentages are never summed.
-- Increments are not negative, so the reported ones are the least that the year can be (`at_least`): where they
-- reach the 100 band by themselves, what is missing cannot change the score.
CREATE OR REPLACE TEMP VIEW year_by_sum AS
SELECT
    fiscal_year, plan_id, office_id, indicator_code, quarter,
    coalesce(total, 0) AS ytd_value,
    NULL::DATE AS ytd_date,
    figures = 0 AS is_nothing_done,
    CASE WHEN unit = 'number' THEN total END AS at_least,
    CASE
        WHEN exempt IS NOT NULL THEN exempt
        WHEN unit <> 'number' THEN 'percent_not_summed'
        WHEN holds_unreadable THEN 'unreadable'
        WHEN lacks_a_figure THEN 'value_missing'
        WHEN lacks_a_report THEN 'quarter_missing'
    END AS reason
FROM year_so_far
WHERE calculation = 'sum';
