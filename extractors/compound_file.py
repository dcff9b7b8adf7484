"""A compound file: folders and streams within one file, as Word 97 and Excel 97 write it."""

import io

from olefile import STGTY_STREAM, OleFileIO
from olefile.olefile import OleFileError

from extractors.refusal import Danger, Reason, UnreadableFile, UnsafeContent

# Word keeps macros in the folder `Macros`, Excel in `_VBA_PROJECT_CUR`; the stream in either has one name.
_MACRO_ENTRIES = frozenset(("macros", "_vba_project_cur", "_vba_project"))


class CompoundFile:
    """The streams of one opened compound file."""

    def __init__(self, file: "OleFileIO[str]") -> None:
        self._file = file

    def has(self, name: str) -> bool:
        """Whether a stream of this name stands at the root."""
        return self._file.get_type(name) == STGTY_STREAM

    def stream(self, name: str) -> bytes:
        """Return a stream from the root, whole.

        Raises `KeyError` where it is not there, and `EOFError` where the file ends before the stream does:
        programs mend such a file in silence, and rows would be missing.
        """
        if not self.has(name):
            raise KeyError(name)
        content: bytes = self._file.openstream(name).read()
        if len(content) < self._file.get_size(name):
            raise EOFError(name)
        return content


def open_compound_file(content: bytes) -> CompoundFile:
    """Open a compound file once its directory has shown that it holds no macros.

    Raises `UnsafeContent` where it does, and `UnreadableFile` where there is no directory to read.
    """
    try:
        file = OleFileIO(io.BytesIO(content))
    except (OleFileError, OSError) as error:  # olefile calls a broken sector table the one or the other
        raise UnreadableFile(Reason.DAMAGED, str(error)) from error
    for path in file.listdir(streams=True, storages=True):
        if path[-1].lower() in _MACRO_ENTRIES:
            raise UnsafeContent(Danger.MACROS, "/".join(path))
    return CompoundFile(file)
