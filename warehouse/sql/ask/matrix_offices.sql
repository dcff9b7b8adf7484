-- The rows of a matrix: the offices of a division on the quarter's last day, and any other of its offices that
-- reported. The divisional library stands first, then the districts by name, each before the smaller libraries
-- in it. Bengali names sort rightly by their code points.
SELECT
    offices.office_id,
    offices.name_bn,
    reported.office_id IS NOT NULL AS reported,
    office_scores.weighted_score,
    coalesce(office_scores.weighted_out_of, 0) AS weighted_out_of
FROM offices
JOIN due_dates
    ON due_dates.plan_id = $plan_id AND due_dates.quarter = $quarter AND due_dates.level = offices.level
LEFT JOIN (
    SELECT DISTINCT office_id FROM observations
    WHERE fiscal_year = $fiscal_year AND quarter = $quarter AND plan_id = $plan_id
) AS reported ON reported.office_id = offices.office_id
LEFT JOIN office_scores
    ON office_scores.office_id = offices.office_id
    AND office_scores.fiscal_year = $fiscal_year
    AND office_scores.quarter = $quarter
    AND office_scores.plan_id = $plan_id
LEFT JOIN offices AS principal ON principal.office_id = offices.district_id
WHERE
    offices.division_id = $division_id
    AND (
        reported.office_id IS NOT NULL
        OR quarter_end BETWEEN coalesce(offices.active_from, quarter_end) AND coalesce(offices.active_to, quarter_end)
    )
ORDER BY
    offices.level NOT IN ('national', 'divisional'),
    coalesce(principal.name_bn, offices.district_id),
    offices.level <> 'district',
    offices.name_bn,
    offices.office_id;
