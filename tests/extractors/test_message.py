"""Messages as they are met: who they are from, what they bring, and what is no file of anybody's."""

import io
import random
import time
from base64 import b64encode
from urllib.parse import quote

import pytest
from PIL import Image

from extractors.message import Attachment, take_apart
from tests.conftest import REPOSITORY
from tests.extractors.mails import DOCX, NAME, attached, encoded, forwarded, letter, mail, multipart, part

REPORT = (REPOSITORY / "examples" / "inbox" / "natore_quarter_2.docx").read_bytes()
HALF = NAME.encode()[:31], NAME.encode()[31:]  # parted within a letter


def names(content: bytes) -> list[str]:
    return [attachment.name for attachment in take_apart(content).attachments]


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(file, kind)
    return file.getvalue()


def test_a_message_is_taken_apart_into_its_words_and_its_files():
    message = take_apart(mail(letter("জনাব,\r\n\r\n\r\nপ্রতিবেদন  সংযুক্ত।"), attached(REPORT, NAME)))
    assert message.message_id == "<1@example.org>"
    assert message.sender == "jashore@example.org"
    assert message.subject == "প্রতিবেদন"
    assert message.text == "জনাব,\n\nপ্রতিবেদন সংযুক্ত।"
    assert message.attachments == (Attachment(NAME, REPORT),)


@pytest.mark.parametrize(
    "header",
    [
        f'Content-Disposition: attachment; filename="{encoded(NAME)}"',
        f"Content-Disposition: attachment; filename={encoded(NAME)}",
        f"Content-Disposition: attachment; filename*=UTF-8''{quote(NAME)}",
        f"Content-Disposition: attachment; filename*=utf-8'bn'{quote(NAME)}",
        "Content-Disposition: attachment;\r\n"
        f" filename*0*=UTF-8''{quote(HALF[0])};\r\n filename*1*={quote(HALF[1])}",
        f'Content-Disposition: attachment; filename="{quote(NAME)}"',
        f'Content-Disposition: attachment; filename="{NAME}"'.encode(),
        f"Content-Disposition: attachment; filename=\"report.docx\"; filename*=UTF-8''{quote(NAME)}",
        'Content-Disposition: attachment;\r\n filename="=?UTF-8?B?'
        + f'{b64encode(HALF[0]).decode()}?=\r\n =?UTF-8?B?{b64encode(HALF[1]).decode()}?="',
        f'Content-Type: application/octet-stream; name="{encoded(NAME)}"',
        f"Content-Type: application/octet-stream; name*=UTF-8''{quote(NAME)}",
        f'Content-Type: {DOCX}; name="{NAME}"\r\nContent-Disposition: inline'.encode(),
        f'Content-Disposition: attachment; filename="=?utf-8?Q?{quote(NAME).replace("%", "=")}?="',
    ],
)
def test_a_bengali_name_is_read_however_it_was_written(header):
    assert take_apart(mail(part(REPORT, header))).attachments == (Attachment(NAME, REPORT),)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (f"Content-Type: {DOCX}", "attachment-1.docx"),
        ("Content-Type: application/octet-stream", "attachment-1.bin"),
        ("Content-Type: application/x-nobody-knows", "attachment-1"),
        ("Content-Type: text/csv; charset=utf-8", "attachment-1.csv"),
        ("Content-Type: nonsense", "attachment-1.txt"),
        ('Content-Disposition: attachment; filename=""', "attachment-1.txt"),
        ("Content-Type: application/pdf\r\nContent-Description: matrix.pdf", "matrix.pdf"),
        ('Content-Type: application/pdf; name="a\tb\r\n c.pdf"', "a b c.pdf"),
        ("Content-Type: application/pdf; name*=nobody''%E0%A6", "à¦"),
        ('Content-Type: application/pdf; name="=?nobody?B?YS5wZGY=?="', "a.pdf"),
        ('Content-Type: application/pdf; name="=?utf-8?B?a?=.pdf"', "=?utf-8?B?a?=.pdf"),
        ('Content-Type: application/pdf; name="50%25.pdf"', "50%25.pdf"),
        ('Content-Type: application/pdf; name="../../etc/passwd"', "../../etc/passwd"),
    ],
)
def test_a_file_whose_name_is_odd_or_missing_comes_all_the_same(header, name):
    message = mail(letter("সংযুক্ত"), part(REPORT, header, "Content-Disposition: attachment"))
    [attachment] = take_apart(message).attachments
    assert attachment.content == REPORT
    assert attachment.name == name


def test_a_file_alone_in_its_message_comes_too():
    message = b"From: a@example.org\r\n" + attached(REPORT, NAME)
    assert take_apart(message).attachments == (Attachment(NAME, REPORT),)
    assert take_apart(message).text == ""


def test_a_forwarded_message_gives_its_files_in_the_forwarder_s_name():
    inner = mail(attached(REPORT, NAME), sender="bagerhat@example.org")
    middle = mail(letter("FW"), forwarded(inner), attached(b"x", "x.docx"), sender="khulna@example.org")
    outer = mail(letter("দেখুন"), forwarded(middle), sender="director@example.org")
    message = take_apart(outer)
    assert message.sender == "director@example.org"
    assert message.text == "দেখুন"
    assert message.attachments == (Attachment(NAME, REPORT), Attachment("x.docx", b"x"))


def test_a_message_attached_as_a_file_is_opened_however_it_is_wrapped():
    inner = mail(attached(REPORT, NAME))
    as_file = attached(inner, "প্রতিবেদন.EML", "application/octet-stream")
    in_base64 = part(
        inner, "Content-Type: message/rfc822", 'Content-Disposition: attachment; filename="a.eml"'
    )
    for wrapped in (as_file, in_base64):
        assert take_apart(mail(letter("দেখুন"), wrapped)).attachments == (Attachment(NAME, REPORT),)


def test_a_file_that_only_is_named_like_a_message_stays_one():
    assert names(mail(attached(b"no message", "a.eml", "application/octet-stream"))) == ["a.eml"]


def test_messages_within_messages_are_opened_only_so_deep():
    message = mail(attached(REPORT, NAME))
    for _ in range(30):
        message = mail(forwarded(message))
    [attachment] = take_apart(message).attachments
    assert attachment.name == "attachment-1.eml"
    assert b64encode(REPORT)[:60] in attachment.content.replace(b"\n", b"").replace(b"\r", b"")


@pytest.mark.parametrize(
    "extra",
    [
        letter("<p>প্রতিবেদন</p>", "html"),
        letter("x", "calendar"),
        part(b"more", "Content-Type: text/plain", "Content-Description: Mail message body"),
        part(picture(120, 40), "Content-Type: image/png", "Content-ID: <logo>"),
        part(picture(1200, 90), "Content-Type: image/png", "Content-Disposition: inline; filename=line.png"),
        part(picture(200, 200, "GIF"), "Content-Type: image/gif; name=image001.gif"),
        part(
            picture(1, 1),
            "Content-Type: image/png",
            "Content-ID: <a>",
            "Content-Disposition: attachment; filename=image001.png",
        ),
        part(picture(90, 90), "Content-Type: application/octet-stream; name=image001.png", "Content-ID: <b>"),
        part(b"<svg/>", "Content-Type: image/svg+xml; name=logo.svg"),
        attached(b"seal", "smime.p7s", "application/pkcs7-signature"),
        attached(b"card", "me.vcf", "text/vcard"),
        attached(b"notes", "._report.docx", "application/applefile"),
        part(b"the end of the letter", "Content-Type: text/plain; name=ATT00001.txt"),
        part(b"<p>end</p>", "Content-Disposition: attachment; filename=ATT00002.htm"),
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.org\r\n",
    ],
)
def test_what_mail_programs_add_is_nobody_s_file(extra):
    assert names(mail(letter("সংযুক্ত"), attached(REPORT, NAME), extra)) == [NAME]
    assert names(mail(letter("সংযুক্ত"), extra)) == []


@pytest.mark.parametrize(
    "sent",
    [
        part(picture(960, 1280, "JPEG"), "Content-Type: image/jpeg; name=p.jpg", "Content-ID: <p>"),
        part(picture(300, 300), "Content-Type: image/png", "Content-Disposition: attachment; filename=p.jpg"),
        part(b"\0" * 60_000, "Content-Type: image/heic; name=p.jpg", "Content-Disposition: inline"),
        part(b"1,2", "Content-Type: text/plain; name=p.jpg"),
        part(b"1,2", "Content-Type: text/plain", "Content-Disposition: attachment; filename=p.jpg"),
    ],
)
def test_a_photograph_of_a_page_is_a_file_also_where_the_letter_shows_it(sent):
    assert names(mail(letter("সংযুক্ত"), sent)) == ["p.jpg"]


def test_files_in_every_corner_of_a_message_come_in_their_order():
    page = multipart(
        letter("<p>দেখুন</p>", "html"),
        part(picture(9, 9), "Content-Type: image/png", "Content-ID: <x>"),
        attached(b"1", "1.docx"),
        kind="related",
    )
    both = multipart(letter("দেখুন"), page, kind="alternative")
    message = take_apart(mail(both, attached(b"2", "2.docx"), attached(b"2", "3.docx")))
    assert message.text == "দেখুন"
    assert [(one.name, one.content) for one in message.attachments] == [
        ("1.docx", b"1"),
        ("2.docx", b"2"),
        ("3.docx", b"2"),
    ]


WIDE = "<table>" + "<tr>" + "<td>১</td>" * 6 + "</tr></table>"


def test_a_report_written_into_a_letter_is_a_file_named_by_its_subject():
    [attachment] = take_apart(mail(letter("সারণি"), letter(WIDE, "html"))).attachments
    assert attachment.name == "প্রতিবেদন.html"
    assert WIDE in attachment.content.decode()


def test_a_table_in_a_letter_that_brings_files_is_part_of_the_letter():
    assert names(mail(letter(WIDE, "html"), attached(REPORT, NAME))) == [NAME]


@pytest.mark.parametrize(
    "page",
    ["<p>ধন্যবাদ</p>", "<table><tr><td>নাম</td><td>ফোন</td></tr></table>" * 5, "<p>&lt;td&gt;</p>" * 9],
)
def test_a_letter_with_no_report_in_it_brings_nothing(page):
    message = take_apart(mail(letter(page, "html")))
    assert message.attachments == ()
    assert message.text


def test_a_page_is_kept_as_the_words_it_shows():
    page = "<style>p { color: red }</style><!-- <p>না --><p>জনাব,<br>প্রতিবেদন &amp; ছক</p><p>সংযুক্ত</p>"
    assert take_apart(mail(letter(page, "html"))).text == "জনাব,\nপ্রতিবেদন & ছক\nসংযুক্ত"


@pytest.mark.parametrize(
    ("charset", "content"),
    [("us-ascii", "জনাব".encode()), ("nobody", "জনাব".encode()), ("utf-16", "জনাব".encode("utf-16"))],
)
def test_a_letter_is_read_whatever_its_part_says_of_its_characters(charset, content):
    assert take_apart(mail(part(content, f"Content-Type: text/plain; charset={charset}"))).text == "জনাব"


@pytest.mark.parametrize(
    ("line", "sender"),
    [
        ("From: a@example.org", "a@example.org"),
        (f"From: {encoded('যশোর')} <a@example.org>", "a@example.org"),
        ("From: যশোর গণগ্রন্থাগার <a@example.org>", "a@example.org"),
        ('From: "jashore@example.org" <evil@example.com>', "evil@example.com"),
        ("From: jashore@example.org <evil@example.com>", "jashore@example.org, evil@example.com"),
        ("From: evil@example.com (jashore@example.org)", "evil@example.com"),
        (f"From: {encoded('যশোর <jashore@example.org>')} <evil@example.com>", "evil@example.com"),
        ("From: a@example.org, b@example.org", "a@example.org, b@example.org"),
        ("From: a@example.org\r\nFrom: b@example.org", "a@example.org, b@example.org"),
        ("From: undisclosed:;", ""),
        ("From: ", ""),
        ("Sender: a@example.org", ""),
        ("Reply-To: a@example.org\r\nReturn-Path: <a@example.org>", ""),
    ],
)
def test_the_sender_is_the_one_address_of_the_from_line(line, sender):
    message = f"{line}\r\nSubject: x\r\n\r\n".encode()
    assert take_apart(message).sender == sender


@pytest.mark.parametrize(
    "content",
    [
        b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"--b\r\n\r\n" * 500_000,
        b"Content-Type: text/plain" + b";a=b" * 1_000_000 + b"\r\n\r\nx",
        b"From: " + b"(" * 5_000_000 + b"\r\n\r\nx",
        b"a:\n" * 3_000_000,
        b"Subject: " + b"=?utf-8?B?4KaV?= " * 1_000_000 + b"\r\n\r\nx",
        mail(letter("<style><!--" * 400_000, "html")),
        mail(letter("<" * 5_000_000, "html")),
        mail(letter("<table>" + "<tr" * 1_000_000, "html")),
        mail(letter(" \n" * 2_000_000)),
    ],
    ids=["parts", "parameters", "comments", "headers", "words", "styles", "tags", "rows", "blanks"],
)
def test_no_message_takes_long(content):
    begun = time.process_time()
    take_apart(content)
    assert time.process_time() - begun < 6


def test_damage_of_every_kind_loses_no_message():
    """Bytes overwritten, cut off and doubled: there is always a message, and never an exception."""
    luck = random.Random(8)
    whole = mail(
        letter("সংযুক্ত"),
        attached(REPORT[:400], NAME),
        forwarded(mail(attached(b"x", NAME))),
        letter(WIDE, "html"),
    )
    for _ in range(400):
        broken = bytearray(whole)
        for _ in range(luck.randint(1, 12)):
            at = luck.randrange(len(broken))
            broken[at : at + luck.choice((0, 1, 9, 200))] = luck.choice(
                (b"", b"\0", b"\xff", b"=?", b"\r\n", b"--", b"*0*=", b";", b'"', b"%E0", b"\r\n\r\n")
            )
        assert take_apart(bytes(broken)) is not None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n",
        b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (depth, depth)
            for depth in range(5000)
        ),
    ],
)
def test_what_is_no_message_is_kept_as_something_to_look_at(content):
    message = take_apart(content)
    assert message.sender == ""
    assert len(message.attachments) <= 1
