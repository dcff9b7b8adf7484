"""Mail messages as programs write them, byte for byte."""

from base64 import b64encode
from email.header import Header
from hashlib import sha1

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAME = "ত্রৈমাসিক প্রতিবেদন যশোর.docx"


def mail(*parts: bytes, headers: str = "", sender: str = "jashore@example.org", kind: str = "mixed") -> bytes:
    """Return a message of several parts."""
    beginning = (
        f"From: {sender}\r\nTo: reports@example.org\r\nSubject: {encoded('প্রতিবেদন')}\r\n"
        f"Message-ID: <1@example.org>\r\n{headers}MIME-Version: 1.0\r\n"
    )
    return beginning.encode() + multipart(*parts, kind=kind)


def multipart(*parts: bytes, kind: str) -> bytes:
    """Return a part that holds others, with a boundary that none of them has."""
    boundary = sha1(b"".join(parts)).hexdigest()
    inside = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    return head + inside + f"--{boundary}--\r\n".encode()


def part(content: bytes, *headers: str | bytes) -> bytes:
    """Return a part of a message in Base64, with its headers as given."""
    lines = [header if isinstance(header, bytes) else header.encode() for header in headers]
    lines.append(b"Content-Transfer-Encoding: base64")
    return b"\r\n".join(lines) + b"\r\n\r\n" + b64encode(content) + b"\r\n"


def attached(content: bytes, name: str = "report.docx", kind: str = DOCX) -> bytes:
    """Return a part as most programs attach a file."""
    return part(
        content, f"Content-Type: {kind}", f'Content-Disposition: attachment; filename="{encoded(name)}"'
    )


def letter(text: str, kind: str = "plain") -> bytes:
    """Return the part that people read."""
    return part(text.encode(), f"Content-Type: text/{kind}; charset=utf-8")


def forwarded(message: bytes) -> bytes:
    """Return a part that is a message."""
    return b"Content-Type: message/rfc822\r\nContent-Disposition: inline\r\n\r\n" + message


def encoded(words: str) -> str:
    """Return words as RFC 2047 writes them, on one line."""
    return words if words.isascii() else Header(words, "utf-8", maxlinelen=10_000).encode()
