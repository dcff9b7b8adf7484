"""The example inbox, read and loaded: a warehouse as it stands after a first run, and its originals."""

from pathlib import Path

from extractors.inbox import Inbox
from extractors.originals import Originals
from transforms.border import check_at_border
from transforms.report_file import read_file
from warehouse.connection import open_writer
from warehouse.load import load

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "inbox"


def take_examples(folder: Path) -> tuple[Path, Originals]:
    originals = Originals(folder / "originals")
    inbox = Inbox([EXAMPLES])
    submissions, reports = {}, []
    for path in inbox.listing().files:
        content, sent = inbox.take(path)
        if sent.submission_id not in submissions:
            originals.keep(content, sent)
            submissions[sent.submission_id] = sent
            reports.extend(read_file(sent.submission_id, sent.file_name, content))
    assert len(reports) > 20
    warehouse = folder / "warehouse.duckdb"
    with open_writer(warehouse) as connection:
        load(connection, list(submissions.values()), check_at_border(reports))
    return warehouse, originals
