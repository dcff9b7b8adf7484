"""The threat model promises a test for each line of its table."""

import re

import pytest

from tests.conftest import REPOSITORY

PAGE = (REPOSITORY / "docs" / "threat-model.md").read_text(encoding="utf-8")
ATTACKS = [
    line.split("|")[1:-1] for line in PAGE.splitlines() if line.startswith("|") and line.count("|") == 5
]


def test_the_table_is_there():
    assert len([attack for attack in ATTACKS if "tests/" in attack[3]]) > 20


@pytest.mark.parametrize("attack", ATTACKS[2:], ids=lambda attack: attack[0].strip()[:50])
def test_each_attack_has_a_test_that_exists(attack):
    files = re.findall(r"`(tests/[^`]+)`", attack[3])
    assert files
    for file in files:
        assert "\ndef test_" in (REPOSITORY / file).read_text(encoding="utf-8")
