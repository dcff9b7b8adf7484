"""A report file: one file as it was received, and the reports that are in it."""

from collections.abc import Iterable, Iterator, Sequence

from extractors.grid import Grid
from extractors.reader import read
from extractors.refusal import Refusal
from transforms.bundle import Bundle
from transforms.duplicates import settle_reports
from transforms.finding import Finding, finding
from transforms.form import find_forms
from transforms.form_reading import read_form, unknown_form
from transforms.legacy_font import Converted, to_unicode_grid
from transforms.pictured_pages import with_pictures
from transforms.refused_file import refused_file
from transforms.report import Report
from transforms.unread import headings_of_no_report, hidden_content


def read_file(
    submission_id: str, file_name: str, content: bytes, passwords: Iterable[str] = ()
) -> tuple[Report, ...]:
    """Read a file's bytes as its reports; a file that gives no grid is one report, rejected with the reason.

    `passwords` are tried where the file is locked.
    """
    try:
        grid = read(content, passwords)
    except Refusal as refusal:
        return (Report(submission_id).with_findings([refused_file(file_name, refusal)]),)
    return read_reports(submission_id, file_name, grid)


def read_reports(submission_id: str, file_name: str, grid: Grid) -> tuple[Report, ...]:
    """Read a file's grid as its reports, in their order; the first tells what is amiss with the whole file.

    Never raises for anything an office may have written. Any file gives a report, be it a rejected one.
    """
    unicode_grid, converted = to_unicode_grid(grid)
    forms = find_forms(unicode_grid)
    of_the_file = (*_legacy_font(converted), *hidden_content(unicode_grid, forms))
    if not forms:
        amiss = (unknown_form(file_name, "no_table"), *headings_of_no_report(unicode_grid))
        return (Report(submission_id).with_findings([*of_the_file, *amiss]),)
    bundle = Bundle.of(forms)
    reports = [Report.in_file(submission_id, number) for number, _ in enumerate(bundle.forms, start=1)]
    reports[0] = reports[0].with_findings([*of_the_file, *bundle.unfilled_forms()])
    read = settle_reports(
        (form, read_form(report, file_name, form, bundle))
        for form, report in zip(bundle.forms, reports, strict=True)
    )
    return with_pictures(read, grid.pictured_pages, file_name) if grid.pictured_pages else read


def _legacy_font(converted: Sequence[Converted]) -> Iterator[Finding]:
    if converted:
        first = converted[0]
        yield finding(
            "legacy_font_converted", cell=first.place, raw_text=first.raw_text, count=len(converted)
        )
