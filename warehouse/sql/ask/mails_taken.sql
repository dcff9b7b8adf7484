-- The messages of a mailbox that were taken, under one numbering of its server.
SELECT uid
FROM mails
WHERE mailbox = $mailbox AND uid_validity = $uid_validity;
