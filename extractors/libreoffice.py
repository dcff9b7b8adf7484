"""LibreOffice: the program that turns a document no library reads into one that ours do.

It is looked for each time a file needs it. Each file gets a start of its own, with a profile that lives as long
as the file is read: several may run at once, none finds what another left, and none can change the settings
under which the next is read (`libreoffice_profile.xcu`).
"""

import os
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors.package import LARGEST_PACKAGE_BYTES
from extractors.refusal import Reason, UnreadableFile

MOST_SECONDS = 40  # a report takes one second
_SECONDS_TO_END = 5


def convert(content: bytes, suffix: str, target: str) -> bytes:
    """Return a file of the kind that `suffix` names (`doc`) as one of another kind (`docx`).

    Raises `UnreadableFile` where LibreOffice is not installed, cannot read the file, or takes too long.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableFile(Reason.NEEDS_LIBREOFFICE)
    with TemporaryDirectory(prefix="protibedon-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, converted = folder / f"submission.{suffix}", folder / "converted" / f"submission.{target}"
        source.write_bytes(content)
        complaint = _run(program, _profile(folder), "--convert-to", target, source, converted.parent)
        if not converted.exists():  # the exit code is 0 all the same
            raise UnreadableFile(Reason.DAMAGED, complaint)
        if converted.stat().st_size > LARGEST_PACKAGE_BYTES:
            raise UnreadableFile(Reason.TOO_LARGE, f"{converted.stat().st_size:,} bytes converted")
        return converted.read_bytes()
