-- Whether a warehouse was once in a state, and has noted every change since.
SELECT
    EXISTS (FROM {noted_in}.states WHERE number = $number AND token = $token)
    AND NOT EXISTS (
        FROM {noted_in}.states AS states
        ANTI JOIN {noted_in}.changes AS changes USING (number)
        WHERE states.number > $number
    ) AS is_continued;
