"""LibreOffice: the program that turns a document no library reads into one that ours do.

It is looked for each time a file needs it. Each file gets a start of its own, with a profile that lives as
long as the file is read: several may run at once, none finds what another left, and none can change the
settings under which the next is read (`libreoffice_profile.xcu`).
"""

import os
import shutil
import subprocess
from contextlib import suppress
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
        (folder / f"submission.{suffix}").write_bytes(content)
        complaint = _run(_command(program, folder, suffix, target), folder)
        converted = folder / f"submission.{target}"
        if not converted.exists():  # the exit code is 0 all the same
            raise UnreadableFile(Reason.DAMAGED, complaint)
        if converted.stat().st_size > LARGEST_PACKAGE_BYTES:
            raise UnreadableFile(Reason.TOO_LARGE, f"{converted.stat().st_size:,} bytes once converted")
        return converted.read_bytes()


def _command(program: str, folder: Path, suffix: str, target: str) -> list[str]:
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_bytes(files("extractors").joinpath("libreoffice_profile.xcu").read_bytes())
    at_home = f"-env:UserInstallation={profile.as_uri()}"
    return [program, at_home, "--headless", "--norestore", "--convert-to", target, f"submission.{suffix}"]


def _run(command: list[str], folder: Path) -> str:
    """Run a command in a folder, and return the last line of what it complains of.

    It stays in the process group of its caller, so that it ends with it.
    """
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            _, complaints = process.communicate(timeout=MOST_SECONDS)
        except subprocess.TimeoutExpired as error:
            process.terminate()  # the launcher ends the program that it has started
            with suppress(subprocess.TimeoutExpired):
                process.wait(_SECONDS_TO_END)
            process.kill()
            raise UnreadableFile(Reason.TOO_LARGE, f"LibreOffice took more than {MOST_SECONDS} s") from error
    return complaints.decode("utf-8", "replace").strip().rpartition("\n")[2]
