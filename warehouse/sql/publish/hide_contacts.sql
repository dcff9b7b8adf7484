-- What readers get holds no telephone number and no mail address, wherever an office wrote one, in Bengali
-- digits or others. Dates and figures have other shapes: none is eleven digits from 01, nor nine from another 0.

-- library.khulna@example.org
CREATE OR REPLACE TEMP MACRO hide_addresses(words) AS
    regexp_replace(
        words, '[^\s@<>()",;:/]+ ?@ ?[^\s@<>()",;:/]+\.[^\s@<>()",;:/]+', '[e-mail]', 'g'
    );

-- 01711123456, 01711-123456, +8801711123456, +880 (0) 1711 123456, with the dashes and blanks that Word makes of
-- others; points part the number of a memo (৪৩.২৪.০০০০.০১৩.১৬.০০১.২০২৪) and a figure.
CREATE OR REPLACE TEMP MACRO hide_mobile_numbers(words) AS
    regexp_replace(
        words,
        '(^|[^0-9০-৯])(?:[+]?(?:00|০০)?(?:88|৮৮)(?:[0০][- ]?[(])?[- ‐-―\x{a0}]{0,3})?'
        || '[0০][)]?[- ‐-―\x{a0}]{0,3}[1১][3-9৩-৯](?:[- ‐-―\x{a0}]{0,3}[0-9০-৯]){8}',
        '\1[phone]',
        'g'
    );

-- 0247770255, 02-47770255, 041-720123, 041 720123, (02) 47770255
CREATE OR REPLACE TEMP MACRO hide_land_lines(words) AS
    regexp_replace(
        words,
        '(^|[^0-9০-৯])(?:[+]?(?:88|৮৮)[- ‐-―\x{a0}]{0,3})?[0০](?:[2-9২-৯][0-9০-৯]{7,9}|'
        || '[2-9২-৯][0-9০-৯]{0,3}(?:[)]|[- ‐-―\x{a0}])[- ‐-―\x{a0}]{0,2}[0-9০-৯]{6,8})',
        '\1[phone]',
        'g'
    );

CREATE OR REPLACE TEMP MACRO hide_contacts(words) AS
    hide_land_lines(hide_mobile_numbers(hide_addresses(words)));
