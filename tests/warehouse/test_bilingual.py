import pytest

from warehouse.bilingual import Bilingual, bilingual


def test_figures_come_in_the_digits_of_the_language():
    entry = {"bn": "{count}টি, {year}", "en": "{count} of {year}"}
    assert bilingual(entry, count=12, year="2024-25") == Bilingual("১২টি, ২০২৪-২৫", "12 of 2024-25")


def test_words_come_in_the_words_of_the_language():
    entry = {"bn": "{month} মাস", "en": "the month of {month}"}
    assert bilingual(entry, month=Bilingual("জুলাই", "July")) == Bilingual("জুলাই মাস", "the month of July")


def test_a_sentence_with_an_unknown_gap_is_an_error():
    with pytest.raises(KeyError):
        bilingual({"bn": "{count}", "en": ""}, number=1)
