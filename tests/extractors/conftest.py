"""Programs that some readers call, where this machine has them."""

import shutil

import pytest


@pytest.fixture(scope="session")
def libreoffice():
    """LibreOffice; without it there is nobody to write or to read the files of a test."""
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer libreoffice-calc")
