-- Date (তারিখ): the earliest day of achievement stated so far that lies in the fiscal year. Where nothing is
-- achieved yet and every quarter has reported, that is known too: not yet. Done without a day cannot be scored.
CREATE OR REPLACE TEMP VIEW year_by_date AS
SELECT
    fiscal_year, plan_id, office_id, indicator_code, quarter,
    NULL::DOUBLE AS ytd_value,
    first_day AS ytd_date,
    first_day IS NULL AS is_nothing_done,
    NULL::DOUBLE AS at_least,
    CASE
        WHEN first_day IS NOT NULL THEN NULL
        WHEN exempt IS NOT NULL THEN exempt
        WHEN figures > 0 THEN 'date_outside_fiscal_year'
        WHEN holds_unreadable THEN 'unreadable'
        WHEN lacks_a_figure THEN 'date_missing'
        WHEN lacks_a_report THEN 'quarter_missing'
    END AS reason
FROM year_so_far
WHERE calculation = 'date';
