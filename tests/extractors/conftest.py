"""Programs that some readers call, where this machine has them."""

import shutil
import subprocess

import pytest


@pytest.fixture(scope="session")
def libreoffice():
    """LibreOffice; without it there is nobody to write or to read the files of a test."""
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer libreoffice-calc")


@pytest.fixture(scope="session")
def poppler():
    """Poppler; without it nobody opens a PDF."""
    if not all(map(shutil.which, ("pdfinfo", "pdftotext", "pdftoppm"))):
        pytest.skip("poppler is not installed: apt-get install poppler-utils")


@pytest.fixture(scope="session")
def tesseract():
    """Tesseract with its model for Bengali; without it nobody recognises a scan."""
    if (
        not shutil.which("tesseract")
        or "ben"
        not in subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, text=True, check=True
        ).stdout.split()
    ):
        pytest.skip("tesseract is not installed: apt-get install tesseract-ocr tesseract-ocr-ben")
