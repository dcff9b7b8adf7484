-- Every office expected to report for a quarter under a plan, and any other that did: when its report came, and
-- its score as of the quarter's end. The divisional library stands first, then the others by name.
SELECT
    offices.office_id,
    offices.division_id,
    offices.name_bn AS office_bn,
    coalesce(status.status, 'unexpected') AS status,
    status.due_date,
    status.received_on,
    scores.weighted_score,
    coalesce(scores.weighted_out_of, 0) AS weighted_out_of
FROM offices
LEFT JOIN reporting_status AS status
    ON status.office_id = offices.office_id
    AND status.fiscal_year = $fiscal_year
    AND status.quarter = $quarter
    AND status.plan_id = $plan_id
LEFT JOIN office_scores AS scores
    ON scores.office_id = offices.office_id
    AND scores.fiscal_year = $fiscal_year
    AND scores.quarter = $quarter
    AND scores.plan_id = $plan_id
WHERE
    status.status IS NOT NULL
    OR offices.office_id IN (
        SELECT office_id FROM observations
        WHERE fiscal_year = $fiscal_year AND quarter = $quarter AND plan_id = $plan_id
    )
ORDER BY
    offices.division_id,
    offices.level NOT IN ('national', 'divisional'),
    offices.name_bn,
    offices.office_id;
