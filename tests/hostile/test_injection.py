"""What an office or a stranger writes is shown, kept and sent as words, and acts nowhere.

One home takes reports and mails whose every free text tries something: markup, scripts and links in pages and
in Prefect's artifacts, statements in SQL, headers in mail, codes that a terminal obeys, text turned round.
"""

import io
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path
from unicodedata import category

import docx
import duckdb
import openpyxl
import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

from flows import road, run_report, summarising
from flows.answering import answer
from flows.cli import main
from flows.fate import fates_of
from flows.home import Home, installed_at
from flows.outbox import Outbox, State
from tests.conftest import REPOSITORY
from tests.extractors.mails import attached, letter, mail
from transforms.described import described_tables
from transforms.shown import shown, shown_lines

EXAMPLES = REPOSITORY / "examples" / "inbox"
ADDRESS = "jashore@example.org"

MARKUP = "<script>alert(1)</script>"
PICTURE = '"><img src=x onerror=alert(1)>'
LINK = "[open](javascript:alert(1)) ![p](http://127.0.0.1:9/p.png) http://127.0.0.1:9/"
STATEMENT = "'); DROP TABLE observations; --"
TEMPLATE = "{{ 7*7 }} {% raw %} #import(1) #read(1) $x$ `id` $(id)"
ENTITIES = "&lt;b&gt; &amp; ]]> <!-- --> <?x?>"
STYLE = "</style></td></table><iframe src=//127.0.0.1:9>"
REMARKS = [MARKUP, PICTURE, LINK, STATEMENT, TEMPLATE, ENTITIES, STYLE]
SHEET = "';DROP TABLE ledger;--<b>"

ESCAPE, TURNED = "\x1b[2J\x1b]0;owned\x07", "\u202e"
NAMES = [
    "report\r\nBcc: everybody\r\n\r\naccepted   all is well.xlsx",
    "<img src=x onerror=alert(1)>.xlsx",
    "'; DROP TABLE ledger; --.xlsx",
    f"{ESCAPE}report.xlsx",
    f"report{TURNED}xcod.exe.xlsx",
    "[open](javascript:alert(1)).xlsx",
    "=1+1|cmd.xlsx",
]
STRANGER = 'From: "<b>Director</b>" <"x\' OR 1=1; DROP TABLE mails;--"@example.com>'
SUBJECT = f"{ESCAPE}<img src=x onerror=alert(1)> [open](javascript:alert(1))"


def report(number: int, office: str = "জেলা সরকারি গণগ্রন্থাগার, যশোর") -> bytes:
    """The example of Jashore with something hostile in every free text; each number gives other bytes."""
    workbook = openpyxl.load_workbook(EXAMPLES / "jashore_q2.xlsx")
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    sheet["A4"] = office
    for row, remark in enumerate(REMARKS, 12):
        sheet[f"L{row}"] = remark
    sheet["A24"] = f"{number} {MARKUP}"
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


@dataclass(frozen=True)
class Run:
    """What one run wrote and said."""

    home: Home
    said: str
    artifacts: tuple[str, ...]
    papers: tuple[Path, ...]


@pytest.fixture(scope="module")
def run(tmp_path_factory, imap, unused_mailboxes) -> Iterator[Run]:
    home = Home(tmp_path_factory.mktemp("injection"))
    home.make()
    home.settings.write_text(
        'settle_seconds = 0\nreceipts_since = "2020-01-01"\nmail_from = "us@example.net"\n'
    )
    home.reference.mkdir()
    (home.reference / "correspondents.csv").write_text(f"address,office_id\n{ADDRESS},jashore\n")
    for number, name in enumerate(NAMES):
        (home.inbox / name).write_bytes(report(number))
        os.utime(home.inbox / name, (1_760_000_000 - number, 1_760_000_000 - number))  # the first one stands
    (home.inbox / "office.xlsx").write_bytes(report(20, f"{MARKUP} {STATEMENT} {PICTURE}"))
    (home.inbox / "sheet.txt").write_text(f"{MARKUP} {LINK}\n{STATEMENT}\n")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr(NAMES[1], report(21))
        packed.writestr(NAMES[4], report(22))
    (home.inbox / "archive.zip").write_bytes(archive.getvalue())
    for path in (home.inbox / "office.xlsx", home.inbox / "archive.zip"):
        os.utime(path, (1_750_000_000, 1_750_000_000))
    user = next(unused_mailboxes)
    imap.deliver(
        user,
        mail(attached(report(23), NAMES[3]), attached(report(24), NAMES[2]), sender=ADDRESS),
        mail(attached(report(25), NAMES[0])).replace(b"From: jashore@example.org", STRANGER.encode()),
        mail(letter(MARKUP), headers=f"Subject: {SUBJECT}\r\n").replace(b"Subject: =?utf-8", b"X: ", 1),
    )
    artifacts: list[str] = []

    def keep(**artifact: object) -> None:
        table = artifact.get("table") or []
        assert isinstance(table, list)
        artifacts.extend(str(cell) for row in table for cell in row.values())
        artifacts.extend(str(artifact[name]) for name in ("markdown", "description") if name in artifact)

    with pytest.MonkeyPatch.context() as patched, installed_at(home):
        for name, value in imap.settings(user).items():
            patched.setenv(name, value)
        patched.setattr(run_report, "create_table_artifact", keep)
        patched.setattr(run_report, "create_markdown_artifact", keep)
        said = CliRunner().invoke(main, ["ingest", "--home", str(home.folder)], color=True).output
        received = road.receive(home)
        kept = tuple(received.known)
        fates = tuple(fates_of(kept, road.read_waiting(home, kept)))
        walk = road.Walk(road.Received(kept, kept, (), (SUBJECT, STRANGER)), fates)
        run_report.publish_run_report(walk)
        answer(home)
        papers = summarising.summarise(home, summarising.Wanted())
        said += CliRunner().invoke(main, ["sender", "waiting", "--home", str(home.folder)], color=True).output
        tried = ["try", str(home.inbox / NAMES[3]), "--home", str(home.folder)]
        said += CliRunner().invoke(main, tried, color=True).output
    yield Run(home, said, tuple(artifacts), papers)


def names_kept(run: Run, table: str) -> set[str]:
    with duckdb.connect(str(run.home.warehouse_file), read_only=True) as connection:
        return {name for (name,) in connection.execute(f"SELECT file_name FROM {table}").fetchall()}


def test_every_name_is_kept_as_it_came(run):
    for table in ("ledger", "submissions"):
        assert names_kept(run, table) >= {*NAMES, f"archive.zip/{NAMES[1]}", f"archive.zip/{NAMES[4]}"}


def test_a_statement_in_a_name_a_sheet_or_a_cell_is_never_run(run):
    with duckdb.connect(str(run.home.warehouse_file), read_only=True) as connection:
        tables = {
            name
            for (name,) in connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'"
            ).fetchall()
        }
        remarks = {one for (one,) in connection.execute("SELECT remark_raw FROM observations").fetchall()}
        cells = {one for (one,) in connection.execute("SELECT cell FROM observations").fetchall()}
    assert tables == {table.name for table in described_tables()}
    assert remarks >= {*REMARKS}
    assert f"{SHEET}!K12" in cells
    for file in run.home.published.parent.glob("*.parquet"):
        assert duckdb.sql(f"SELECT count(*) FROM '{file}'").fetchone() is not None


class Tags(HTMLParser):
    """The tags of a page, and every place from which a browser fetches or runs something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.asking: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.asking += [
            f"{name}={value}" for name, value in attrs if name in {"src", "action"} or name.startswith("on")
        ]
        self.asking += [value or "" for name, value in attrs if name == "href" and (value or "")[:1] != "#"]


def parsed(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    return tags


def test_in_a_page_nothing_that_was_written_acts(run):
    pages = [path for path in run.papers if path.suffix == ".html"]
    assert pages
    for path in pages:
        text = path.read_text(encoding="utf-8")
        page = parsed(text)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text  # it is shown
        assert not {"img", "iframe", "b", "a"} & set(page.tags) - {"a"}
        assert page.tags.count("script") == 1
        assert page.tags.count("style") == 1
        assert not [asked for asked in page.asking if "127.0.0.1" in asked or "alert" in asked]
        assert TURNED not in text
        assert "\x1b" not in text


def test_in_a_workbook_everything_is_text(run):
    cells = [
        cell
        for path in run.papers
        if path.suffix == ".xlsx"
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert [cell for cell in cells if cell.data_type == "s" and MARKUP in cell.value]


def test_no_document_fetches_or_runs_anything(run):
    documents = [path for path in run.papers if zipfile.is_zipfile(path)]
    assert {path.suffix for path in documents} == {".xlsx", ".docx"}
    for path in documents:
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                content = package.read(name)
                assert b'TargetMode="External"' not in content, f"{path.name}: {name}"
                assert not re.search(rb"<w:(instrText|fldSimple|hyperlink|altChunk)[ />]", content)
    letters = [path for path in documents if path.parent.name == "letters" and path.suffix == ".docx"]
    words = "\n".join(paragraph.text for path in letters for paragraph in docx.Document(str(path)).paragraphs)
    assert " ".join(NAMES[0].split()) in words
    assert unfit(words) == set()


def test_a_pdf_holds_no_link_and_no_script(run):
    papers = [path for path in run.papers if path.suffix == ".pdf"]
    assert papers
    for path in papers:
        with path.open("rb") as file:
            document = PDFDocument(PDFParser(file))
            objects = [
                repr(document.getobj(number)) for xref in document.xrefs for number in xref.get_objids()
            ]
        acting = ("/'URI'", "/'JS'", "/'JavaScript'", "/'Launch'", "/'EmbeddedFile'", "/'OpenAction'")
        assert not [one for one in objects if any(word in one for word in acting)]


def test_no_header_of_our_mail_is_an_office_s_doing(run):
    outbox = Outbox(run.home.outbox)
    mails = [
        message_from_bytes(outbox.read(name, State.WAITING), policy=default)
        for name in outbox.names(State.WAITING)
    ]
    assert mails
    for receipt in mails:
        assert receipt["To"] == ADDRESS
        assert {name.lower() for name in receipt} <= {
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "auto-submitted",
            "x-auto-response-suppress",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "content-language",
        }
        assert receipt.get_body(("html",)) is None
    texts = [receipt.get_body(("plain",)).get_content().replace("\r\n", "\n") for receipt in mails]
    assert unfit("".join(texts)) == set()
    assert any("Bcc: everybody" in line for text in texts for line in text.splitlines())
    assert not any(line.startswith("Bcc:") for text in texts for line in text.splitlines())


def unfit(text: str) -> set[str]:
    """What a terminal or a mail program would obey, and not show."""
    return {letter for letter in text if category(letter) in ("Cc", "Cs", "Zl", "Zp") and letter != "\n"} | (
        {*text} & {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"}
    )


def test_a_terminal_gets_nothing_to_obey_and_no_line_is_forged(run):
    assert "␛[2J␛]0;owned␇report.xlsx" in run.said
    assert unfit(run.said) == set()
    assert not [line for line in run.said.splitlines() if line.startswith(("Bcc", "accepted   all"))]


def test_in_the_operators_pages_nothing_that_was_written_acts(run):
    """Prefect's UI shows Markdown, with HTML in it, in pages and in the cells of tables."""
    assert len(run.artifacts) > 50
    markdown = MarkdownIt("js-default", {"html": True, "linkify": False})
    for artifact in run.artifacts:
        page = parsed(markdown.render(artifact))
        assert set(page.tags) <= {"p", "h2", "h3", "ul", "li", "code", "em", "strong"}, artifact
        assert page.asking == []
        assert unfit(artifact) == set()
    assert any("onerror" in artifact for artifact in run.artifacts)


@pytest.mark.parametrize(
    ("text", "is_shown"),
    [
        ("ত্রৈমাসিক প্রতিবেদন র‍্যাব ক্‌ষ", "ত্রৈমাসিক প্রতিবেদন র‍্যাব ক্‌ষ"),
        ("a\x1b[31m\x07\x7f\x9b", "a␛[31m␇��"),
        ("a\r\nb\tc", "a␍␊b␉c"),
        ("a\u2028b\u202ec\ud800", "a�b�c�"),
    ],
)
def test_codes_are_shown_and_bengali_stays_as_it_is(text, is_shown):
    assert shown(text) == is_shown


def test_lines_stay_lines():
    assert shown_lines("a\r\nb\tc\x1b\nd") == "a\nb c␛\nd"


def test_a_link_in_the_inbox_shows_nothing_of_the_machine(tmp_path):
    """Whoever may write into a shared folder must not read by us what they may not read themselves."""
    home = Home(tmp_path / "home")
    home.make()
    secret = tmp_path / "secret.txt"
    secret.write_text("সূচক\tঅর্জন\nsecret-of-the-machine\t1\n")
    (home.inbox / "report.txt").symlink_to(secret)
    (home.inbox / "passwd.txt").symlink_to("/etc/passwd")
    (home.inbox / "folder").symlink_to(tmp_path, target_is_directory=True)
    ran = CliRunner().invoke(main, ["ingest", "--home", str(home.folder)])
    assert ran.exit_code == 1, ran.output
    assert sum("a link, not a file" in line for line in ran.output.splitlines()) == 2
    assert "0 received" in ran.output
    kept = b"".join(
        path.read_bytes() for path in home.folder.rglob("*") if path.is_file() and not path.is_symlink()
    )
    assert b"secret-of-the-machine" not in kept
