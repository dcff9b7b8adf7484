import pytest

from transforms.correspondent import (
    Correspondent,
    CorrespondentRefused,
    addresses_of,
    all_correspondents,
    correspondent_of,
    register,
)
from transforms.reference import ReferenceMistake


@pytest.fixture
def registered(tmp_path, monkeypatch):
    """Register correspondents by the lines of the file."""
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))

    def register(*lines: str, header: str = "address,office_id") -> None:
        text = "\n".join((header, *lines)) + "\n"
        (tmp_path / "correspondents.csv").write_text(text, encoding="utf-8-sig")

    return register


def test_nobody_is_registered_until_somebody_decides():
    assert correspondent_of("library@example.org") is None
    assert addresses_of("jashore") == ()


@pytest.mark.parametrize("written", ["jashore@example.org", "Jashore@Example.ORG", " jashore@example.org\t"])
def test_an_address_is_found_however_it_is_written(registered, written):
    registered("Jashore@example.org , jashore ")
    assert correspondent_of(written) == Correspondent("jashore@example.org", "jashore")


@pytest.mark.parametrize(
    "other",
    [
        "",
        "jashore",
        "ja\u017fhore@example.org",
        "\u212a@example.org",
        "x-jashore@example.org",
        "jashore@example.org.example",
    ],
)
def test_no_other_address_is(registered, other):
    registered("jashore@example.org,jashore", "k@example.org,khulna")
    assert correspondent_of(other) is None


def test_an_office_may_have_several_addresses(registered):
    registered(
        "b@example.org,khulna", "jashore@example.org,jashore", "A@example.org,khulna", "b@example.org,khulna"
    )
    assert addresses_of("khulna") == ("b@example.org", "a@example.org")
    assert addresses_of("jashore") == ("jashore@example.org",)
    assert addresses_of("sylhet") == ()


def test_all_correspondents_come_in_the_order_of_the_file(registered):
    registered("b@example.org,khulna", "A@example.org,jashore")
    assert all_correspondents() == (
        Correspondent("b@example.org", "khulna"),
        Correspondent("a@example.org", "jashore"),
    )


def test_a_correspondent_is_written_into_the_folder_s_own_file(tmp_path, registered):
    registered("b@example.org,khulna")
    file = register(" Library@Example.org ", "jashore", tmp_path)
    assert file == tmp_path / "correspondents.csv"
    assert file.read_text(encoding="utf-8-sig").splitlines() == [
        "address,office_id",
        "b@example.org,khulna",
        "library@example.org,jashore",
    ]


def test_who_is_known_already_is_not_written_again(tmp_path, registered):
    registered("b@example.org,khulna")
    before = (tmp_path / "correspondents.csv").read_bytes()
    assert register("B@example.org", "khulna", tmp_path) is None
    assert (tmp_path / "correspondents.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("address", "office_id", "sentence"),
    [
        ("b@example.org", "jashore", "b@example.org belongs to khulna already"),
        ("new@example.org", "jashor", "no office is registered as “jashor”; the nearest are jashore"),
        ("new@example.org, b@example.org", "jashore", "is no mail address"),
        ("jashore", "jashore", "is no mail address"),
        ("", "jashore", "is no mail address"),
    ],
)
def test_a_registration_that_cannot_be_meant_is_refused(tmp_path, registered, address, office_id, sentence):
    registered("b@example.org,khulna")
    with pytest.raises(CorrespondentRefused) as refused:
        register(address, office_id, tmp_path)
    assert sentence in str(refused.value)
    assert len((tmp_path / "correspondents.csv").read_text().splitlines()) == 2


def test_a_row_of_blanks_is_nobody(registered):
    registered("jashore@example.org,jashore", " , ", ",")
    assert addresses_of("jashore") == ("jashore@example.org",)
    assert correspondent_of("") is None


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["a@example.org,jashor"], "line 2: no office is registered as “jashor”"),
        (["a@example.org,"], "no office is registered as “”"),
        (["a@example.org"], "no office is registered as “”"),
        (
            ["a@example.org,jashore", "A@example.org,khulna"],
            "line 3: a@example.org belongs to jashore already",
        ),
        (["যশোর,jashore"], "“যশোর” is no mail address"),
        ([",jashore"], "“” is no mail address"),
        (['"a@example.org, b@example.org",jashore'], "is no mail address"),
        (["যশোর <a@example.org>,jashore"], "is no mail address"),
    ],
)
def test_a_mistake_in_the_file_is_told(registered, lines, sentence):
    registered(*lines)
    with pytest.raises(ReferenceMistake) as mistake:
        correspondent_of("anybody@example.org")
    assert sentence in str(mistake.value)


def test_a_column_of_another_name_is_told(registered):
    registered("a@example.org,jashore", header="mail,office_id")
    with pytest.raises(ReferenceMistake, match="no column 'address'"):
        addresses_of("jashore")
