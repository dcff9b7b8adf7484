"""Scans on the road: a draft, a person, and only then figures."""

import shutil
from datetime import UTC, datetime, timedelta
from itertools import chain, groupby
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from extractors.originals import Originals
from extractors.submission import submission_id_of
from flows.home import Home
from tests.extractors.conftest import libreoffice, poppler, tesseract  # noqa: F401 (fixtures)
from tests.extractors.papers import (
    A4,
    HEADER_ROWS,
    on_landscape,
    printed,
    saved,
    scanned,
    with_repeated_header,
)
from tests.flows.commands import ask, protibedon
from tests.seed_files import merged_areas, table_of

KHULNA = "khulna_office_report_2024-25_q2.txt"
PAGES = 3


@pytest.fixture(scope="module")
def seed_text(shared):
    return (shared / "seeds" / KHULNA).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def scan(seed_text, libreoffice, poppler, tesseract, tmp_path_factory) -> bytes:  # noqa: F811
    folder = tmp_path_factory.mktemp("paper")
    return scanned(printed(seed_text, folder, on_landscape(A4), with_repeated_header), PAGES)


@pytest.fixture(scope="module")
def taken_home(scan, tmp_path_factory) -> Path:
    """A home that has taken the scan in."""
    folder = tmp_path_factory.mktemp("taken")
    (folder / "খুলনা স্ক্যান.pdf").write_bytes(scan)
    result = protibedon("ingest", folder / "খুলনা স্ক্যান.pdf", "--home", folder / "home")
    assert result.exit_code == 1, result.output
    return folder / "home"


@pytest.fixture
def home(taken_home, tmp_path) -> Path:
    shutil.copytree(taken_home, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def draft(home, scan) -> Path:
    return home / "drafts" / submission_id_of(scan) / "draft.xlsx"


def correct(draft: Path, seed_text: str, to: Path) -> Path:
    """What a person makes of a draft: every cell of its tables as it stands on the page's picture."""
    workbook = openpyxl.load_workbook(draft)
    sheet = workbook.worksheets[1]
    areas = merged_areas(table_of(seed_text))
    body = iter(range(HEADER_ROWS + 1, len(table_of(seed_text)) + 1))
    for page in tables_in(sheet):
        for row, on_paper in zip(page, chain(range(1, HEADER_ROWS + 1), body), strict=False):
            for area in areas:
                if area.row == on_paper:
                    sheet.cell(row, area.column).value = area.text
    assert not list(body)
    workbook.save(to)
    return to


def tables_in(sheet) -> list[list[int]]:
    """The rows of each page's table: those that the draft has drawn lines around."""
    rows = [row for row in sheet.iter_rows() if any(cell.border.left.style for cell in row)]
    numbers = enumerate(row[0].row for row in rows)
    return [[row for _, row in page] for _, page in groupby(numbers, key=lambda one: one[1] - one[0])]


def test_a_scan_is_rejected_with_a_draft_that_the_finding_names(taken_home, scan):
    assert ask(taken_home, "SELECT status, rejection_code FROM submissions") == [("rejected", "needs_review")]
    assert ask(taken_home, "SELECT count(*) FROM observations") == [(0,)]
    named = f"drafts/{submission_id_of(scan)}/draft.xlsx"
    [(message_bn, message_en, severity)] = ask(
        taken_home, "SELECT message_bn, message_en, severity FROM findings WHERE code = 'needs_review'"
    )
    assert severity == "reject"
    assert named in message_bn
    assert named in message_en
    assert (taken_home / named).is_file()
    for page in range(1, PAGES + 1):
        with Image.open((taken_home / named).with_name(f"page-{page}.png")) as picture:
            assert picture.width > picture.height


def test_a_corrected_draft_enters_the_figures_and_leads_back_to_its_scan(
    home, draft, scan, seed_text, tmp_path
):
    corrected = correct(draft, seed_text, tmp_path / "ঠিক করা.xlsx")
    result = protibedon("accept", corrected, "--home", home)
    assert result.exit_code == 0, result.output
    assert ask(home, "SELECT value, state FROM observations WHERE indicator_code = '4.1.2'") == [
        (61.54, "reported")
    ]
    assert ask(home, "SELECT count(*) FROM observations") == [(10,)]
    [(file_name, submission_id)] = ask(
        home, "SELECT file_name, submission_id FROM submissions WHERE rejection_code IS NULL"
    )
    assert file_name == f"খুলনা স্ক্যান.pdf (accepted draft of {submission_id_of(scan)[:8]})"
    assert submission_id == submission_id_of(corrected.read_bytes())
    assert Originals(Home.at(home).originals).read(submission_id) == corrected.read_bytes()


def test_an_accepted_draft_arrived_when_its_scan_did(home, draft, seed_text, tmp_path):
    protibedon("accept", correct(draft, seed_text, tmp_path / "corrected.xlsx"), "--home", home)
    arrivals = ask(home, "SELECT DISTINCT received_at FROM submissions")
    assert len(arrivals) == 1
    taken = [one.taken_at for one in Originals(Home.at(home).originals).submissions()]
    assert len(taken) == 2
    assert datetime.now(UTC) - max(taken) < timedelta(minutes=5)
    assert taken[0] < taken[1]


def test_the_draft_may_be_corrected_in_place_and_named_as_the_finding_names_it(home, draft, seed_text):
    correct(draft, seed_text, draft)
    named = draft.relative_to(home)
    assert protibedon("accept", named, "--home", home).exit_code == 0
    assert "taken before" in protibedon("accept", named, "--home", home).output


def test_a_draft_that_nobody_has_saved_is_not_accepted(home, draft):
    result = protibedon("accept", draft, "--home", home)
    assert result.exit_code == 2
    assert "nobody has saved it" in result.output
    assert ask(home, "SELECT count(*) FROM submissions") == [(1,)]


@pytest.mark.parametrize(
    ("content", "said"),
    [("ক্রম\tঅর্জন\n১\t২\n".encode(), "no draft of ours"), (b"", "empty"), (b"a" * 64, "never received here")],
)
def test_what_leads_to_no_scan_is_not_accepted(content, said, home, tmp_path):
    (tmp_path / "other.txt").write_bytes(content)
    result = protibedon("accept", tmp_path / "other.txt", "--home", home)
    assert result.exit_code == 2
    assert said in result.output
    assert protibedon("accept", tmp_path / "nowhere.xlsx", "--home", home).exit_code == 2


def test_reprocessing_keeps_what_a_person_has_corrected(home, draft, seed_text):
    correct(draft, seed_text, draft)
    corrected = draft.read_bytes()
    assert protibedon("accept", draft, "--home", home).exit_code == 0
    assert protibedon("reprocess", "--home", home).exit_code == 1  # the scan itself stays rejected
    assert draft.read_bytes() == corrected
    assert ask(home, "SELECT count(*) FROM observations") == [(10,)]


def test_a_machine_without_tesseract_says_so_and_drafts_once_it_has_it(scan, tmp_path, monkeypatch):
    (tmp_path / "scan.pdf").write_bytes(scan)
    home, tools = tmp_path / "home", tmp_path / "tools"
    tools.mkdir()
    for program in ("pdfinfo", "pdftotext", "pdftoppm"):
        (tools / program).symlink_to(shutil.which(program))
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tools))
        assert protibedon("ingest", tmp_path / "scan.pdf", "--home", home).exit_code == 1
    [(code, message)] = ask(home, "SELECT code, message_en FROM findings")
    assert code == "needs_review"
    assert "install tesseract-ocr" in message
    protibedon("reprocess", "--home", home)
    assert list((home / "drafts").glob("*/draft.xlsx"))
    [(message,)] = ask(home, "SELECT message_en FROM findings")
    assert "Correct the draft" in message


def test_a_picture_that_cannot_be_recognised_is_rejected_with_the_reason(tmp_path, tesseract):  # noqa: F811
    whole = saved(Image.effect_noise((300, 300), 80), "PNG")
    (tmp_path / "cut.png").write_bytes(whole[: len(whole) // 2])
    assert protibedon("ingest", tmp_path / "cut.png", "--home", tmp_path / "home").exit_code == 1
    assert ask(tmp_path / "home", "SELECT rejection_code FROM submissions") == [("unreadable_file",)]
    assert not list((tmp_path / "home").glob("drafts/*"))
    assert not list((tmp_path / "home").glob("drafts/.*"))


def test_trying_a_scan_says_that_a_draft_will_be_made(scan, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(scan)
    result = protibedon("try", tmp_path / "scan.pdf", "--home", tmp_path / "home")
    assert result.exit_code == 1
    assert "needs_review" in result.output
    assert not (tmp_path / "home").exists()
