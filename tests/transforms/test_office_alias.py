from datetime import date

import pytest

from transforms.office import find_office
from transforms.office_alias import AliasRefused, record_alias
from transforms.reference import load_csv

DAY = date(2025, 1, 20)


def test_the_first_alias_goes_behind_the_packaged_ones(tmp_path, monkeypatch):
    packaged = load_csv("office_aliases.csv")
    file = record_alias("জয়পুরঘাট", "joypurhat", tmp_path / "reference", DAY)
    assert file == tmp_path / "reference" / "office_aliases.csv"
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path / "reference"))
    rows = load_csv("office_aliases.csv")
    assert rows[:-1] == packaged
    assert rows[-1] == {
        "alias_bn": "জয়পুরঘাট",
        "office_id": "joypurhat",
        "seen_in": "decided on 2025-01-20",
    }
    office = find_office("জেলা সরকারি গণগ্রন্থাগার, জয়পুরঘাট")
    assert office is not None
    assert office.office_id == "joypurhat"
    assert [path.name for path in file.parent.iterdir()] == ["office_aliases.csv"]


def test_a_later_alias_keeps_the_file_as_people_left_it(tmp_path):
    own = tmp_path / "office_aliases.csv"
    own.write_text("alias_bn,office_id,seen_in\nউডবার্ন,bogura,name of the library", encoding="utf-8-sig")
    record_alias('নতুন "পুর"', "jashore", tmp_path, DAY)
    assert own.read_text(encoding="utf-8-sig").splitlines() == [
        "alias_bn,office_id,seen_in",
        "উডবার্ন,bogura,name of the library",
        '"নতুন ""পুর""",jashore,decided on 2025-01-20',
    ]


def test_what_is_known_already_is_not_written_again(tmp_path):
    assert record_alias("যশোর জেলা সরকারি গণগ্রন্থাগার", "jashore", tmp_path, DAY) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("alias", "office_id", "sentence"),
    [
        ("নতুনপুর", "jashor", "no office is registered as “jashor”; the nearest are jashore"),
        ("খুলনা", "jashore", "“খুলনা” already means another office, khulna"),
        ("উডবার্ন", "jashore", "already means another office, bogura"),
        ("খুলনা, নতুনপুর", "jashore", "“খুলনা” would no longer mean"),
        ("জেলা সরকারি গণগ্রন্থাগার", "jashore", "does not name the place of one office"),
        ("", "jashore", "does not name the place of one office"),
    ],
)
def test_an_alias_that_would_mislead_is_refused(tmp_path, alias, office_id, sentence):
    with pytest.raises(AliasRefused) as refused:
        record_alias(alias, office_id, tmp_path, DAY)
    assert sentence in str(refused.value)
    assert list(tmp_path.iterdir()) == []
