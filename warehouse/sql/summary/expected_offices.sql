-- Who is expected to report what and until when: every office of the registry on the quarter's last day.
CREATE OR REPLACE TEMP TABLE expected_offices AS
SELECT
    due_dates.fiscal_year, due_dates.plan_id, due_dates.quarter,
    offices.division_id, offices.office_id, offices.level, due_dates.due_date
FROM due_dates
JOIN offices
    ON offices.level = due_dates.level
    AND coalesce(offices.active_from, quarter_end) <= quarter_end
    AND coalesce(offices.active_to, quarter_end) >= quarter_end
WHERE (due_dates.fiscal_year, offices.division_id) IN (FROM touched_divisions);
