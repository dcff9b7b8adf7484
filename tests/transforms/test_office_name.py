import pytest

from transforms.match_key import match_key
from transforms.office_name import take_apart


@pytest.mark.parametrize(
    ("name", "places", "levels"),
    [
        ("জেলা সরকারি গণগ্রন্থাগার, যশোর", ["যশোর"], {"district"}),
        ("(ক) যশোর*", ["যশোর"], set()),
        ("iii) ‘কক্স বাজার’", ["কক্সবাজার"], set()),
        ("উপজেলা: দেওয়ানগঞ্জ, জেলা: জামালপুর", ["দেওয়ানগঞ্জ", "জামালপুর"], {"upazila", "district"}),
        ("যশোর, খুলনা বিভাগ", ["যশোর"], set()),
        ("বিভাগীয় সরকারি গণগ্রন্থাগার", [], {"divisional"}),
        ("নিজ কার্যালয়", [], set()),
        ("", [], set()),
    ],
)
def test_places_and_levels(name, places, levels):
    parts = take_apart(name)
    assert list(parts.places) == [match_key(place) for place in places]
    assert parts.levels == levels


@pytest.mark.parametrize("name", ["বি.বাড়িয়া", "B.Baria", "Cox's Bazar"])
def test_a_letter_of_the_name_is_no_mark_of_a_list(name):
    assert take_apart(name).places == (match_key(name),)


def test_what_stands_apart_from_the_words_for_the_office():
    parts = take_apart("বিভাগীয় সরকারি গণগ্রন্থাগার খুলনা, কল্পিত সড়ক")
    assert parts.beside == {match_key("কল্পিত সড়ক")}
