-- Between two bands the score lies in proportion (days counted as days), or, where the plan scores stepwise, at
-- the lower band. marks = weight x score / 100. What cannot be known is undetermined with its reason, not zero.
DELETE FROM scores WHERE (fiscal_year, office_id) IN (FROM touched_offices);

INSERT INTO scores BY NAME
WITH scored AS (
    SELECT
        verdicts.*,
        as_of.division_id,
        as_of.unit,
        as_of.weight,
        as_of.calculation,
        verdict IN ('at_the_top', 'nothing_earned', 'between_bands') AS is_known,
        CASE
            WHEN verdict = 'at_the_top' THEN 100
            WHEN verdict = 'nothing_earned' THEN 0
            WHEN verdict = 'between_bands' AND plans.scoring = 'stepwise' THEN band_reached
            WHEN verdict = 'between_bands'
                THEN band_reached
                    + (band_above - band_reached) * (height - height_reached) / (height_above - height_reached)
        END AS score_pct
    FROM verdicts
    JOIN as_of USING (fiscal_year, plan_id, office_id, indicator_code, quarter)
    JOIN plans ON plans.plan_id = verdicts.plan_id
)

SELECT
    fiscal_year, quarter, plan_id, division_id, office_id, indicator_code, unit, calculation,
    CASE WHEN is_known OR (reason IS NULL AND NOT is_nothing_done) THEN ytd_value END AS ytd_value,
    ytd_date,
    score_pct,
    weight * score_pct / 100 AS marks,
    weight,
    CASE WHEN is_known THEN 'computed' ELSE 'undetermined' END AS basis,
    CASE WHEN NOT is_known THEN verdict END AS reason,
    ladder
FROM scored;
