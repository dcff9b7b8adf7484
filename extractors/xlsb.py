"""Binary Excel workbooks, which LibreOffice turns into xlsx."""

from dataclasses import replace

from extractors import xlsx
from extractors.grid import Grid
from extractors.libreoffice import convert
from extractors.package import open_package


def read(content: bytes) -> Grid:
    """Return a binary workbook as `extractors.xlsx` returns an xlsx.

    Raises what `open_package` raises, and `UnreadableFile` where LibreOffice is not installed or cannot read
    the file.
    """
    open_package(content)
    return replace(xlsx.read(convert(content, "xlsb", "xlsx")), kind="xlsb")
