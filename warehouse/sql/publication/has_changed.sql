-- Whether anything of one kind has changed in a warehouse since a state. Every note, of whatever it is, holds
-- `nothing` too.
SELECT EXISTS (FROM {noted_in}.changes WHERE number > $number AND kind = $kind) AS has_changed;
