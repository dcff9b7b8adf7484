"""A covering mail: the message that brought a file, as far as it helps to understand and admit the file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CoveringMail:
    """What is kept of a message beside each file that it brought.

    `original` is the SHA-256 of the whole message, which is kept among the originals. `is_genuine` tells
    whether the mailbox's own server vouches that the From line's address sent it (true where nobody asks for
    that), `is_admitted` whether that address was an office's when the message came.
    """

    original: str
    message_id: str
    subject: str
    text: str
    is_genuine: bool
    is_admitted: bool
