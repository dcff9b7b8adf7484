"""A refusal: why a file gives no grid at all.

A file is refused whole or read whole; nothing in between. Three kinds, which end as three finding codes:
`UnreadableFile` (nothing can be read from it), `UnsafeContent` (nothing should be) and `NeedsReview` (nothing
may be, before a person has looked at it).
"""

from enum import StrEnum


class Reason(StrEnum):
    """Why a file could not be read; a file of an unread kind gives the `Kind` it proved to be instead."""

    EMPTY = "empty"  # no bytes, or nothing but blanks
    NOT_RECOGNISED = "not_recognised"  # its bytes are of no kind known here
    DAMAGED = "damaged"  # begins as its kind does, and then breaks its rules: cut off, overwritten
    PASSWORD_PROTECTED = "password_protected"
    TOO_LARGE = "too_large"
    SCANNED = "scanned"  # only a picture of a report: a program's guess at it has to be checked by a person
    NEEDS_POPPLER = "needs_poppler"  # a program that reads such files is not installed on this machine
    NEEDS_TESSERACT = "needs_tesseract"
    NEEDS_LIBREOFFICE = "needs_libreoffice"


class Danger(StrEnum):
    """What makes a file unsafe to open."""

    ZIP_BOMB = "zip_bomb"  # declares more bytes, parts or compression than a report ever holds
    PATH_TRAVERSAL = "path_traversal"  # a part's name points outside the package
    MACROS = "macros"
    EXTERNAL_LINK = "external_link"  # would fetch something from elsewhere when opened
    ENTITIES = "entities"  # XML with a document type: entity bombs, external entities
    NESTED_TOO_DEEPLY = "nested_too_deeply"


class Refusal(Exception):  # noqa: N818 (what the office is told; those below are raised)
    """A file that gives no grid. `reason_code` chooses the sentence, `detail` says what was seen."""

    def __init__(self, reason_code: str, detail: str = "") -> None:
        super().__init__(f"{reason_code}: {detail}" if detail else str(reason_code))
        self.reason_code = str(reason_code)
        self.detail = detail

    def __reduce__(self) -> tuple[type["Refusal"], tuple[str, str]]:
        # Refusals cross from a reading process to the run; the default would pass the joined message.
        return type(self), (self.reason_code, self.detail)


class UnreadableFile(Refusal):
    """A file from which nothing can be read; `reason_code` is a `Reason` or an unread `Kind`."""


class UnsafeContent(Refusal):
    """A file that could do harm when opened; `reason_code` is a `Danger`."""


class NeedsReview(Refusal):
    """A picture of a report, which a person has to check before anything in it is believed."""
