"""What analysts get holds no telephone number and no mail address, not even in unused bytes of a file."""

import io
import re
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pytest
from click.testing import CliRunner

from extractors.covering_mail import CoveringMail
from extractors.originals import Originals
from extractors.submission import Channel, Submission, submission_id_of
from flows.cli import main
from flows.home import Home
from tests.dovecot import MONDAY
from tests.flows.conftest import EXAMPLES

SENDER, IN_A_REMARK, IN_A_NAME = "clerk.one@example.org", "clerk.two@example.org", "clerk.three@example.org"
PHONES = ("01711234567", "০১৮১২৩৪৫৬৭৮", "+8801912-345678", "02-47770255")
CONTACTS = (SENDER, IN_A_REMARK, IN_A_NAME, *PHONES)


def report() -> bytes:
    """The example of Jashore with numbers and addresses in remarks, an achievement, a target and below."""
    workbook = openpyxl.load_workbook(EXAMPLES / "jashore_q2.xlsx")
    sheet = workbook.worksheets[0]
    for row, contact in enumerate((IN_A_REMARK, *PHONES), 12):
        sheet[f"L{row}"] = f"যোগাযোগ: {contact}"
    sheet["K18"], sheet["F19"] = f"ফোন {PHONES[0]}", f"মেইল {IN_A_REMARK}"
    sheet["A24"] = " ".join(CONTACTS)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """A home that took the report by mail, from an address of an office, under a name with contacts in it."""
    place = Home(tmp_path_factory.mktemp("home"))
    place.make()
    place.reference.mkdir()
    (place.reference / "correspondents.csv").write_text(f"address,office_id\n{SENDER},jashore\n")
    for content, sender, is_admitted in ((report(), SENDER, True), (b"x" * 99, IN_A_NAME, False)):
        submission = Submission(
            submission_id=submission_id_of(content),
            file_name=f"report {IN_A_NAME} {PHONES[0]}.xlsx",
            channel=Channel.MAIL,
            sender=sender,
            received_at=MONDAY,
            taken_at=MONDAY,
        )
        said = CoveringMail(
            "0" * 64, f"<{SENDER}>", f"ফোন {PHONES[1]}", " ".join(CONTACTS), True, is_admitted
        )
        Originals(place.originals).keep(content, submission, said)
    ingested = CliRunner().invoke(main, ["ingest", "--home", str(place.folder)])
    assert " report " in ingested.output, ingested.output
    assert CliRunner().invoke(main, ["summarise", "--home", str(place.folder)]).exit_code == 0
    return place


def test_the_writer_s_own_copy_holds_them(home):
    """Or the tests below would find nothing for another reason."""
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        held = "\n".join(
            str(row)
            for table in ("ledger", "submissions", "observations", "findings")
            for row in connection.execute(f"FROM {table}").fetchall()
        )
    assert [contact for contact in CONTACTS if contact not in held] == []


def test_no_byte_of_the_published_files_holds_them(home):
    files = [path for path in home.published.parent.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".duckdb", ".parquet"}
    for path in files:
        content = path.read_bytes()
        assert [contact for contact in CONTACTS if contact.encode() in content] == [], path.name


def test_no_value_of_the_published_tables_holds_them(home):
    """Files may be compressed, so their values are looked at as well."""
    with duckdb.connect(str(home.published), read_only=True) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
            ).fetchall()
        ]
        assert not {"main.ledger", "main.mails"} & {*tables}
        assert "main.observations" in tables
        held = "\n".join(
            str(row) for table in tables for row in connection.execute(f"FROM {table}").fetchall()
        )
    for path in home.published.parent.glob("*.parquet"):
        held += "\n".join(map(str, duckdb.sql(f"FROM '{path}'").fetchall()))
    assert [contact for contact in CONTACTS if contact in held] == []
    assert "[phone]" in held
    assert "[e-mail]" in held


def words_of(path: Path) -> str:
    if not zipfile.is_zipfile(path):
        return path.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(path) as package:
        parts = (package.read(name).decode("utf-8", "replace") for name in package.namelist())
        return re.sub(r"<[^>]*>", "", "\n".join(parts))  # Word parts a word by the way it is set


def test_no_paper_made_from_the_published_copy_holds_them(home):
    """The letters to the offices themselves are another thing: they show an office its own words."""
    papers = [path for path in home.all_summaries.rglob("*") if path.is_file()]
    of_analysts = [path for path in papers if path.parent.name != "letters"]
    assert {path.suffix for path in of_analysts} >= {".html", ".xlsx", ".docx", ".pdf"}
    for path in of_analysts:
        held = words_of(path)
        assert [contact for contact in CONTACTS if contact in held] == [], path.name
