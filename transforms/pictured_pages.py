"""Pictured pages: those of a PDF that are pictures, beside pages that were read.

A letter that was scanned and put behind the report says nothing that is missing. But where anything is
missing it may stand in the picture, and then a person has to read the whole file.
"""

from collections.abc import Sequence

from extractors.refusal import Reason
from transforms.finding import finding
from transforms.form import FormKind
from transforms.numerals import bengali_digits
from transforms.refused_file import needs_review
from transforms.report import Report


def with_pictures(reports: Sequence[Report], pages: Sequence[int], file_name: str) -> tuple[Report, ...]:
    """Return the reports of a file with a finding that names its pictured pages, which were not read.

    Where they are not whole without these, one report in their place is rejected with `needs_review`.
    """
    if not all(map(_is_whole, reports)):
        scanned = needs_review(file_name, Reason.SCANNED)
        return (Report(reports[0].file_id).with_findings([scanned]),)
    named = ", ".join(map(str, pages))
    unread = finding("unread_picture", file=file_name, pages_bn=bengali_digits(named), pages_en=named)
    return (reports[0].with_findings([unread]), *reports[1:])


def _is_whole(report: Report) -> bool:
    """Whether an office has answered every indicator; of a matrix nobody knows which rows it should have."""
    return (
        report.form == FormKind.OFFICE_FORM
        and bool(report.observations)
        and not any(found.code == "missing_indicator" for found in report.findings)
    )
