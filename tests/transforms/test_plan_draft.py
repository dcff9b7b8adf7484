import tomllib
from dataclasses import replace
from datetime import date

import pytest

from extractors.grid import Grid
from extractors.reader import read
from tests.transforms.forms_of_years import NATORE, TITLES, a_year_later, grid, natore, titled
from transforms.fiscal_year import FiscalYear
from transforms.plan import all_plans, plan_of, total_weight
from transforms.plan_draft import NoPlanInIt, draft_plan
from transforms.reference import load_toml
from transforms.report_file import read_reports

BEFORE = plan_of("egov", FiscalYear(2024))
NOTES = "ই ফাইলে নোট নিষ্পত্তিকৃত"
LADDER_OF_NOTES = "%\t৭\t১০০%\t৯০%\t৮০%\t৭০%\t৬০%"
LADDER_OF_PORTAL = "নিজ তথ্য বাতায়ন হালনাগাদকৃত\tসংখ্যা\t৬\t৪\t৩\t২\t১\t০"


@pytest.fixture
def drop_in(tmp_path, monkeypatch):
    """Put a draft where officials put it, and return the plan that is then known."""

    def drop(draft):
        folder = tmp_path / "reference" / "plans"
        folder.mkdir(parents=True)
        (folder / f"{draft.plan_id}.toml").write_text(draft.write("form.txt"), encoding="utf-8")
        monkeypatch.setenv("PROTIBEDON_REFERENCE", str(folder.parent))
        (plan,) = (plan for plan in all_plans() if plan.plan_id == draft.plan_id)
        return plan

    return drop


def draft_of(text, **wanted):
    return draft_plan(grid(text), **wanted)


def lines_to_decide(draft):
    return [line for line in draft.write("form.txt").splitlines() if "# DECIDE:" in line]


def questions(draft, key):
    """The codes of what is asked about the lines of one key, in the head and in every indicator."""
    lines = (*draft.head, *(line for indicator in draft.indicators for line in indicator.lines))
    return [doubt.code for line in lines if line.key == key for doubt in line.doubts]


def written(draft):
    return tomllib.loads(draft.write("form.txt"))


def indicator(draft, code):
    (found,) = (entry for entry in written(draft)["indicators"] if entry["code"] == code)
    return found


# --- a year like the last one ---------------------------------------------------------------------------


def test_a_form_like_last_year_s_gives_last_year_s_plan_a_year_later():
    draft = draft_of(a_year_later())
    plan, before = written(draft), load_toml("plans/egov-2024-25.toml")
    assert (draft.plan_id, draft.doubtful, lines_to_decide(draft)) == ("egov-2025-26", 0, [])
    assert plan["fiscal_year"] == "2025-26"
    for same in ("annex", "name_bn", "name_en", "title_phrases", "marks", "weighted_marks", "scoring"):
        assert plan[same] == before[same]
    for same in ("code", "key", "activity", "statement", "unit", "weight", "calculation"):
        assert [line[same] for line in plan["indicators"]] == [line[same] for line in before["indicators"]]
    assert [day["default"] for day in plan["due"].values()] == [
        date(2025, 10, 15),
        date(2026, 1, 15),
        date(2026, 4, 15),
        date(2026, 7, 15),
    ]
    assert indicator(draft, "1.1.1")["bands"]["100"] == date(2026, 3, 16)
    assert indicator(draft, "4.1.2")["bands"] == {"100": 100, "90": 90, "80": 80, "70": 70, "60": 60}


def test_due_dates_of_a_level_go_on_too(tmp_path, monkeypatch):
    (tmp_path / "plans").mkdir()
    text = draft_of(a_year_later()).write("form.txt").replace("[due.2]\n", "[due.2]\nupazila = 2026-01-05\n")
    (tmp_path / "plans" / "egov-2025-26.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PROTIBEDON_REFERENCE", str(tmp_path))
    draft = draft_of(a_year_later(), fiscal_year=FiscalYear(2026))
    assert written(draft)["due"]["2"] == {"upazila": date(2027, 1, 5), "default": date(2027, 1, 15)}


def test_a_form_of_a_year_that_has_its_plan_is_drafted_for_the_next_year_that_has_none():
    draft = draft_of(natore())
    assert draft.plan_id == "egov-2025-26"
    assert questions(draft, "fiscal_year") == ["year_moved"]
    assert indicator(draft, "7.1.1")["bands"]["60"] == date(2026, 1, 12)
    assert set(questions(draft, "bands")) == {"targets_moved"}


def test_the_year_may_be_given():
    assert draft_of(natore(), fiscal_year=FiscalYear(2027)).plan_id == "egov-2027-28"


# --- what a person must decide ----------------------------------------------------------------------------


def test_every_question_stands_on_its_own_line_in_bengali_and_english():
    draft = draft_of(a_year_later((LADDER_OF_NOTES, LADDER_OF_NOTES.replace("৮০%", "৯৫%"))))
    (line,) = lines_to_decide(draft)
    assert line.startswith("bands = { 100 = 100, 90 = 90, 80 = 95, 70 = 70, 60 = 60 } # DECIDE: ")
    assert "লক্ষ্যমাত্রার ক্রম ঠিক নেই" in line
    assert "The bands are out of order: “৯৫%” after “৯০%”." in line


def test_a_new_indicator_gets_a_key_from_its_code_and_a_calculation_by_its_unit():
    draft = draft_of(a_year_later((NOTES, "ই-ফাইলে পত্রজারির গড় সময়")))
    new = indicator(draft, "4.1.2")
    assert (new["key"], new["calculation"]) == ("indicator_4_1_2", "cumulative")
    assert questions(draft, "key") == ["key_new"]
    assert questions(draft, "calculation") == ["calculation_by_unit"]


def test_a_drafted_key_is_never_one_that_another_indicator_had(drop_in):
    drop_in(draft_of(a_year_later((NOTES, "ই-ফাইলে পত্রজারির গড় সময়"))))
    draft = draft_of(a_year_later((NOTES, "বৃক্ষ রোপণ কর্মসূচি")), fiscal_year=FiscalYear(2026))
    assert indicator(draft, "4.1.2")["key"] == "indicator_2026_4_1_2"


def test_an_indicator_under_another_code_keeps_its_key():
    draft = draft_of(a_year_later(("[৪.১.২]", "[৪.১.৩]")))
    assert indicator(draft, "4.1.3")["key"] == "efile_notes_disposed"
    assert draft.doubtful == 0


def test_a_reworded_indicator_is_carried_on_and_asked_about():
    draft = draft_of(a_year_later(("৪টি স্তরের আলোকে করণীয় নির্ধারণ বিষয়ক ", "বিষয়ক সচেতনতামূলক ")))
    assert indicator(draft, "6.1.1")["key"] == "smart_bangladesh_workshop_held"
    assert questions(draft, "key") == ["key_by_likeness"]
    (line,) = lines_to_decide(draft)
    assert "former [6.1.1]" in line
    assert "আগের [৬.১.১]" in line


def test_a_near_miss_is_named_beside_the_new_key():
    draft = draft_of(a_year_later(("নিজ তথ্য বাতায়ন হালনাগাদকৃত", "তথ্য বাতায়ন হালনাগাদকরণ নিশ্চিতকরণ")))
    assert "key_new_but_near" in questions(draft, "key")
    assert len({line["key"] for line in written(draft)["indicators"]}) == 10


def test_a_changed_unit_is_asked_about_and_its_calculation_with_it():
    old = f"{NOTES}\t{LADDER_OF_NOTES}"
    new = f"{NOTES}\tসংখ্যা\t৭\t৫০\t৪০\t৩০\t২০\t১০"
    draft = draft_of(a_year_later((old, new)))
    assert indicator(draft, "4.1.2")["key"] == "efile_notes_disposed"
    assert (questions(draft, "unit"), questions(draft, "calculation")) == (
        ["unit_changed"],
        ["calculation_by_unit"],
    )


@pytest.mark.parametrize(
    ("ladder", "bands", "asked"),
    [
        ("৪\tতিনটি বা চারটি\t২\t১\t-", {"100": 4, "80": 2, "70": 1}, ["target_unreadable"]),
        ("৪\t-\t-\t-\t-", {"100": 4}, ["one_target"]),
        ("-\t-\t-\t-\t-", {}, ["no_targets"]),
        ("-\t৩\t২\t১\t-", {"90": 3, "80": 2, "70": 1}, ["no_top_target"]),
        ("৪\t৪\t২\t১\t-", {"100": 4, "90": 4, "80": 2, "70": 1}, ["targets_out_of_order"]),
    ],
)
def test_targets_that_cannot_be_meant_are_asked_about(ladder, bands, asked):
    draft = draft_of(a_year_later((LADDER_OF_PORTAL, LADDER_OF_PORTAL.replace("৪\t৩\t২\t১\t০", ladder))))
    assert indicator(draft, "5.1.1")["bands"] == bands
    assert questions(draft, "bands") == asked


def test_targets_outside_the_year_or_over_100_per_cent_are_asked_about():
    draft = draft_of(
        a_year_later(
            ("৬০%\t৬২.৫%", "৬০%\t৬২.৫%"),
            ("১৬/০৩/২৫", "১৬/০৩/২৪"),
            ("১০০%\t৯০%\t৮০%\t৭০%\t৬০%\t৬২", "১১০%\t৯০%\t৮০%\t৭০%\t৬০%\t৬২"),
        )
    )
    assert set(questions(draft, "bands")) == {"target_outside_year", "target_over_100"}


def test_weights_that_do_not_add_up_become_the_marks_and_are_asked_about(drop_in):
    draft = draft_of(a_year_later((LADDER_OF_PORTAL, LADDER_OF_PORTAL.replace("\t৬\t", "\t৮.৫\t"))))
    assert written(draft)["marks"] == 52.5
    assert questions(draft, "marks") == ["marks_not_as_before"]
    assert drop_in(draft).marks == 52.5


def test_a_former_indicator_that_is_gone_is_asked_about_by_code_and_words():
    (row,) = (line for line in natore().splitlines() if "[৮.১.১]" in line)
    draft = draft_of(a_year_later((f"{row}\n", "")))
    assert questions(draft, "marks") == ["indicators_gone", "marks_not_as_before"]
    (line,) = lines_to_decide(draft)
    assert line.startswith("marks = 46 # DECIDE: ")
    assert f"[৮.১.১] {BEFORE.indicator('8.1.1').statement}" in line


def test_an_unreadable_weight_is_last_year_s_and_asked_about():
    draft = draft_of(a_year_later((LADDER_OF_PORTAL, LADDER_OF_PORTAL.replace("\t৬\t", "\t৬-৭\t"))))
    assert indicator(draft, "5.1.1")["weight"] == 6
    assert (questions(draft, "weight"), questions(draft, "marks")) == (["weight_unreadable"], [])


@pytest.mark.parametrize(
    ("unit", "word", "code", "printed"),
    [
        ("date", "তারিখ", "7.1.1", "[৭.১.১]"),
        ("percent", "%", "4.1.2", "[৪.১.২]"),
        ("number", "সংখ্যা", "5.1.2", "[৫.১.২]"),
    ],
)
@pytest.mark.parametrize("annex_id", ["egov", "another"])
def test_a_unit_not_printed_is_last_year_s_or_what_the_targets_look_like(unit, word, code, printed, annex_id):
    (row,) = (line for line in natore().splitlines() if printed in line)
    draft = draft_of(a_year_later((row, row.replace(f"\t{word}\t", "\t?\t"))), annex_id=annex_id)
    assert indicator(draft, code)["unit"] == unit
    assert questions(draft, "unit") == ["unit_unknown"]
    assert len(indicator(draft, code)["bands"]) == 5


def test_an_indicator_without_a_code_keeps_last_year_s_and_one_printed_twice_gets_a_stopgap(drop_in):
    draft = draft_of(a_year_later(("[৮.১.১] ", ""), ("[৫.১.২]", "[৫.১.১]")))
    assert questions(draft, "code") == ["code_twice", "code_missing"]
    codes = [entry["code"] for entry in written(draft)["indicators"]]
    assert codes[-1] == "8.1.1"
    assert len(set(codes)) == 10
    assert len(drop_in(draft).indicators) == 10


# --- which annex --------------------------------------------------------------------------------------------


def test_an_annex_without_a_plan_takes_its_name_and_marks_from_the_list_of_annexes(drop_in):
    title = "সংযোজনী- ৮: তথ্য অধিকার বিষয়ক কর্মপরিকল্পনা"
    draft = draft_of(natore(*titled(title, title)))
    plan = written(draft)
    assert (plan["plan_id"], plan["weighted_marks"]) == ("right-to-information-2024-25", 3)
    assert questions(draft, "marks") == ["marks_not_as_before"]
    assert questions(draft, "scoring") == ["scoring_unknown"]
    assert "due_unknown" in {
        doubt.code for lines in draft.due.values() for line in lines for doubt in line.doubts
    }
    assert drop_in(draft).due_date(2, "district") == date(2025, 1, 15)


def test_an_annex_that_nobody_knows_is_drafted_whole_with_an_id_to_fill_in(drop_in):
    title = "সংযোজনী- ৯: সবুজ দপ্তর কর্মপরিকল্পনা"
    rows = natore(*titled(title, title), ("সংখ্যা\t৬\t", "সংখ্যা\t৫\t"), ("সংখ্যা\t৩\t", "সংখ্যা\t৪\t"))
    for number, line in enumerate(BEFORE.indicators):
        rows = rows.replace(line.statement, f"{'কখগঘঙচছজঝঞ'[number] * 3} সূচক")
    draft = draft_of(rows)
    plan = written(draft)
    assert (plan["annex"], plan["plan_id"]) == ("new-annex", "new-annex-2024-25")
    assert (plan["name_bn"], plan["title_phrases"]) == ("সবুজ দপ্তর কর্মপরিকল্পনা", ["সবুজ দপ্তর কর্মপরিকল্পনা"])
    assert questions(draft, "annex") == ["annex_unknown"]
    assert questions(draft, "weighted_marks") == ["weighted_marks_unknown"]
    assert len(plan["indicators"]) == len(questions(draft, "key")) == 10
    assert total_weight(drop_in(draft).indicators) == 50
    assert read_reports("0" * 64, "form.txt", grid(rows))[0].rejection_code is None


def test_a_title_without_any_name_leaves_a_phrase_that_no_title_holds(drop_in):
    draft = draft_of(natore(*titled("প্রতিবেদন")), annex_id="green-office")
    assert questions(draft, "title_phrases") == ["title_unknown"]
    assert drop_in(draft).title_phrases == ("new-annex",)
    assert read_reports("0" * 64, "form.txt", grid(natore()))[0].observations[0].plan_id == "egov-2024-25"


def test_an_annex_known_by_its_indicators_alone_is_asked_about():
    draft = draft_of(a_year_later(*titled("প্রতিবেদন")))
    assert (draft.plan_id, questions(draft, "annex")) == ("egov-2025-26", ["annex_by_content"])


def test_a_new_name_in_the_title_is_added_to_the_known_ones():
    draft = draft_of(a_year_later(*titled("সংযোজনী- ৫: স্মার্ট গভর্ন্যান্স কর্মপরিকল্পনা")), annex_id="egov")
    assert written(draft)["title_phrases"] == [*BEFORE.title_phrases, "স্মার্ট গভর্ন্যান্স কর্মপরিকল্পনা"]
    assert questions(draft, "title_phrases") == ["title_new"]


# --- what no plan can be drafted from ---------------------------------------------------------------------


def test_a_divisional_matrix_is_no_source_of_ladders():
    name = "সিলেট বিভাগ সমন্বিত প্রতিবেদন ১ম ত্রৈমাসিক.docx"
    with pytest.raises(NoPlanInIt, match="divisional matrix"):
        draft_plan(read((NATORE.parent / name).read_bytes()))


GRIEVANCE = "সংযোজনী- ৬: অভিযোগ প্রতিকার ব্যবস্থা সংক্রান্ত কর্মপরিকল্পনা"


def as_a_workbook(*texts):
    """The forms of several texts, a sheet each."""
    sheets = (replace(grid(text).sheets[0], name=f"Sheet{number}") for number, text in enumerate(texts, 1))
    return Grid("xlsx", tuple(sheets))


def test_forms_of_several_offices_print_one_plan():
    magura = a_year_later(("নাটোর", "মাগুরা"))
    assert draft_plan(as_a_workbook(a_year_later(), magura)).indicators == draft_of(a_year_later()).indicators


def test_of_forms_of_several_annexes_one_must_be_named():
    other = a_year_later((TITLES[0], GRIEVANCE), (TITLES[1], "অগ্রগতির প্রতিবেদন"))
    workbook = as_a_workbook(a_year_later(), other)
    with pytest.raises(NoPlanInIt, match=r"several annexes \(egov, grievance\).*--annex"):
        draft_plan(workbook)
    assert draft_plan(workbook, annex_id="egov").indicators == draft_of(a_year_later()).indicators
    assert draft_plan(workbook, annex_id="grievance").plan_id == "grievance-2025-26"


def test_forms_of_several_years_do_not_say_which_plan_is_wanted():
    with pytest.raises(NoPlanInIt, match=r"several years \(2024-25, 2025-26\)"):
        draft_plan(as_a_workbook(natore(), a_year_later()))


def test_a_form_without_a_year_needs_one():
    text = natore(("২০২৪-২০২৫", ""), (TITLES[1], "অগ্রগতির প্রতিবেদন"), ("(জুলাই/২৪-সেপ্টেম্বর/২৪)", ""))
    with pytest.raises(NoPlanInIt, match="fiscal year"):
        draft_of(text)
    assert draft_of(text, fiscal_year=FiscalYear(2025)).plan_id == "egov-2025-26"


@pytest.mark.parametrize("text", ["বরাবর\nউপপরিচালক", "ক্রম\tকার্যক্রম\tসূচক\tঅর্জন\n"])
def test_a_file_without_indicators_gives_no_plan(text):
    with pytest.raises(NoPlanInIt):
        draft_of(text)


# --- the draft as a file ----------------------------------------------------------------------------------


def test_quotes_backslashes_and_line_breaks_of_a_form_stay_inside_their_line():
    draft = draft_of(
        a_year_later(
            (NOTES, '"ই-ফাইলে" \\ নোট # নিষ্পত্তিকৃত'),
            (LADDER_OF_NOTES, LADDER_OF_NOTES.replace("৯০%", "# ৯০ \\ এর\u2028কম")),
        )
    )
    assert indicator(draft, "4.1.2")["statement"] == '"ই-ফাইলে" \\ নোট # নিষ্পত্তিকৃত'
    assert "target_unreadable" in questions(draft, "bands")


def test_the_head_counts_the_lines_to_decide_and_names_what_it_was_drawn_from():
    draft = draft_of(natore())
    head = [line for line in draft.write("নাটোর\n১.txt").splitlines() if line.startswith("#")]
    assert len(lines_to_decide(draft)) == draft.doubtful == 5
    assert any("5 lines" in line for line in head)
    assert any("৫টি লাইন" in line for line in head)
    assert all("নাটোর ১.txt" in line for line in (head[0], head[2]))


# --- the whole way ----------------------------------------------------------------------------------------


def test_a_report_of_the_new_year_is_accepted_once_its_own_draft_is_dropped_in(drop_in, shared):
    khulna = shared / "seeds" / "khulna_office_report_2024-25_q2.txt"
    form = natore(
        ("২০২৪-২০২৫", "২০২৫-২০২৬"),
        ("/২৫", "/২৬"),
        ("/২৪", "/২৫"),
        ("মাইগড প্ল্যাটফর্মের মাধ্যমে", "কৃত্রিম বুদ্ধিমত্তার মাধ্যমে"),
        ("[৫.১.২]", "[৫.১.৩]"),
        ("সংখ্যা\t৬\t", "সংখ্যা\t৫\t"),
        ("সংখ্যা\t৩\t", "সংখ্যা\t৪\t"),
        of=khulna,
    )
    assert read_reports("0" * 64, "form.txt", grid(form))[0].rejection_code == "unknown_plan"
    draft = draft_of(form)
    plan = drop_in(draft)
    assert (plan.plan_id, plan.marks, len(plan.indicators)) == ("egov-2025-26", 50, 10)
    assert plan.indicator("5.1.3").key == "subordinate_portals_updated"
    assert questions(draft, "bands") == ["targets_out_of_order"]  # as printed: ০৮/০৮/২৫ after ৩১/৮/২৫

    (report,) = read_reports("0" * 64, "form.txt", grid(form))
    assert report.rejection_code is None
    assert len(report.observations) == 10
    assert {seen.plan_id for seen in report.observations} == {"egov-2025-26"}
    assert {"weight_conflict", "unit_conflict", "unknown_indicator", "missing_indicator"}.isdisjoint(
        found.code for found in report.findings
    )
