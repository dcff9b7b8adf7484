"""A page taken apart as a browser would, and the reports that the pages of the tests are made of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

from duckdb import DuckDBPyConnection

from tests.warehouse.reports import matrix_report, office_report, submission
from transforms.finding import finding
from transforms.report import Report
from warehouse.load import load

# What a stranger may write into a cell, a remark or a file's name, hoping that a page will do it.
HOSTILE = (
    '"\'><img src="https://outside.example/a.png" onerror="document.title=1">'
    '<script>fetch("https://outside.example/b")</script>{{ 7 * 7 }}&amp;'
)
_VOID = {"meta", "link", "img", "input", "br", "hr", "base", "source"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words in it, as a browser joins them."""
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join("".join(parts).split())

    def all(self, *tags: str) -> Iterator["Element"]:
        """Every element below it, in the order of the page; only those of the tags named, if any are."""
        for child in self.children:
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def table(self, identifier: str) -> list[list[str]]:
        """The words of every row of the table whose caption has an id."""
        (found,) = [
            table
            for table in self.all("table")
            if any(caption.attributes.get("id") == identifier for caption in table.all("caption"))
        ]
        return [[cell.text for cell in row.all("th", "td")] for row in found.all("tr")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read_page(page: str) -> Element:
    """The page as a tree; fails where an element is not closed as it was opened."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    (root,) = reader.open
    return root


def load_quarter(connection: DuckDBPyConnection) -> None:
    """Khulna on time, Jashore and Magura late in a matrix, a file nobody can read, and the year before."""
    before = submission("chattogram.docx", "2024-07-03T06:00")
    first, own = submission("khulna q1.docx", "2024-10-10T06:00"), submission("khulna q2.docx")
    late, lost = submission("matrix.xlsx", "2025-01-20T06:00"), submission("lost.docx", "2025-01-12T06:00")
    asked = finding("date_missing", cell="table 1 r7 c12", raw_text="অর্জিত", indicator_code="7.1.1")
    load(
        connection,
        [before, first, own, late, lost],
        [
            matrix_report(
                before, {"feni": {"4.1.1": 80}}, division="chattogram", quarter=4, fiscal_year="2023-24"
            ),
            office_report(first, {"4.1.2": 50, "5.1.1": 1}, quarter=1),
            office_report(own, {"4.1.2": 61.54, "5.1.1": 1, "7.1.1": "achieved"}, findings=(asked,)),
            matrix_report(
                late,
                {
                    "jashore": {"4.1.2": 75, "7.1.1": date(2024, 12, 1)},
                    "magura": {"4.1.2": 100, "7.1.1": "planned"},
                },
            ),
            unread(lost.submission_id, "lost.docx"),
        ],
    )


def load_hostile(connection: DuckDBPyConnection) -> None:
    """One office that writes markup wherever an office can write."""
    sent, lost = submission(f"{HOSTILE}.docx"), submission(f"lost {HOSTILE}.docx")
    answer = {"state": "unreadable", "achievement_raw": HOSTILE, "remark_raw": HOSTILE, "cell": HOSTILE}
    asked = finding("date_missing", cell=HOSTILE, raw_text=HOSTILE, indicator_code="7.1.1")
    reports = [
        office_report(sent, {"4.1.2": answer}, findings=(asked,)),
        unread(lost.submission_id, f"lost {HOSTILE}.docx"),
    ]
    load(connection, [sent, lost], reports)


def unread(submission_id: str, file_name: str) -> Report:
    """The report of a file that is none."""
    refused = finding("unreadable_file", file=file_name, reason_bn="ফাইলটি খালি।", reason_en="it is empty.")
    return Report(submission_id, findings=(refused,))
