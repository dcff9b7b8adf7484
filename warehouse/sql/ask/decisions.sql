-- What became of each decision in `incoming`, by the reports that stand. The best that any report made of it counts.
WITH tried AS (
    SELECT corrections.*, plans.annex
    FROM corrections
    JOIN submissions USING (submission_id)
    JOIN plans USING (plan_id)
    WHERE submissions.superseded_by IS NULL
),

waived AS (
    SELECT
        findings.code,
        findings.indicator_code,
        submissions.fiscal_year,
        submissions.quarter,
        plans.annex,
        coalesce(findings.office_id, submissions.office_id) AS office_id,
        submissions.division_id
    FROM findings
    JOIN submissions USING (submission_id)
    JOIN plans USING (plan_id)
    WHERE findings.waived_by IS NOT NULL AND submissions.superseded_by IS NULL
),

reported AS (
    SELECT DISTINCT seen.fiscal_year, seen.quarter, plans.annex, seen.office_id, seen.division_id
    FROM observations AS seen
    JOIN plans USING (plan_id)
    WHERE seen.fiscal_year IN (SELECT fiscal_year FROM incoming)
),

declared AS (
    SELECT
        incoming.*,
        (
            SELECT bool_or(tried.applied)
            FROM tried
            WHERE
                tried.fiscal_year = incoming.fiscal_year
                AND tried.quarter = incoming.quarter
                AND tried.office_id = incoming.office_id
                AND tried.annex = coalesce(incoming.annex, tried.annex)
                AND tried.indicator_code = incoming.indicator_code
                AND tried.field = incoming.field
                AND tried.expected_raw IS NOT DISTINCT FROM incoming.expected_raw
        ) AS was_applied  -- nothing where no report was met
    FROM incoming
)

SELECT declared.* EXCLUDE (was_applied) REPLACE (
    CASE
        WHEN declared.was_applied OR EXISTS (
            FROM waived
            WHERE
                waived.code = declared.finding_code
                AND waived.fiscal_year = declared.fiscal_year
                AND waived.quarter = declared.quarter
                AND waived.annex = coalesce(declared.annex, waived.annex)
                AND waived.indicator_code IS NOT DISTINCT FROM declared.indicator_code
                AND waived.office_id IS NOT DISTINCT FROM declared.office_id
                AND waived.division_id = coalesce(declared.division_id, waived.division_id)
        ) THEN 'applied'
        WHEN NOT declared.was_applied THEN 'not_standing'
        WHEN EXISTS (
            FROM reported
            WHERE
                reported.fiscal_year = declared.fiscal_year
                AND reported.quarter = declared.quarter
                AND reported.annex = coalesce(declared.annex, reported.annex)
                AND reported.office_id = coalesce(declared.office_id, reported.office_id)
                AND reported.division_id = coalesce(declared.division_id, reported.division_id)
        ) THEN 'nothing_met'
        ELSE 'no_report'
    END AS outcome
)
FROM declared;
