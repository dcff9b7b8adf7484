import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extractors import libreoffice
from extractors.docx import read as read_docx
from extractors.libreoffice import convert
from extractors.reader import read
from extractors.refusal import UnreadableFile
from tests.extractors.open_documents import odt_of
from tests.extractors.xlsb import xlsb_of

RICH_TEXT = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 SutonnyMJ;}}{\f0 Lyjbv}\par}"


def texts(content):
    return [cell.text for row in read_docx(content).sheets[0].rows for cell in row.cells]


@pytest.mark.parametrize("content", [RICH_TEXT, odt_of("<text:p>খুলনা</text:p>"), xlsb_of("খুলনা", 0.8)])
def test_without_it_the_file_waits_for_it(content, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableFile) as refused:
        read(content)
    assert refused.value.reason_code == "needs_libreoffice"


@pytest.mark.usefixtures("libreoffice")
def test_a_binary_workbook_is_read_with_its_number_formats():
    grid = read(xlsb_of("খুলনা", 0.8))
    assert grid.kind == "xlsb"
    assert [(cell.place, cell.text) for cell in grid.sheets[0].rows[0].cells] == [
        ("Sheet1!A1", "খুলনা"),
        ("Sheet1!B1", "80%"),
    ]


@pytest.mark.usefixtures("libreoffice")
def test_nothing_is_left_behind(monkeypatch, tmp_path):
    home, temporary, here = (tmp_path / name for name in ("home", "temporary", "here"))
    for folder in (home, temporary, here):
        folder.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.chdir(here)
    assert texts(convert(RICH_TEXT, "rtf", "docx")) == ["Lyjbv"]
    assert [path for folder in (home, temporary, here) for path in folder.iterdir()] == []


@pytest.mark.usefixtures("libreoffice")
def test_several_files_may_be_converted_at_once():
    names = ["কুষ্টিয়া", "মাগুরা", "নড়াইল"]
    with ThreadPoolExecutor(3) as threads:
        converted = threads.map(
            lambda name: convert(odt_of(f"<text:p>{name}</text:p>"), "odt", "docx"), names
        )
        assert [texts(content) for content in converted] == [[name] for name in names]


@pytest.mark.usefixtures("libreoffice")
@pytest.mark.parametrize("content", [b"{\\rtf1 cut", bytes(range(256)) * 40])
def test_what_it_cannot_load_is_damaged(content):
    with pytest.raises(UnreadableFile) as refused:
        convert(content, "doc", "docx")
    assert refused.value.reason_code == "damaged"


def running_in(folder):
    """The programs at work whose command names a folder."""
    listing = subprocess.run(["ps", "-ewwo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in listing.splitlines() if f"file://{folder}" in line]


@pytest.mark.usefixtures("libreoffice")
def test_one_that_takes_too_long_is_ended_with_all_that_it_started(monkeypatch, tmp_path):
    monkeypatch.setattr(libreoffice, "MOST_SECONDS", 0.5)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(UnreadableFile) as refused:
        convert(RICH_TEXT, "rtf", "docx")
    assert refused.value.reason_code == "too_large"
    time.sleep(0.2)
    assert running_in(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("libreoffice")
def test_it_ends_with_the_process_group_of_its_caller(tmp_path):
    """As the reading room ends a desk over its time."""
    program = f"from extractors.libreoffice import convert; convert({RICH_TEXT!r}, 'rtf', 'docx')"
    caller = subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    )
    deadline = time.monotonic() + 30
    while not running_in(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.2)  # for the launcher to start the program itself
    started = running_in(tmp_path)
    os.killpg(caller.pid, 9)
    caller.wait()
    time.sleep(0.2)
    assert started
    assert running_in(tmp_path) == []


@pytest.fixture
def listener():
    """A server on this machine that remembers who called; what it is asked for, it does not have."""
    callers = []
    server = socket.create_server(("127.0.0.1", 0))

    def answer():
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                callers.append(connection.recv(1000))
                connection.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")

    thread = threading.Thread(target=answer)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", callers
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


def linked_files(address):
    picture = f'<draw:image xlink:href="{address}/a.png" xlink:type="simple" xlink:actuate="onLoad"/>'
    part = f'<draw:object xlink:href="{address}/a.odt" xlink:type="simple" xlink:actuate="onLoad"/>'
    framed = '<text:p>খুলনা<draw:frame svg:width="1cm" svg:height="1cm">{}</draw:frame></text:p>'
    section = (
        f'<text:section text:name="s"><text:section-source xlink:href="{address}/a.odt"/>{{}}</text:section>'
    )
    field = r'{{\rtf1 {{\field{{\*\fldinst {} "{}/a.png" }}{{\fldrslt x}}}} kept\par}}'
    return {
        "picture": (odt_of(framed.format(picture)), "odt"),
        "object": (odt_of(framed.format(part)), "odt"),
        "section": (odt_of(section.format("<text:p>খুলনা</text:p>")), "odt"),
        "included picture": (field.format("INCLUDEPICTURE", address).encode(), "rtf"),
        "included text": (field.format("INCLUDETEXT", address).encode(), "rtf"),
        "template": (rf"{{\rtf1 {{\*\template {address}/a.dotm}}kept\par}}".encode(), "rtf"),
    }


@pytest.mark.usefixtures("libreoffice")
@pytest.mark.parametrize("link", linked_files(""))
def test_it_fetches_nothing_even_where_no_guard_stands_before_it(link, listener):
    address, callers = listener
    content, suffix = linked_files(address)[link]
    assert convert(content, suffix, "docx").startswith(b"PK")
    assert callers == []


@pytest.mark.usefixtures("libreoffice")
def test_the_listener_would_hear_it_if_the_profile_allowed_it(listener, monkeypatch, tmp_path):
    (tmp_path / "libreoffice_profile.xcu").write_text(
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry"/>', encoding="utf-8"
    )
    monkeypatch.setattr(libreoffice, "files", lambda _: Path(tmp_path))
    address, callers = listener
    convert(*linked_files(address)["picture"], "docx")
    assert callers
