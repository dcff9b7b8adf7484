-- What is known of a person beside the reports: whose messages came, and under which names. The rows stay, so
-- that nothing is taken from a mailbox twice, and no figure is touched. `without_person` takes the address out.
UPDATE mails
SET message_id = '', subject = '', sender = without_person(sender)
WHERE list_contains($messages, original);

UPDATE mails
SET sender = without_person(sender), subject = without_person(subject)
WHERE contains(lower(concat_ws(' ', sender, subject)), $address);

UPDATE ledger
SET sender = without_person(sender), file_name = without_person(file_name)
WHERE contains(lower(concat_ws(' ', sender, file_name)), $address);

UPDATE submissions
SET sender = without_person(sender), file_name = without_person(file_name)
WHERE contains(lower(concat_ws(' ', sender, file_name)), $address);

-- What stands in a cell is the report's own word, and would come again whenever the report is read.
UPDATE findings
SET
    raw_text = without_person(raw_text),
    message_bn = without_person(message_bn),
    message_en = without_person(message_en)
WHERE cell IS NULL AND contains(lower(concat_ws(' ', raw_text, message_bn, message_en)), $address);
