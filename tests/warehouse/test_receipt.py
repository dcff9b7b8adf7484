from datetime import UTC, datetime

import pytest

from transforms.reference import load_toml
from warehouse.letter import Question
from warehouse.receipt import SubmissionReceipt, plain_text, subject

HELD = "একজন কর্মকর্তা"


def receipt(**known: object) -> SubmissionReceipt:
    nothing_known = {
        "submission_id": "a" * 64,
        "file_id": "a" * 64,
        "file_name": "Q2.docx",
        "received_at": datetime(2025, 1, 10, 20, 5, tzinfo=UTC),
        "office_id": "",
        "division_bn": "",
        "plan_id": "",
        "fiscal_year": "",
        "quarter": None,
        "rejection_code": "",
        "replaced_file": "",
        "questions": (),
    }
    return SubmissionReceipt(**{**nothing_known, **known})


def test_a_time_is_told_by_the_clock_of_the_offices():
    assert "পাওয়ার তারিখ ও সময়: ১১/০১/২০২৫, ০২:০৫" in plain_text(
        receipt(rejection_code="unknown_form"), "narail"
    )


def test_a_matrix_is_acknowledged_to_the_divisional_library():
    of_sylhet = receipt(
        office_id="sylhet", division_bn="সিলেট", plan_id="egov-2024-25", fiscal_year="2024-25", quarter=1
    )
    said = plain_text(of_sylhet, "sylhet")
    assert said.startswith("প্রাপক:\nবিভাগীয় সরকারি গণগ্রন্থাগার, সিলেট।")
    assert "বিভাগ: সিলেট (বিভাগীয় সমন্বিত প্রতিবেদন)" in said
    assert "কার্যালয়:" not in said
    assert of_sylhet.fate == "taken-sylhet-2024-25-q1"


def test_a_cell_that_keeps_a_report_out_is_named_in_words():
    question = Question("table 1 r4 c2", "জয়পুরঘাট", "table 1 r4 c2-এ লেখা «জয়পুরঘাট» কোন কার্যালয় তা বোঝা যায়নি।")
    rejected = receipt(
        rejection_code="unknown_office", fiscal_year="2024-25", quarter=2, questions=(question,)
    )
    said = plain_text(rejected, "narail")
    assert "১. সারণি ১, সারি ৪, কলাম ২-এ লেখা «জয়পুরঘাট» কোন কার্যালয় তা বোঝা যায়নি।" in said
    assert "table" not in said
    assert subject(rejected) == "২০২৪-২০২৫ অর্থবছরের ২য় ত্রৈমাসিক (অক্টোবর-ডিসেম্বর ২০২৪) প্রতিবেদন গ্রহণ করা যায়নি"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("needs_review", "drafted"),
        ("unreadable_file", "needs_poppler"),
        ("unreadable_file", "needs_libreoffice"),
        ("unreadable_file", "reader_failed"),
    ],
)
def test_what_a_person_here_must_do_is_not_asked_of_the_office(code, reason):
    told = load_toml("words.toml")[code][reason]["bn"].format(draft="drafts/x.xlsx")
    held = receipt(rejection_code=code, questions=(Question("", "", f"«Q2.pdf»: {told}"),))
    said = plain_text(held, "narail")
    assert HELD in said
    assert "protibedon" not in said
    assert "গ্রহণ করা যায়নি" not in said
    assert subject(held) == "আপনার পাঠানো প্রতিবেদন পাওয়া গেছে"


def test_what_the_office_can_mend_is_asked_of_it():
    damaged = load_toml("words.toml")["unreadable_file"]["damaged"]["bn"]
    rejected = receipt(
        rejection_code="unreadable_file", questions=(Question("", "", f"«Q2.pdf»: {damaged}"),)
    )
    assert HELD not in plain_text(rejected, "narail")
    assert "প্রতিবেদনটি আবার পাঠানোর" in plain_text(rejected, "narail")
