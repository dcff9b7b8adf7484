-- A load replaces whatever the same submissions said before: loading twice is loading once, and reading an
-- original again after a rule has changed leaves nothing of the old reading behind.
DELETE FROM submissions WHERE submission_id IN (SELECT unnest($submission_ids::VARCHAR[]));
DELETE FROM observation_revisions WHERE submission_id IN (SELECT unnest($submission_ids::VARCHAR[]));
DELETE FROM target_band_revisions WHERE submission_id IN (SELECT unnest($submission_ids::VARCHAR[]));
DELETE FROM corrections WHERE submission_id IN (SELECT unnest($submission_ids::VARCHAR[]));
DELETE FROM findings WHERE submission_id IN (SELECT unnest($submission_ids::VARCHAR[]));
