"""A file that holds several reports, on the road from the inbox to what people open."""

from dataclasses import replace
from pathlib import Path

import duckdb
import openpyxl
import pytest

from flows import replaying
from flows.home import Home, installed_at
from flows.road import Walk, read_waiting, receive, take_in
from flows.summarising import Wanted, summarise, undone_decisions
from tests.transforms.papers import as_xlsx, office_paper, with_cell
from tests.transforms.test_form import OF_MAGURA, OF_NOBODY

JASHORE = office_paper()
MAGURA = with_cell(office_paper(above=OF_MAGURA), 4, 10, "কয়েকটি")  # asked about
NOBODY = office_paper(above=OF_NOBODY)
NAMES = ["যশোর", "মাগুরা", "অজানা"]


@pytest.fixture
def place(home: Path, monkeypatch) -> Home:
    monkeypatch.setenv("PROTIBEDON_SETTLE_SECONDS", "0")
    place = Home(home)
    place.make()
    return place


def drop(place: Home, name: str, *papers) -> None:
    (place.inbox / name).write_bytes(as_xlsx(*papers, names=NAMES[: len(papers)]))


def walked(place: Home) -> Walk:
    received = receive(place)
    return Walk(received, take_in(place, received.waiting))


def ask(place: Home, question: str) -> list[tuple]:
    with duckdb.connect(str(place.published), read_only=True) as connection:
        return connection.execute(question).fetchall()


def test_each_report_of_a_file_is_told_taken_and_asked_about(place):
    drop(place, "তিনটি.xlsx", JASHORE, MAGURA, NOBODY)
    walk = walked(place)
    told = list(walk.lines())
    assert [line.split()[0] for line in told] == ["accepted", "accepted_with_findings", "rejected"]
    assert told[0].endswith("তিনটি.xlsx: 10 observations, 7 findings")
    assert "magura" in told[1]
    assert "তিনটি.xlsx (ফাইলের ২ নং প্রতিবেদন): 10 observations" in told[1]
    assert told[2].endswith("তিনটি.xlsx (ফাইলের ৩ নং প্রতিবেদন): unknown_office")
    assert walk.sentence().startswith("1 files received · 3 reports · 1 accepted")
    assert walk.refused_something
    assert ask(place, "SELECT office_id, count(*) FROM observations GROUP BY ALL ORDER BY ALL") == [
        ("jashore", 10),
        ("magura", 10),
    ]

    again = walked(place)  # the same file once more
    assert (again.fates, [known.file_name for known in again.received.known]) == ((), ["তিনটি.xlsx"])
    assert ask(place, "SELECT count(*) FROM submissions") == [(3,)]

    written = [path.name for path in summarise(place, Wanted())]
    (marked,) = (path for path in place.folder.rglob("magura-*.xlsx"))
    assert marked.name in written
    book = openpyxl.load_workbook(marked)
    asked = [cell.coordinate for row in book["মাগুরা"].iter_rows() for cell in row if cell.comment]
    assert asked
    assert not [cell for row in book["যশোর"].iter_rows() for cell in row if cell.comment]


def test_a_warehouse_made_anew_from_the_originals_holds_the_same(place):
    drop(place, "তিনটি.xlsx", JASHORE, MAGURA, NOBODY)
    walked(place)
    said = [
        f"FROM {table} ORDER BY ALL" for table in ("submissions", "observations", "findings", "target_bands")
    ]
    before = [ask(place, question) for question in said]
    place.warehouse.unlink()
    selected = replaying.select_kept(place, replaying.Selection())
    replaying.load_again(place, selected, read_waiting(place, selected))
    assert [ask(place, question) for question in said] == before


def test_a_part_that_was_rejected_enters_once_a_person_has_decided(place):
    drop(place, "তিনটি.xlsx", JASHORE, MAGURA, NOBODY)
    walked(place)
    place.reference.mkdir()
    packaged = Path(__file__).parents[2] / "transforms" / "reference" / "office_aliases.csv"
    text = packaged.read_text(encoding="utf-8").rstrip("\n")
    (place.reference / packaged.name).write_text(f"{text}\nঅজানাপুর,narail,test\n", encoding="utf-8")
    with installed_at(place):
        selected = replaying.select_kept(place, replaying.Selection())
        changes = replaying.load_again(place, selected, read_waiting(place, selected))
    assert [(one.file_name, one.became) for one in changes.submissions] == [
        ("তিনটি.xlsx (ফাইলের ৩ নং প্রতিবেদন)", "accepted narail 2024-25 Q2")
    ]
    assert ask(place, "SELECT count(DISTINCT office_id) FROM observations") == [(3,)]


def test_a_resubmission_of_one_office_replaces_its_part_alone(place):
    drop(place, "দুটি.xlsx", JASHORE, MAGURA)
    walked(place)
    drop(place, "মাগুরা.xlsx", with_cell(replace(MAGURA), 4, 10, "৪"))
    walked(place)
    value = "SELECT office_id, value FROM observations WHERE indicator_code = '2.1.1' ORDER BY ALL"
    assert ask(place, value) == [("jashore", 1.0), ("magura", 4.0)]
    assert ask(place, "SELECT file_name FROM submissions WHERE status = 'superseded'") == [
        ("দুটি.xlsx (ফাইলের ২ নং প্রতিবেদন)",)
    ]


def test_a_correction_whose_report_never_came_is_listed(place):
    drop(place, "যশোর.xlsx", JASHORE)
    place.reference.mkdir()
    (place.reference / "corrections.toml").write_text(
        "[[correction]]\noffice = 'narail'\nfiscal_year = '2024-25'\nquarter = 2\nindicator = '2.1.1'\n"
        "field = 'achievement'\nexpect = '১'\nvalue = '২'\n"
        "reason = 'ভুল'\nwho = 'উপপরিচালক'\nwhen = 2025-01-20\n",
        encoding="utf-8",
    )
    with installed_at(place):
        walked(place)
        (undone,) = undone_decisions(place, Wanted(fiscal_year="2024-25", quarter=2))
        assert undone_decisions(place, Wanted(quarter=3)) == []
    assert (undone.whose, undone.outcome) == ("narail", "no_report")
    assert ask(place, "SELECT kind, office_id, outcome FROM decisions") == [
        ("correction", "narail", "no_report")
    ]
