-- Two reports came in one archive or mail and differ: which is the newer is chance. `file` is the one that does
-- not stand, `other` what it says. Files of one instant in a folder are in the order of its listing.
SELECT
    standing.submission_id,
    standing.cell,
    standing.achievement_raw AS raw_text,
    standing.indicator_code,
    standing.office_id,
    former.achievement_raw AS other,
    earlier.file_name AS file
FROM submissions AS later
JOIN submissions AS earlier
    ON earlier.submission_id = later.supersedes
    AND earlier.received_at = later.received_at
    AND (earlier.taken_at = later.taken_at OR later.channel = 'mail')
JOIN observation_revisions AS standing ON standing.submission_id = later.submission_id
JOIN observation_revisions AS former
    ON former.submission_id = earlier.submission_id
    AND former.office_id = standing.office_id
    AND former.indicator_code = standing.indicator_code
WHERE
    later.submission_id IN (FROM touched_submissions)
    AND later.superseded_by IS NULL
    AND (
        standing.state <> former.state
        OR standing.value IS DISTINCT FROM former.value
        OR standing.value_date IS DISTINCT FROM former.value_date
    )
ORDER BY standing.submission_id, standing.office_id, standing.indicator_code;
