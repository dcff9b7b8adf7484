-- stop: a date indicator holds a day, any other a figure of at least 0, and a percentage at most 100
SELECT submission_id, cell, unit, value, value_date
FROM audited_observations
WHERE
    (unit = 'date' AND value IS NOT NULL)
    OR (unit <> 'date' AND value_date IS NOT NULL)
    OR value < 0
    OR (unit = 'percent' AND value > 100);
