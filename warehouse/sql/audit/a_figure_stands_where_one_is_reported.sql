-- stop: a figure or a day stands where the state says reported, and nowhere else
SELECT submission_id, cell, state, value, value_date
FROM audited_observations
WHERE (state = 'reported') <> (value IS NOT NULL OR value_date IS NOT NULL);
