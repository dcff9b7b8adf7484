-- Whether each expected office's figures came, and when they first did: in its own report or in a matrix, in any
-- accepted submission, also one that a correction replaced later. A quarter counts for a plan once anything arrived
-- under that plan for it or for a later quarter: a sister annex that nobody reports on here is not missing.
DELETE FROM reporting_status WHERE (fiscal_year, division_id) IN (FROM touched_divisions);

INSERT INTO reporting_status BY NAME
WITH arrivals AS (
    SELECT
        revision.plan_id, revision.quarter, revision.office_id,
        arg_min(submission_id, (received_at, submission_id)) AS submission_id,
        CAST(min(received_at) AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Dhaka' AS DATE) AS received_on
    FROM observation_revisions AS revision
    JOIN submissions USING (submission_id)
    WHERE
        (revision.fiscal_year, revision.office_id) IN (SELECT fiscal_year, office_id FROM expected_offices)
    GROUP BY revision.plan_id, revision.quarter, revision.office_id
),

begun AS (
    SELECT plan_id, max(quarter) AS last_quarter
    FROM reported_quarters
    GROUP BY plan_id
)

SELECT
    expected_offices.*,
    arrivals.received_on,
    arrivals.submission_id,
    CASE
        WHEN arrivals.received_on IS NULL THEN 'missing'
        WHEN arrivals.received_on <= expected_offices.due_date THEN 'on_time'
        ELSE 'late'
    END AS status
FROM expected_offices
JOIN begun
    ON begun.plan_id = expected_offices.plan_id
    AND expected_offices.quarter <= begun.last_quarter
LEFT JOIN arrivals
    ON arrivals.plan_id = expected_offices.plan_id
    AND arrivals.quarter = expected_offices.quarter
    AND arrivals.office_id = expected_offices.office_id;
