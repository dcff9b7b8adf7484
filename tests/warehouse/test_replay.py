import pytest

from tests.warehouse.contents import all_rows, whole
from tests.warehouse.reports import matrix_report, office_report, submission
from transforms.finding import finding
from transforms.office import office_of
from transforms.report import Report
from warehouse.load import load
from warehouse.replay import FindingChange, ObservationChange, replay, submissions_concerned

Q1, Q2, OTHER, MATRIX, LETTER = (
    submission(name, f"2025-01-{day:02}T06:00")
    for day, name in enumerate(("q1.docx", "q2.docx", "other.docx", "matrix.docx", "letter.docx"), start=10)
)
REJECTED = Report(LETTER.submission_id, findings=(finding("unknown_period"),))
PHRASE = finding("unknown_phrase", cell="r4", raw_text="?", indicator_code="4.1.2", office_id="jashore")
KEY = ("2024-25", 2, "egov-2024-25", "jashore", "4.1.2")


def jashore(sent, answer, *, quarter=2, findings=()):
    return office_report(sent, {"4.1.2": answer}, office="jashore", quarter=quarter, findings=findings)


# --- what a replay says -----------------------------------------------------------------------------------


def test_the_same_reports_again_change_nothing(writer):
    load(writer, [Q2, LETTER], [jashore(Q2, 80), REJECTED])
    before = whole(writer)
    changes = replay(writer, [Q2, LETTER], [jashore(Q2, 80), REJECTED])
    assert (changes.submissions, changes.observations, changes.findings) == ((), (), ())
    assert changes.sentence() == "nothing changed"
    assert whole(writer) == before


def test_a_figure_read_otherwise_is_told_field_by_field(writer):
    load(writer, [Q2], [jashore(Q2, "unreadable", findings=(PHRASE,))])
    changes = replay(writer, [Q2], [jashore(Q2, 61.54)])
    assert changes.observations == (
        ObservationChange(*KEY, was="state unreadable", became="state reported, value 61.54"),
    )
    assert FindingChange("unknown_phrase", "warn", was=1, became=0) in changes.findings
    [fate] = changes.submissions
    assert (fate.submission_id, fate.file_name) == (Q2.submission_id, "q2.docx")
    assert fate.was == "accepted_with_findings jashore 2024-25 Q2"
    assert fate.became == "accepted jashore 2024-25 Q2"
    assert changes.sentence() == (
        "submissions changed: 1 · observations changed: 1 · kinds of findings changed: 1"
    )


def test_a_field_that_is_known_now_is_a_change_and_no_new_observation(writer):
    load(writer, [Q2], [jashore(Q2, {"state": "planned"})])
    changes = replay(writer, [Q2], [jashore(Q2, {"state": "planned", "planned_quarter": 3})])
    assert changes.observations == (ObservationChange(*KEY, was="", became="planned_quarter 3"),)


def test_a_report_let_in_adds_and_one_shut_out_removes(writer):
    refused = Report(Q2.submission_id, findings=(finding("unknown_period"),))
    load(writer, [Q2], [refused])
    let_in = replay(writer, [Q2], [jashore(Q2, 80)])
    added = ObservationChange(*KEY, was=None, became="state reported, value 80.0")
    assert let_in.observations == (added,)
    assert let_in.submissions[0].was == "rejected unknown_period"
    shut_out = replay(writer, [Q2], [refused])
    assert shut_out.observations == (ObservationChange(*KEY, was="state reported, value 80.0", became=None),)
    assert "observations removed: 1" in shut_out.sentence()


def test_a_submission_never_loaded_has_no_fate_to_compare(writer):
    changes = replay(writer, [Q2], [jashore(Q2, 80)])
    assert [(change.was, change.became) for change in changes.submissions] == [
        (None, "accepted jashore 2024-25 Q2")
    ]


def test_what_cannot_be_loaded_leaves_all_as_it_was(writer):
    load(writer, [Q2], [jashore(Q2, 80)])
    before = whole(writer)
    with pytest.raises(ValueError, match="needs its report"):
        replay(writer, [Q2, Q1], [jashore(Q2, 90)])
    assert whole(writer) == before


# --- what a selection concerns ----------------------------------------------------------------------------


@pytest.fixture
def loaded(writer):
    reports = [
        jashore(Q1, 70, quarter=1),
        jashore(Q2, 80),
        office_report(OTHER, {"1.1.1": "planned"}, office="sylhet", fiscal_year="2023-24"),
        matrix_report(MATRIX, {"khulna": {"4.1.2": 70}}, division="khulna"),
        REJECTED,
    ]
    load(writer, [Q1, Q2, OTHER, MATRIX, LETTER], reports)
    return writer


@pytest.mark.parametrize(
    ("fiscal_year", "quarter", "office_id", "concerned"),
    [
        ("", None, "", {Q1, Q2, OTHER, MATRIX, LETTER}),
        ("2024-25", None, "", {Q1, Q2, MATRIX, LETTER}),
        ("2024-25", 2, "", {Q2, MATRIX, LETTER}),
        ("", 2, "", {Q2, OTHER, MATRIX, LETTER}),
        # the matrix may name the office in words that only the change makes known
        ("", None, "jashore", {Q1, Q2, MATRIX, LETTER}),
        ("", None, "sylhet", {OTHER, LETTER}),
        ("2022-23", None, "", {LETTER}),
    ],
)
def test_a_selection_concerns_what_it_names_and_all_that_was_rejected(
    loaded, fiscal_year, quarter, office_id, concerned
):
    office = office_of(office_id) if office_id else None
    found = submissions_concerned(loaded, fiscal_year, quarter, office)
    assert found == {sent.submission_id for sent in concerned}


def test_a_matrix_of_no_known_division_concerns_every_office(writer):
    nameless = matrix_report(MATRIX, {"khulna": {"4.1.2": 70}}, division="")
    load(writer, [MATRIX], [nameless])
    assert submissions_concerned(writer, "", None, office_of("sylhet")) == {MATRIX.submission_id}


# --- decisions in the warehouse ---------------------------------------------------------------------------


def test_a_waiver_lowers_what_comparing_reports_raises(writer, tmp_path, monkeypatch):
    bands = {"5.1.1": {100: 4.0, 90: 3.0}}
    reports = [
        office_report(sent, {"5.1.1": 4}, office="natore", quarter=quarter, bands=bands)
        for quarter, sent in ((1, Q1), (2, Q2))
    ]
    load(writer, [Q1, Q2], reports)
    asked = "SELECT severity, waived_by FROM findings WHERE code = 'ytd_over_target'"
    assert all_rows(writer, asked) == [("warn", None)]

    waiver = (
        "[[waiver]]\ncode = 'ytd_over_target'\noffice = 'natore'\nfiscal_year = '2024-25'\nquarter = 2\n"
        "indicator = '5.1.1'\nreason = 'r'\nwho = 'w'\nwhen = 2025-01-20\n"
    )
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "corrections.toml").write_text(waiver, encoding="utf-8")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path / "reference"))
    replay(writer, [Q1, Q2], reports)
    assert all_rows(writer, asked) == [("note", "w")]
    assert all_rows(writer, "SELECT DISTINCT status FROM submissions") == [("accepted",)]
