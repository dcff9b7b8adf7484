-- The offices whose report is due between two days and has not come in any accepted submission. Plans of an annex
-- that nobody has ever reported on here are passed over: what nobody sends is not awaited.
WITH annexes AS (
    SELECT DISTINCT plans.annex
    FROM observation_revisions AS revision
    JOIN plans ON plans.plan_id = revision.plan_id
)

SELECT
    due_dates.plan_id,
    due_dates.fiscal_year,
    due_dates.quarter,
    offices.office_id,
    due_dates.due_date
FROM due_dates
JOIN plans ON plans.plan_id = due_dates.plan_id
JOIN offices
    ON offices.level = due_dates.level
    AND coalesce(offices.active_from, due_dates.quarter_end) <= due_dates.quarter_end
    AND coalesce(offices.active_to, due_dates.quarter_end) >= due_dates.quarter_end
WHERE
    plans.annex IN (SELECT annex FROM annexes)
    AND due_dates.due_date BETWEEN $first_due AND $last_due
    AND NOT EXISTS (
        SELECT 1
        FROM observation_revisions AS revision
        WHERE
            revision.plan_id = due_dates.plan_id
            AND revision.quarter = due_dates.quarter
            AND revision.office_id = offices.office_id
    )
ORDER BY due_dates.due_date, due_dates.plan_id, offices.division_id, offices.office_id;
