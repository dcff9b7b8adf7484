import shutil
from datetime import date

import pytest

from extractors.erasures import Erasure, Erasures
from flows import road, summarising
from flows.home import Home
from flows.rehearsal import stage_of
from tests.flows.conftest import EXAMPLES


@pytest.fixture
def place(home) -> Home:
    place = Home.at(home)
    received = road.receive(place, [EXAMPLES / "jashore_q1.xlsx"])
    road.take_in(place, received.waiting)
    return place


def everything_in(place: Home) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in place.folder.rglob("*") if path.is_file()}


def test_without_a_dry_run_the_stage_is_the_home_itself(place):
    with stage_of(place, dry_run=False) as stage:
        assert stage is place


def test_a_stage_knows_what_the_home_knows_and_leaves_it_alone(place):
    before = everything_in(place)
    with stage_of(place, dry_run=True) as stage:
        received = road.receive(stage, [EXAMPLES / "jashore_q1.xlsx", EXAMPLES / "jashore_q2.xlsx"])
        assert [known.file_name for known in received.known] == ["jashore_q1.xlsx"]
        road.take_in(stage, received.waiting)
        assert summarising.summarise(stage, summarising.Wanted(quarter=2))
        folder = stage.folder
    assert everything_in(place) == before
    assert not folder.exists()


def test_what_an_interrupted_run_kept_is_rehearsed_too(place, tmp_path):
    shutil.copy(EXAMPLES / "jashore_q2.xlsx", tmp_path)
    road.receive(place, [tmp_path / "jashore_q2.xlsx"])
    with stage_of(place, dry_run=True) as stage:
        waiting = road.receive(stage, [tmp_path / "nothing"]).waiting
        assert [report.office_id for report in road.read_waiting(stage, waiting)] == ["jashore"]


def test_what_was_erased_is_not_rehearsed_as_new(place):
    gone = Erasure(date(2026, 1, 15), "asked for", "0" * 64, ("1" * 64,), {})
    Erasures(place.originals).add(gone)
    with stage_of(place, dry_run=True) as stage:
        assert Erasures(stage.originals).messages() == {"1" * 64}


def test_a_home_with_nothing_in_it_has_a_stage(tmp_path):
    with stage_of(Home.at(tmp_path / "new"), dry_run=True) as stage:
        assert stage.inbox.is_dir()
    assert not (tmp_path / "new").exists()
