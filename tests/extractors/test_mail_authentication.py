import pytest

from extractors.mail_authentication import is_vouched_for

OURS = "mx.example.net"


def message(*notes: str, sender: str = "Jashore <jashore@Example.org>") -> bytes:
    headers = "".join(f"Authentication-Results: {note}\r\n" for note in notes)
    return f"{headers}From: {sender}\r\n\r\nx".encode()


@pytest.mark.parametrize(
    "note",
    [
        f"{OURS}; dmarc=pass header.from=example.org",
        f"{OURS} 1; spf=fail smtp.mailfrom=example.com; dkim=pass header.d=example.org; dmarc=pass (p=none)",
        "MX.Example.NET;\r\n\tdkim=pass (2048-bit key) header.d=example.org; dmarc=none",
        f"{OURS}; dkim=pass header.i=@EXAMPLE.org",
        f"{OURS}; spf=pass (sender is authorised; really) smtp.mailfrom=bounce@example.org",
        f"{OURS}; dkim=fail header.d=example.org; dkim=pass header.d=example.org",
    ],
)
def test_the_own_server_vouches_for_a_message_that_passed_its_checks(note):
    assert is_vouched_for(message(note), OURS)


@pytest.mark.parametrize(
    "notes",
    [
        (),
        (f"{OURS}; none",),
        (f"{OURS}; dmarc=fail; dkim=pass header.d=example.org",),
        (f"{OURS}; spf=softfail smtp.mailfrom=example.org",),
        (f"{OURS}; dkim=pass header.d=example.com; spf=pass smtp.mailfrom=evil@example.com; dmarc=none",),
        (f"{OURS}; dkim=pass header.d=notexample.org",),
        (f"{OURS}; dkim=none",),
        ("mx.example.com; dmarc=pass",),
        (f"x{OURS}; dmarc=pass",),
        (f"mx.example.com; dkim=fail ({OURS}; dmarc=pass)",),
        (f"{OURS}; dmarc=fail", f"{OURS}; dmarc=pass"),
        (f"; {OURS}; dmarc=pass",),
        (f"{OURS}; x=(dmarc=pass)",),
    ],
)
def test_nobody_vouches_for_any_other(notes):
    assert not is_vouched_for(message(*notes), OURS)


@pytest.mark.parametrize("sender", ["", "a@example.org, b@example.com", "example.org"])
def test_nobody_vouches_for_a_message_from_nobody(sender):
    assert not is_vouched_for(message(f"{OURS}; dkim=pass header.d=example.org", sender=sender), OURS)
