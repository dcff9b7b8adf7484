import pytest
from docx import Document

from extractors.reader import read
from tests.warehouse.reports import matrix_report, office_report, submission
from transforms.finding import Severity, finding
from transforms.office import all_offices
from warehouse.letter import address_of, letters, place_in_words, plain_text
from warehouse.letter_docx import write_letter_docx
from warehouse.load import load

ASKED = ("2024-25", 2)


def doubt(cell="table 1 r8 c11", raw="১০৩.৫%", **changes):
    return finding("percent_over_100", cell=cell, raw_text=raw, indicator_code="4.1.2", **changes)


def loaded(writer, name, *findings, office="jashore", quarter=2, received="2025-01-10T06:00"):
    sent = submission(name, received)
    load(
        writer,
        [sent],
        [office_report(sent, {"4.1.2": 50}, office=office, quarter=quarter).with_findings(findings)],
    )
    return sent


def test_office_is_asked_what_its_report_leaves_open(writer):
    loaded(writer, "যশোর.docx", doubt())
    (letter,) = letters(writer, *ASKED)
    (report,) = letter.reports
    (question,) = report.questions
    assert (letter.office_id, report.sender_id, report.file_name) == ("jashore", "jashore", "যশোর.docx")
    assert (question.cell, question.place, question.stands) == (
        "table 1 r8 c11",
        "সারণি ১, সারি ৮, কলাম ১১",
        "১০৩.৫%",
    )
    assert question.asked == (
        "[৪.১.২] সূচকের অর্জন «১০৩.৫%», যা ১০০% এর বেশি। মানটি যাচাই না হওয়া পর্যন্ত হিসাবে ধরা হয়নি।"
    )


def test_notes_and_settled_findings_ask_nothing(writer):
    settled = doubt()._replace(waived_by="একজন কর্মকর্তা")
    loaded(writer, "a.docx", finding("weights_add_up", total=50), settled)
    assert letters(writer, *ASKED) == ()


def test_replaced_report_is_not_asked_about(writer):
    loaded(writer, "first.docx", doubt())
    loaded(writer, "second.docx", received="2025-01-12T06:00")
    assert letters(writer, *ASKED) == ()


def test_rejected_report_and_other_quarters_are_not_asked_about(writer):
    rejected = doubt()._replace(severity=Severity.REJECT)
    loaded(writer, "rejected.docx", doubt(), rejected)
    loaded(writer, "q1.docx", doubt(), quarter=1, office="magura")
    assert letters(writer, *ASKED) == ()
    assert [letter.office_id for letter in letters(writer, "2024-25", 1)] == ["magura"]


def test_matrix_asks_each_office_about_its_own_cells_and_the_sender_about_its_heading(writer):
    sent = submission("matrix.xlsx", "2025-01-20T06:00")
    report = matrix_report(sent, {"jashore": {"4.1.2": 50}}).with_findings(
        [doubt("S!P9", office_id="jashore"), doubt("S!P3")]
    )
    load(writer, [sent], [report])
    assert [(letter.office_id, letter.reports[0].sender_id) for letter in letters(writer, *ASKED)] == [
        ("jashore", "khulna"),
        ("khulna", "khulna"),
    ]


def test_plain_text_has_all_that_a_letter_needs(writer):
    loaded(writer, "যশোর.docx", doubt(), doubt(cell="", raw=""))
    text = plain_text(letters(writer, *ASKED)[0])
    for part in (
        "স্মারক নং:",
        "তারিখ:",
        "জেলা সরকারি গণগ্রন্থাগার, যশোর।",
        "২০২৪-২০২৫ অর্থবছরের ২য় ত্রৈমাসিক (অক্টোবর-ডিসেম্বর ২০২৪)",
        "নিচের ২টি বিষয়",
        "প্রতিবেদন: «যশোর.docx»",
        "১. সারণি ১, সারি ৮, কলাম ১১\n   যা লেখা আছে: ১০৩.৫%\n   যা জানা প্রয়োজন: [৪.১.২]",
        "২. সমগ্র প্রতিবেদন\n   যা লেখা আছে: —",
        "উত্তর পাঠানোর ঠিকানা",
        "(নাম ও পদবি)",
    ):
        assert part in text
    assert "{" not in text


def test_docx_says_what_the_plain_text_says(writer, tmp_path):
    loaded(writer, "যশোর.docx", doubt(), doubt(cell="line 7", raw="=1+1\n<b>\x07"))
    (letter,) = letters(writer, *ASKED)
    write_letter_docx(letter, tmp_path / "letter.docx")
    (sheet,) = read((tmp_path / "letter.docx").read_bytes()).sheets
    table = [[cell.text for cell in row.cells] for row in sheet.rows if " r" in row.cells[0].place]
    assert table == [
        ["নং", "কোথায়", "যা লেখা আছে", "যা জানা প্রয়োজন"],
        ["১", "সারণি ১, সারি ৮, কলাম ১১", "১০৩.৫%", letter.reports[0].questions[0].asked],
        ["২", "লাইন ৭", "=1+1\n<b> ", letter.reports[0].questions[1].asked.replace("\x07", " ")],
    ]
    said = "\n".join(row.cells[0].text for row in sheet.rows if " r" not in row.cells[0].place)
    kept = [line for line in plain_text(letter).splitlines() if line and line[0] not in " ১২"]
    assert said.splitlines() == kept
    section = Document(tmp_path / "letter.docx").sections[0]
    assert round(section.page_width.mm) == 210


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("table 2 r10 c3", "সারণি ২, সারি ১০, কলাম ৩"),
        ("page 2 r4 c3", "পৃষ্ঠা ২, সারি ৪, কলাম ৩"),
        ("line 12 c3", "লাইন ১২, কলাম ৩"),
        ("paragraph 4", "অনুচ্ছেদ ৪"),
        ("Sheet1!K7", "শিট «Sheet1», ঘর K7"),
        ("সমন্বিত (২)!AA10", "শিট «সমন্বিত (২)», ঘর AA10"),
        ("", "সমগ্র প্রতিবেদন"),
        ("footer paragraph 1", "footer paragraph 1"),
    ],
)
def test_cells_are_named_as_a_clerk_names_them(cell, words):
    assert place_in_words(cell) == words


def test_every_office_of_the_registry_can_be_addressed():
    addresses = [address_of(office.office_id) for office in all_offices()]
    assert len(addresses) > 60
    assert all("গণগ্রন্থাগার" in address for address in addresses)
