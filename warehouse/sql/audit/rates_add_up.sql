-- stop: who reported and who is missing are together who was expected; on time and late are who reported
SELECT *
FROM audited_rates
WHERE received + missing <> expected OR on_time + late <> received;
