from dataclasses import replace
from datetime import date

import pytest

from tests.warehouse.reports import office_report, submission
from transforms.border import check_at_border
from transforms.finding import Severity, finding
from transforms.reference import ReferenceMistake
from transforms.report import Report
from transforms.waivers import declared_waivers, waive

WAIVER = {
    "code": "unknown_phrase",
    "office": "kushtia",
    "fiscal_year": "2024-25",
    "quarter": 2,
    "indicator": "7.1.1",
    "reason": "ফোনে জানা গেছে",
    "who": "উপপরিচালক",
    "when": date(2025, 1, 21),
}
PHRASE = finding("unknown_phrase", cell="r4 c12", raw_text="?", indicator_code="7.1.1", office_id="kushtia")
KUSHTIA = Report(
    "0" * 64,
    form="office_form",
    plan_id="egov-2024-25",
    office_id="kushtia",
    division_id="khulna",
    fiscal_year="2024-25",
    quarter=2,
    findings=(PHRASE,),
)


@pytest.fixture
def declare(tmp_path, monkeypatch):
    """Declare one waiver, by what differs from the usual one; `None` leaves a key out."""

    def write(**waiver):
        entry = {key: value for key, value in {**WAIVER, **waiver}.items() if value is not None}
        lines = [
            f"{key} = {value if isinstance(value, int | date) else repr(value)}"
            for key, value in entry.items()
        ]
        (tmp_path / "corrections.toml").write_text("\n".join(["[[waiver]]", *lines]), encoding="utf-8")
        monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))

    return write


def test_a_waived_finding_is_a_note_that_names_who_settled_it(declare):
    declare()
    report = waive(KUSHTIA)
    [found] = report.findings
    assert (found.severity, found.waived_by) == (Severity.NOTE, "উপপরিচালক")
    assert found.message_bn == f"{PHRASE.message_bn} (নিষ্পত্তি: উপপরিচালক, ২১/০১/২০২৫: ফোনে জানা গেছে)"
    assert found.message_en.startswith(PHRASE.message_en)
    assert "2025-01-21" in found.message_en
    assert (KUSHTIA.status, report.status) == ("accepted_with_findings", "accepted")


@pytest.mark.parametrize(
    "other",
    [
        {"code": "contradiction"},
        {"office": "khulna"},
        {"fiscal_year": "2023-24"},
        {"quarter": 3},
        {"indicator": "7.1.2"},
        {"indicator": None},
        {"office": None, "division": "khulna"},
        {"annex": "grievance"},
    ],
)
def test_a_waiver_of_something_else_changes_nothing(declare, other):
    declare(**other)
    assert waive(KUSHTIA) == KUSHTIA


def test_a_finding_about_the_whole_report_is_waived_for_its_office(declare):
    declare(code="weights_do_not_add_up", indicator=None)
    report = replace(KUSHTIA, findings=(finding("weights_do_not_add_up", total=46, expected=50),))
    assert waive(report).status == "accepted"


def test_of_two_annexes_the_one_that_is_named_is_meant(declare):
    grievance = replace(KUSHTIA, plan_id="grievance-2024-25")
    declare(annex="grievance")
    assert waive(grievance).status == "accepted"
    assert waive(KUSHTIA) == KUSHTIA


def test_a_waiver_that_names_no_annex_holds_for_all(declare):
    declare()
    assert [
        waive(replace(KUSHTIA, plan_id=plan)).status for plan in ("grievance-2024-25", "egov-2024-25", "")
    ] == ["accepted"] * 3


def test_a_finding_about_a_whole_matrix_is_waived_for_its_division(declare):
    words = {"division_bn": "খুলনা", "division_en": "Khulna", "absent_bn": "মাগুরা", "absent_en": "Magura"}
    absent = finding("offices_absent", expected=10, present=9, **words)
    matrix = replace(KUSHTIA, form="divisional_matrix", office_id="", findings=(absent, PHRASE))
    declare(code="offices_absent", office=None, division="khulna", indicator=None)
    assert [found.severity for found in waive(matrix).findings] == [Severity.NOTE, Severity.WARN]


def test_in_a_matrix_the_office_of_the_row_is_meant(declare):
    declare()
    matrix = replace(KUSHTIA, form="divisional_matrix", office_id="")
    assert waive(matrix).status == "accepted"


def test_what_the_border_raises_is_waived_and_the_figure_stays_withheld(declare):
    sent = submission("magura q2.docx")
    over = office_report(sent, {"4.1.2": 103.5}, office="magura")
    declare(code="percent_over_100", office="magura", indicator="4.1.2")
    (report,) = check_at_border([over])
    [found] = report.findings
    assert (found.code, found.severity) == ("percent_over_100", Severity.NOTE)
    [seen] = report.observations
    assert (seen.state, seen.value) == ("unreadable", None)


def test_a_finding_that_weighs_more_than_usual_rejects_all_the_same(declare):
    declare()
    rejected = replace(KUSHTIA, findings=(PHRASE._replace(severity=Severity.REJECT),))
    assert waive(rejected) == rejected


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": "unknown_office"}, "`unknown_office` is no finding that can be waived"),
        ({"code": "unknown_phrases"}, "`unknown_phrases` is no finding that can be waived"),
        ({"office": "kustia"}, "no office is registered as `kustia`"),
        ({"office": None}, "name the `office`"),
        ({"division": "khulna"}, "name the `office`"),
        ({"office": None, "division": "jashore"}, "no division is called `jashore`"),
        ({"annex": "egovv"}, "no annex is called `egovv`"),
        ({"reason": ""}, "may not be empty"),
    ],
)
def test_a_waiver_that_cannot_be_meant_says_why(declare, wrong, sentence):
    declare(**wrong)
    with pytest.raises(ReferenceMistake, match=r"^corrections\.toml, waiver 1: ") as mistake:
        declared_waivers()
    assert sentence in str(mistake.value)
