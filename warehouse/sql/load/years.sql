-- Every fiscal year that anything was ever loaded for, or that anything stands for.
SELECT fiscal_year FROM observation_revisions
UNION
SELECT fiscal_year FROM national_summary
UNION
SELECT fiscal_year FROM reporting_rates
ORDER BY fiscal_year;
