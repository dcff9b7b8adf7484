-- Average (গড়): the mean of the quarters that hold a figure. Quarters without a case, or to which the indicator
-- does not apply, are left out; so are blanks, which are not zeros. Nothing said at all cannot be known.
CREATE OR REPLACE TEMP VIEW year_by_average AS
SELECT
    fiscal_year, plan_id, office_id, indicator_code, quarter,
    mean AS ytd_value,
    NULL::DATE AS ytd_date,
    figures = 0 AS is_nothing_done,
    NULL::DOUBLE AS at_least,
    CASE
        WHEN exempt IS NOT NULL THEN exempt
        WHEN holds_unreadable THEN 'unreadable'
        WHEN lacks_a_figure THEN 'value_missing'
        WHEN lacks_a_report THEN 'quarter_missing'
        WHEN figures = 0 AND NOT is_told_not_yet THEN 'value_missing'
    END AS reason
FROM year_so_far
WHERE calculation = 'average';
