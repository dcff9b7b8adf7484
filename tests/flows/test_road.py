"""The stages of the road, each called as the flows and the command line call it."""

import shutil
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from extractors.inbox import Inbox, Listing
from extractors.originals import Originals
from extractors.submission import Submission, submission_id_of
from flows import road
from flows.home import Home
from flows.road import Received, read_waiting, receive, take_in
from tests.flows.conftest import EXAMPLES
from warehouse.publication import published_tables

SOME = ("natore_quarter_1.txt", "natore_quarter_2.docx", "jashore_q1.xlsx")


def drop(folder: Path, *names: str) -> None:
    """Copy examples into a folder as a person does, with the time of now."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(EXAMPLES / name, folder / name)


def names(received: Received) -> set[str]:
    return {submission.file_name for submission in received.waiting}


@contextmanager
def growing(path: Path) -> Iterator[None]:
    """Go on writing to a file for as long as the block runs."""
    is_finished = threading.Event()

    def write() -> None:
        with path.open("ab", buffering=0) as file:
            while not is_finished.wait(0.02):
                file.write(b".")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        is_finished.set()
        writer.join()


def test_files_dropped_just_now_are_taken_once_they_rest(home, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_SETTLE_SECONDS", "1.5")
    drop(home / "inbox", *SOME)
    rests: list[float] = []
    sleep = time.sleep
    monkeypatch.setattr(time, "sleep", lambda seconds: (rests.append(seconds), sleep(seconds)))
    received = receive(Home(home))
    assert names(received) == set(SOME)
    assert received.unavailable == ()
    assert rests.count(1.5) == 1  # once for all of them


def test_a_file_still_being_copied_is_left_to_the_next_run(home, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_SETTLE_SECONDS", "0.3")
    drop(home / "inbox", *SOME)
    copied = home / "inbox" / SOME[0]
    with growing(copied):
        received = receive(Home(home))
    assert names(received) == set(SOME[1:])
    [failure] = received.unavailable
    assert (failure.path, failure.cause) == (copied, "still being copied")
    content = copied.read_bytes()
    again = receive(Home(home))
    assert names(again) == set(SOME)
    assert again.unavailable == ()
    assert copied.read_bytes() == content


def test_a_file_named_by_hand_is_taken_at_once(home, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_SETTLE_SECONDS", "600")
    drop(home / "desk", SOME[0])
    assert names(receive(Home(home), [home / "desk" / SOME[0]])) == {SOME[0]}


def test_a_rest_of_zero_takes_every_file_at_once(home, monkeypatch):
    monkeypatch.setenv("PROTIBEDON_SETTLE_SECONDS", "0")
    drop(home / "inbox", *SOME)
    with growing(home / "inbox" / SOME[0]):
        assert names(receive(Home(home))) == set(SOME)


@pytest.mark.parametrize("keeps_folder", [True, False])
def test_a_share_that_disappears_while_it_is_read_fails_alone(home, tmp_path, monkeypatch, keeps_folder):
    share, desk = tmp_path / "share", tmp_path / "desk"
    drop(share, *SOME[:2])
    drop(desk, SOME[2])
    listing_of = Inbox.listing

    def listing_and_loss(inbox: Inbox) -> Listing:
        listing = listing_of(inbox)
        shutil.rmtree(share)
        if keeps_folder:
            share.mkdir()
        return listing

    monkeypatch.setattr(Inbox, "listing", listing_and_loss)
    received = receive(Home(home), [share, desk])
    assert names(received) == {SOME[2]}
    assert {failure.path.name for failure in received.unavailable} == set(SOME[:2])
    assert {failure.cause for failure in received.unavailable} == {"no such file or directory"}


def test_a_share_that_is_away_from_the_start_fails_alone(home, tmp_path):
    drop(tmp_path / "desk", SOME[2])
    received = receive(Home(home), [tmp_path / "share", tmp_path / "desk"])
    assert names(received) == {SOME[2]}
    [failure] = received.unavailable
    assert failure.path == tmp_path / "share"


def test_the_files_of_an_archive_are_taken_as_submissions_of_their_own(home):
    sent = home / "inbox" / "প্রতিবেদন.zip"
    sent.parent.mkdir(parents=True)
    with zipfile.ZipFile(sent, "w") as archive:
        for name in SOME:
            archive.write(EXAMPLES / name, f"দ্বিতীয়/{name}")
    drop(home / "inbox", SOME[0])  # the same bytes once more
    received = receive(Home(home))
    assert names(received) == {SOME[0], *(f"প্রতিবেদন.zip/দ্বিতীয়/{name}" for name in SOME[1:])}
    assert Originals(Home(home).originals).read(submission_id_of(sent.read_bytes())) == sent.read_bytes()
    assert len(receive(Home(home)).waiting) == len(SOME)  # met again, and nothing new


def test_an_archive_that_cannot_be_unpacked_is_a_submission_itself(home):
    drop(home / "inbox", SOME[0])
    with zipfile.ZipFile(home / "inbox" / "cut.zip", "w") as archive:
        archive.write(EXAMPLES / SOME[1], "../climbs.docx")
    received = receive(Home(home))
    assert names(received) == {"cut.zip", SOME[0]}
    reports = read_waiting(Home(home), received.waiting)
    assert sorted(report.rejection_code or "" for report in reports) == ["", "unsafe_content"]


def tables_of(home: Home) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(home.published), read_only=True) as connection:
        return {
            table.name: connection.execute(f"SELECT * FROM {table.name} ORDER BY ALL").fetchall()
            for table in published_tables()
        }


def test_what_is_taken_in_a_few_at_a_time_is_what_is_taken_in_at_once(home, tmp_path, monkeypatch):
    at_once = Home(tmp_path / "at once")
    waiting = receive(at_once, [EXAMPLES]).waiting
    fates = take_in(at_once, waiting)

    few = Home(tmp_path / "few")
    few.make()
    shutil.copytree(at_once.originals, few.originals, dirs_exist_ok=True)
    monkeypatch.setattr(road, "_TAKEN_IN_TOGETHER", 4)
    received = receive(few, [tmp_path / "nothing"])
    read: list[Submission] = []
    gates: list[str] = []

    @contextmanager
    def gate() -> Iterator[None]:
        gates.append("held")
        yield

    assert take_in(few, received.waiting, read.append, gate=gate) == fates
    assert sorted(read, key=received.waiting.index) == list(received.waiting)
    assert len(gates) == -(-len(waiting) // 4) + 1  # each load, and the publishing
    assert tables_of(few) == tables_of(at_once)


def test_a_walk_broken_off_between_two_loads_goes_on_with_the_rest(home, monkeypatch):
    place = Home(home)
    received = receive(place, [EXAMPLES])
    monkeypatch.setattr(road, "_TAKEN_IN_TOGETHER", 4)
    loads = iter(range(2))

    @contextmanager
    def gate() -> Iterator[None]:
        if next(loads, None) is None:
            raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        take_in(place, received.waiting, gate=gate)
    assert not place.published.exists()  # nobody sees half of a walk
    rest = receive(place, [EXAMPLES]).waiting
    assert rest == received.waiting[8:]
    take_in(place, rest)
    with duckdb.connect(str(place.published), read_only=True) as connection:
        asked = "SELECT count(DISTINCT coalesce(nullif(part_of, ''), submission_id)) FROM submissions"
        assert connection.execute(asked).fetchall() == [(len(received.waiting),)]


def test_each_fate_is_that_of_the_warehouse(home):
    place = Home(home)
    fates = take_in(place, receive(place, [EXAMPLES]).waiting)
    with duckdb.connect(str(place.published), read_only=True) as connection:
        asked = """
            SELECT submission_id, status, count(code)
            FROM submissions LEFT JOIN findings USING (submission_id)
            GROUP BY ALL
        """
        held = {row[0]: row[1:] for row in connection.execute(asked).fetchall()}
    assert {fate.submission_id: (fate.status, len(fate.findings)) for fate in fates} == held
    [replaced] = [fate for fate in fates if fate.status == "superseded"]
    assert replaced.file_name == "jashore_q2.xlsx"
    assert {"superseded", "late"} <= {found.code for fate in fates for found in fate.findings}
