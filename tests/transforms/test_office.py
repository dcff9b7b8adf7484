import csv
from datetime import date

import pytest

from transforms.match_key import match_key
from transforms.office import (
    all_divisions,
    all_offices,
    division_of,
    expected_offices,
    find_division,
    find_office,
    names_a_library,
    names_a_place,
    names_the_divisional_library,
    office_of,
    suggest_offices,
)
from transforms.reference import ReferenceMistake, load_csv

OFFICES = "office_id,name_bn,name_en,level,district_id,division_id,active_from,active_to\n"
ALIASES = "alias_bn,office_id,seen_in\n"


def found(name):
    office = find_office(name)
    return office.office_id if office else None


def write_registry(folder, offices, aliases=""):
    (folder / "offices.csv").write_text(OFFICES + offices, encoding="utf-8")
    (folder / "office_aliases.csv").write_text(ALIASES + aliases, encoding="utf-8")


# --- the registry ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("office", all_offices(), ids=lambda office: office.office_id)
def test_every_office_is_found_by_its_own_names_and_by_its_full_title(office):
    titles = {"upazila": "উপজেলা সরকারি গণগ্রন্থাগার", "divisional": "বিভাগীয় সরকারি গণগ্রন্থাগার"}
    title = titles.get(office.level, "জেলা সরকারি গণগ্রন্থাগার")
    for name in (
        office.name_bn,
        office.name_en,
        f"{title}, {office.name_bn}",
        f"{office.name_bn} {title}ের প্রতিবেদন",
    ):
        assert found(name) == office.office_id, name


def test_every_alias_means_its_office():
    wrong = [row for row in load_csv("office_aliases.csv") if found(row["alias_bn"]) != row["office_id"]]
    assert wrong == []


def test_every_district_and_division_has_its_principal_library():
    assert len({office.district_id for office in all_offices()}) == 64
    assert {office.division_id for office in all_offices()} == {one.division_id for one in all_divisions()}
    assert len(all_divisions()) == 8


def test_every_seen_spelling_of_a_district_is_found(shared):
    with (shared / "domain" / "districts.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 64
    for row in rows:
        variants = (row["bn_variants_seen"], row["bn_variants_recalled"], row["en_variants"])
        spellings = [spelling for variant in variants for spelling in variant.split(";") if spelling]
        office = find_office(row["district_bn"])
        assert office is not None
        assert (office.district_id, division_of(office.division_id).name_bn) == (
            office.office_id,
            row["division_bn"],
        )
        assert {found(spelling) for spelling in spellings} <= {office.office_id}, row


def test_office_and_division_by_id():
    assert office_of("jashore").name_bn == "যশোর"
    assert division_of("khulna").name_en == "Khulna"
    with pytest.raises(KeyError):
        office_of("nowhere")
    with pytest.raises(KeyError):
        division_of("nowhere")


# --- names -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "office_id"),
    [
        ("জেলা সরকারি গণগ্রন্থাগার, যশোর", "jashore"),
        ("জেলা সরকারী গনগ্রন্থাগার, যশোর।", "jashore"),
        ("যশোরের জেলা সরকারি গণগ্রন্থাগার", "jashore"),
        ("জেলা সরকারি গণগ্রন্থাগার যশোর-এর ২০২৪-২৫ অর্থবছরের ২য় ত্রৈমাসিক প্রতিবেদন", "jashore"),
        ("সহকারী পরিচালক (ভাঃ), জেলা সরকারি গণগ্রন্থাগার, যশোর", "jashore"),
        ("কার্যালয়ের নাম: জেলা সরকারি গণগ্রন্থাগার, যশোর", "jashore"),
        ("জেলা সরকারি গণগ্রন্থাগার, সদর, যশোর", "jashore"),
        ("সহকারী পরিচালকের কার্যালয়, জেলা সরকারি গণগ্রন্থাগার, যশোর", "jashore"),
        ("বিভাগীয় সরকারি গণগ্রন্থাগার, কল্পিত সড়ক, খুলনা-৯০০০", "khulna"),
        ("সুফিয়া কামাল জাতীয় গণগ্রন্থাগার, ১০ কল্পিত এভিনিউ, শাহবাগ, ঢাকা", "dhaka"),
        ("Jessore", "jashore"),
        ("District Government Public Library, Jashore", "jashore"),
        ("২। কুমিল্লা", "cumilla"),
        ("বিভাগীয় সরকারি গণগ্রন্থাগার, খুলনা", "khulna"),
        ("খুলনা বিভাগীয় গণগ্রন্থাগার", "khulna"),
        ("বিভাগীয় সরকারি গণগ্রন্থাগার, চট্রগ্রাম", "chattogram"),
        ("রাঙ্গামাটি", "rangamati"),
        ("ব্রাহ্মণবাড়ীয়া", "brahmanbaria"),
        ("কক্স বাজার", "coxs-bazar"),
        ("Cox's Bazar", "coxs-bazar"),
        ("সুফিয়া কামাল জাতীয় গণগ্রন্থাগার", "dhaka"),
        ("উডবার্ণ সরকারি গণগ্রন্থাগার, বগুড়া", "bogura"),
        ("ক. যশোর", "jashore"),
        ("(খ) যশোর", "jashore"),
        ("iii) যশোর", "jashore"),
        ("ব. বাড়িয়া", None),
        ("“যশোর”", "jashore"),
        ("যশোর *", "jashore"),
        ("যশোর**", "jashore"),
        ("নিজ কার্যালয় (খুলনা)", "khulna"),
    ],
)
def test_name_of_a_principal_library(name, office_id):
    assert found(name) == office_id


@pytest.mark.parametrize(
    ("name", "office_id"),
    [
        ("দেওয়ানগঞ্জ উপজেলা সরকারি গণগ্রন্থাগার", "dewanganj"),
        ("দেওয়ানগঞ্জ, জামালপুর", "dewanganj"),
        ("জামালপুর, দেওয়ানগঞ্জ উপজেলা গণগ্রন্থাগার", "dewanganj"),
        ("উপজেলা: দেওয়ানগঞ্জ, জেলা: জামালপুর", "dewanganj"),
        ("জেলা সরকারি গণগ্রন্থাগার, জামালপুর", "jamalpur"),
        ("জামালপুর", "jamalpur"),
        ("দেওয়ানগঞ্জ সরকারি গণগ্রন্থাগার, জেলা: জামালপুর", "dewanganj"),
        ("দেওয়ানগঞ্জ, যশোর", None),
        ("জামালপুর উপজেলা গণগ্রন্থাগার", None),
        ("শাখা গ্রন্থাগার, ঢাকা", None),
        ("জেলা সরকারি গণগ্রন্থাগার, কল্পিতপুর, খুলনা", None),  # a district spelt amiss, and its division?
        ("কল্পিতপুর বিভাগীয় গণগ্রন্থাগার, খুলনা", None),
        ("বিভাগীয় সরকারি গণগ্রন্থাগার, কল্পিতপুর, যশোর", None),
    ],
)
def test_level_tells_the_offices_of_one_place_apart(name, office_id):
    assert found(name) == office_id


@pytest.mark.parametrize(
    "name",
    [
        "",
        "-",
        "জেলা সরকারি গণগ্রন্থাগার",
        "নবীগঞ্জ",  # an upazila, one syllable from হবিগঞ্জ
        "শার্শা উপজেলা গণগ্রন্থাগার, যশোর",
        "শার্শা, যশোর",
        "যশোরপুর",
        "জেলা সরকারি গণগ্রন্থাগার, যশোর ও মাগুরা",
        "খুলনা, যশোর",
        "গণগ্রন্থাগার অধিদপ্তর, শাহবাগ, ঢাকা",
    ],
)
def test_name_that_means_no_office_or_several(name):
    assert found(name) is None


def test_two_offices_of_one_place_are_told_apart_by_level_alone(tmp_path, monkeypatch):
    write_registry(
        tmp_path,
        "jashore,যশোর,Jashore,district,jashore,khulna,,\n"
        "jashore-sadar,যশোর,Jashore Sadar,upazila,jashore,khulna,,\n"
        "jashore-branch,যশোর,Jashore Branch,branch,jashore,khulna,,\n",
    )
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))
    assert found("যশোর") == found("জেলা সরকারি গণগ্রন্থাগার, যশোর") == "jashore"
    assert found("উপজেলা গণগ্রন্থাগার, যশোর") == "jashore-sadar"
    assert found("শাখা গ্রন্থাগার, যশোর") == "jashore-branch"
    assert found("সদর উপজেলা গণগ্রন্থাগার, যশোর") == "jashore-sadar"


def test_upazila_library_is_not_confused_with_that_of_the_seat(tmp_path, monkeypatch):
    write_registry(
        tmp_path,
        "jamalpur,জামালপুর,Jamalpur,district,jamalpur,mymensingh,,\n"
        "jamalpur-sadar,জামালপুর,Jamalpur Sadar,upazila,jamalpur,mymensingh,,\n"
        "dewanganj,দেওয়ানগঞ্জ,Dewanganj,upazila,jamalpur,mymensingh,,\n",
    )
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))
    assert found("দেওয়ানগঞ্জ উপজেলা গণগ্রন্থাগার, জামালপুর") == "dewanganj"
    assert found("উপজেলা গণগ্রন্থাগার, জামালপুর") == "jamalpur-sadar"


def test_alias_of_an_office_that_is_not_registered_means_nothing(tmp_path, monkeypatch):
    write_registry(
        tmp_path, "jashore,যশোর,Jashore,district,jashore,khulna,,\n", "নতুনপুর,nowhere,\nজেসোর,jashore,\n"
    )
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))
    assert (found("নতুনপুর"), found("জেসোর")) == (None, "jashore")


# --- suggestions -----------------------------------------------------------------------------------------


def test_near_miss_is_a_suggestion_and_never_a_match():
    suggestions = suggest_offices("নবীগঞ্জ উপজেলা গণগ্রন্থাগার")
    assert suggestions[0].office.office_id == "habiganj"
    assert len(suggestions) == 3
    assert [near.likeness for near in suggestions] == sorted(
        (near.likeness for near in suggestions), reverse=True
    )
    assert all(0 < near.likeness < 100 for near in suggestions)


def test_nothing_is_suggested_for_no_name():
    assert suggest_offices("") == ()
    assert suggest_offices("জেলা সরকারি গণগ্রন্থাগার") == ()


def test_as_many_suggestions_as_asked_each_office_once():
    suggestions = suggest_offices("যশোহর, যশোর", count=5)
    assert len({near.office.office_id for near in suggestions}) == 5


# --- one place at several levels -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "office_id"),
    [
        ("জেলা সরকারি গণগ্রন্থাগার, খুলনা", "khulna"),
        ("বিভাগীয় সরকারি গণগ্রন্থাগার, খুলনা", "khulna"),
        ("উপজেলা সরকারি গণগ্রন্থাগার, খুলনা", "khulna-upazila"),
        ("উপজেলা সরকারি গণ-গ্রন্থাগার, খুলনা সদর, খুলনা", "khulna-upazila"),
        ("শাখা গণগ্রন্থাগার, খুলনা", "khulna-branch"),
        ("খুলনা", "khulna"),
        ("জাতীয় গণগ্রন্থাগার, ঢাকা", "dhaka"),
        ("শাখা গণগ্রন্থাগার, ঢাকা", None),
    ],
)
def test_words_tell_the_libraries_of_one_place_apart(tmp_path, monkeypatch, name, office_id):
    write_registry(
        tmp_path,
        "khulna,খুলনা,Khulna,divisional,khulna,khulna,,\n"
        "khulna-upazila,খুলনা,Khulna Sadar,upazila,khulna,khulna,,\n"
        "khulna-branch,খুলনা,Khulna Branch,branch,khulna,khulna,,\n"
        "dhaka,ঢাকা,Dhaka,national,dhaka,dhaka,,\n",
    )
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))
    assert found(name) == office_id


# --- what a line names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line", ["জেলা সরকারি গণগ্রন্থাগার, যশোর", "সরকারি গনগ্রন্থাগার", "Public Library, Jashore", "উপজেলা পাবলিক লাইব্রেরী"]
)
def test_line_that_names_a_library(line):
    assert names_a_library(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "গণগ্রন্থাগার অধিদপ্তর",
        "সংস্কৃতি বিষয়ক মন্ত্রণালয়",
        "সহকারী গ্রন্থাগারিক",
        "প্রিন্সিপাল লাইব্রেরিয়ান-কাম-উপপরিচালক",
        "Librarian",
    ],
)
def test_line_that_names_none(line):
    assert not names_a_library(line)


@pytest.mark.parametrize("name", ["বিভাগীয় সরকারি গণগ্রন্থাগার", "নিজ কার্যালয় (বিভাগীয়)", "Divisional Public Library"])
def test_divisional_library_of_no_division(name):
    assert names_the_divisional_library(name)


@pytest.mark.parametrize("name", ["বিভাগীয় সরকারি গণগ্রন্থাগার, খুলনা", "জেলা সরকারি গণগ্রন্থাগার", "গণগ্রন্থাগার", ""])
def test_no_divisional_library_or_a_certain_one(name):
    assert not names_the_divisional_library(name)


def test_line_that_names_a_place():
    assert names_a_place("জেলা সরকারি গণগ্রন্থাগার, যশোর")
    assert not names_a_place("জেলা সরকারি গণগ্রন্থাগার")
    assert not names_a_place("জেলা সরকারি গণগ্রন্থাগারের ২০২৪-২৫ অর্থবছরের ২য় ত্রৈমাসিক প্রতিবেদন")


@pytest.mark.parametrize(
    ("title", "division_id"),
    [
        ("চট্টগ্রাম বিভাগসহ অধীনস্থ সরকারি গণগ্রন্থাগারসমূহের", "chattogram"),
        ("খুলনা বিভাগের সমন্বিত প্রতিবেদন", "khulna"),
        ("চট্রগ্রাম বিভাগ", "chattogram"),
        ("বিভাগীয় সমন্বিত প্রতিবেদন", None),
        ("খুলনা ও যশোর", None),
        ("খুলনা বিভাগ ও বরিশাল বিভাগ", None),
        ("", None),
    ],
)
def test_division_of_a_title(title, division_id):
    division = find_division(title)
    assert (division.division_id if division else None) == division_id


# --- who is expected to report ---------------------------------------------------------------------------


def test_offices_are_expected_while_they_are_active(tmp_path, monkeypatch):
    write_registry(
        tmp_path,
        "khulna,খুলনা,Khulna,divisional,khulna,khulna,,\n"
        "jashore,যশোর,Jashore,district,jashore,khulna,2024-10-01,\n"
        "magura,মাগুরা,Magura,district,magura,khulna,,2024-12-31\n"
        "dhaka,ঢাকা,Dhaka,national,dhaka,dhaka,,\n",
    )
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))

    def expected(day):
        return {office.office_id for office in expected_offices("khulna", date.fromisoformat(day))}

    assert expected("2024-09-30") == {"khulna", "magura"}
    assert expected("2024-10-01") == expected("2024-12-31") == {"khulna", "jashore", "magura"}
    assert expected("2025-01-01") == {"khulna", "jashore"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("khulna,খুলনা,Khulna,District,khulna,khulna,,", "line 3: an office has an id and a level"),
        ("khulna,খুলনা,Khulna,district,khulna,kulna,,", "line 3: no division is called 'kulna'"),
        (",খুলনা,Khulna,district,khulna,khulna,,", "line 3: an office has an id and a level"),
        ("khulna,খুলনা,Khulna,district,khulna,khulna,01/07/2024,", "line 3: .*01/07/2024"),
        ("magura,মাগুরা,Magura,district,magura,khulna,,", "line 3: magura is registered already"),
    ],
)
def test_a_row_of_the_registry_that_cannot_be_meant_is_told(tmp_path, monkeypatch, row, told):
    write_registry(tmp_path, f"magura,মাগুরা,Magura,district,magura,khulna,,\n{row}\n")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))
    with pytest.raises(ReferenceMistake, match=rf"^offices\.csv, {told}"):
        all_offices()


def test_empty_rows_at_the_end_of_the_registry_are_no_offices(tmp_path, monkeypatch):
    write_registry(tmp_path, "magura,মাগুরা,Magura,district,magura,khulna,,\n,,,,,,,\n\n")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))
    assert [office.office_id for office in all_offices()] == ["magura"]


def test_aliases_without_their_columns_are_told(tmp_path, monkeypatch):
    (tmp_path / "office_aliases.csv").write_text("alias;office_id\nযশহর;jashore\n", encoding="utf-8")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))
    with pytest.raises(ReferenceMistake, match=r"^office_aliases\.csv: there is no column alias_bn"):
        find_office("যশোর")


def test_a_registry_in_another_encoding_is_told(tmp_path, monkeypatch):
    (tmp_path / "offices.csv").write_text("office_id,name_bn\nmagura,মাগুরা\n", encoding="utf-16")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))
    with pytest.raises(ReferenceMistake, match=r"^offices\.csv: it is not in UTF-8"):
        all_offices()


def test_no_two_places_of_the_registry_fold_into_one():
    keys = [match_key(office.name_bn) for office in all_offices()]
    assert len(set(keys)) == len(keys)
