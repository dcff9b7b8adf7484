-- All quarters of an as-of row seen together. Totals and means are rounded to a millionth, and summed in the
-- order of the quarters: a sum of binary fractions must not fall short of a band by the width of a bit, nor
-- depend on the order in which rows are read.
CREATE OR REPLACE TEMP TABLE year_so_far AS
WITH gathered AS (
    SELECT
        fiscal_year, plan_id, office_id, indicator_code, quarter,
        count(*) FILTER (WHERE word = 'figure') AS figures,
        round(sum(value ORDER BY told_in) FILTER (WHERE word = 'figure'), 6) AS total,
        round(avg(value ORDER BY told_in) FILTER (WHERE word = 'figure'), 6) AS mean,
        arg_max(word, told_in) FILTER (WHERE word IN ('figure', 'missing', 'done_unsaid', 'unreadable'))
            AS last_word,
        arg_max(value, told_in) FILTER (WHERE word = 'figure') AS last_value,
        min(value_date) FILTER (
            WHERE value_date BETWEEN make_date(starts, 7, 1) AND make_date(starts + 1, 6, 30)
        ) AS first_day,
        bool_or(word = 'missing') AS lacks_a_report,
        bool_or(word = 'done_unsaid') AS lacks_a_figure,
        bool_or(word = 'unreadable') AS holds_unreadable,
        bool_or(word = 'not_yet') AS is_told_not_yet,
        bool_and(word IN ('missing', 'unstated', 'no_case', 'not_applicable')) AS tells_nothing_of_itself,
        bool_or(word = 'not_applicable') AS is_called_not_applicable,
        bool_or(word = 'no_case') AS is_called_no_case
    FROM (SELECT *, CAST(left(fiscal_year, 4) AS INTEGER) AS starts FROM quarter_words)
    GROUP BY fiscal_year, plan_id, office_id, indicator_code, quarter
)

SELECT
    as_of.*,
    gathered.* EXCLUDE (fiscal_year, plan_id, office_id, indicator_code, quarter),
    CASE
        WHEN tells_nothing_of_itself AND is_called_not_applicable THEN 'not_applicable'
        WHEN tells_nothing_of_itself AND is_called_no_case THEN 'no_case'
    END AS exempt
FROM as_of
JOIN gathered USING (fiscal_year, plan_id, office_id, indicator_code, quarter);
