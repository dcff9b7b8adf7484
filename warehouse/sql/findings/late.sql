-- Received, by the clock of Dhaka, after the last day for the level of the office; a matrix is due when its
-- divisional library is. A correction of a report that came before is not late: `supersedes` tells them apart.
SELECT
    submissions.submission_id,
    due_dates.due_date AS due,
    CAST(received_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Dhaka' AS DATE) AS received
FROM submissions
LEFT JOIN offices ON offices.office_id = submissions.office_id
JOIN due_dates
    ON due_dates.plan_id = submissions.plan_id
    AND due_dates.quarter = submissions.quarter
    AND due_dates.level = CASE form WHEN 'divisional_matrix' THEN 'divisional' ELSE offices.level END
WHERE
    submissions.submission_id IN (FROM touched_submissions)
    AND rejection_code IS NULL
    AND supersedes IS NULL
    AND CAST(received_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Dhaka' AS DATE) > due_dates.due_date
ORDER BY submissions.submission_id;
