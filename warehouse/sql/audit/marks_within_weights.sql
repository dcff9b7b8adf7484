-- stop: a score lies between 0 and 100 per cent, its marks are that share of the weight, or it says why not
SELECT office_id, fiscal_year, quarter, plan_id, indicator_code, score_pct, marks, weight, basis, reason
FROM audited_scores
WHERE
    (basis = 'computed') <> (score_pct IS NOT NULL AND marks IS NOT NULL)
    OR (basis = 'undetermined') <> (reason IS NOT NULL)
    OR NOT coalesce(score_pct, 0) BETWEEN 0 AND 100
    OR abs(coalesce(marks - weight * score_pct / 100, 0)) > 1e-6;
