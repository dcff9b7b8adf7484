import string
from datetime import date

import pytest

from transforms.finding import Finding, Severity, asks_a_person, finding, in_bengali
from transforms.fiscal_year import FiscalYear
from transforms.reference import load_toml

CATALOGUE = load_toml("findings.toml")
CONTRACT = [
    "unreadable_file",
    "unknown_form",
    "unknown_office",
    "unknown_period",
    "period_conflict",
    "unknown_indicator",
    "missing_indicator",
    "duplicate_indicator",
    "unreadable_value",
    "unknown_phrase",
    "target_bands_not_monotonic",
    "zero_band",
    "unit_conflict",
    "weight_conflict",
    "percent_over_100",
    "date_outside_fiscal_year",
    "ytd_over_target",
    "late",
    "superseded",
    "office_matrix_conflict",
    "legacy_font_converted",
    "unsafe_content",
    "unknown_sender",
]
QUOTED = {"cell", "raw", "indicator"}


def names_in(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def facts_of(code):
    entry = CATALOGUE[code]
    names = (names_in(entry["bn"]) | names_in(entry["en"])) - QUOTED
    return dict.fromkeys(names, "x")


@pytest.mark.parametrize("code", CONTRACT)
def test_catalogue_holds_every_code_of_the_contract(code):
    assert code in CATALOGUE


@pytest.mark.parametrize("code", CATALOGUE)
def test_entry_has_a_severity_and_a_sentence_in_both_languages(code):
    entry = CATALOGUE[code]
    assert {"severity", "bn", "en"} <= set(entry) <= {"severity", "together", "bn", "en"}
    assert entry.get("together", True) is True
    assert entry["severity"] in set(Severity)
    assert any("\u0980" <= letter <= "\u09ff" for letter in entry["bn"])
    assert not any("\u0980" <= letter <= "\u09ff" for letter in entry["en"])
    assert entry["bn"].rstrip(")")[-1] in "।?}"
    assert entry["en"].rstrip(")")[-1] in ".?}"


@pytest.mark.parametrize("code", CATALOGUE)
def test_both_sentences_tell_the_same_facts(code):
    entry = CATALOGUE[code]
    bengali, english = (
        {name.removesuffix("_bn").removesuffix("_en") for name in names_in(entry[language])}
        for language in ("bn", "en")
    )
    assert bengali ^ english <= {"raw", "fiscal_year"}


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_sentence_can_be_filled_in(code):
    raised = finding(code, cell="Sheet1!K7", raw_text="৬১.৫৪%", indicator_code="4.1.2", **facts_of(code))
    assert raised.severity == CATALOGUE[code]["severity"]
    assert "{" not in raised.message_bn + raised.message_en


def test_numbers_days_and_codes_are_in_bengali_digits_in_the_bengali_sentence_alone():
    raised = finding("weight_conflict", cell="K7", raw_text="৫", indicator_code="4.1.2", expected=7.0)
    assert "[৪.১.২]" in raised.message_bn
    assert "৭" in raised.message_bn
    assert "[4.1.2]" in raised.message_en
    assert "7.0" in raised.message_en
    late = finding("late", received=date(2025, 1, 16), due=date(2025, 1, 15))
    assert "১৬" in late.message_bn
    assert "2025-01-16" in late.message_en


def test_in_bengali():
    assert in_bengali(1234567) == "১২,৩৪,৫৬৭"
    assert in_bengali("যশোর") == "যশোর"
    assert in_bengali(FiscalYear(2025)) == "২০২৫-২৬"
    assert in_bengali(date(2025, 1, 15)) != "2025-01-15"


def test_raw_text_with_braces_is_quoted_as_it_stands():
    raised = finding("unknown_phrase", cell="K7", raw_text="{0} {x} %s", indicator_code="4.1.2")
    assert "{0} {x} %s" in raised.message_bn


def test_severity_may_weigh_otherwise_in_another_place():
    assert finding("nothing_stated").severity is Severity.NOTE
    assert finding("nothing_stated", severity=Severity.WARN).severity is Severity.WARN


def test_unknown_code_or_missing_fact_is_our_own_fault():
    with pytest.raises(KeyError):
        finding("no_such_finding")
    with pytest.raises(KeyError):
        finding("weight_conflict")


def test_notes_alone_ask_nothing():
    note = Finding("x", Severity.NOTE, "ক", "a")
    assert not asks_a_person([])
    assert not asks_a_person([note, note])
    assert asks_a_person([note, Finding("y", Severity.WARN, "ক", "a")])


def test_severities_run_from_the_heaviest():
    assert list(Severity) == ["reject", "quarantine", "warn", "note"]
