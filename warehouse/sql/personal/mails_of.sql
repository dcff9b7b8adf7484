-- Under which hash each message is kept, and whose it is.
SELECT DISTINCT original, sender
FROM mails
ORDER BY ALL;
