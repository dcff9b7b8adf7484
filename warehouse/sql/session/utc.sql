-- Whatever the machine's own zone, a time is shown as it is kept.
SET TimeZone = 'UTC';
