from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.achievement import Achievement, Problem, State, read_achievement

UNITS = ("date", "number", "percent")


def problems_of(read: Achievement) -> list[tuple[str, str]]:
    return [(problem.code, problem.part) for problem in read.problems]


def facts_of(read: Achievement) -> dict[str, object]:
    names = ("value", "value_date", "achieved_quarter", "achieved_by", "planned_quarter", "planned_date")
    return {name: getattr(read, name) for name in names if getattr(read, name) is not None}


BY_DIRECTORATE_IN_Q2 = "২য় কোয়ার্টারে অধিদপ্তর কতৃক বাস্তবায়িত হয়েছে।"

# The answers of an office form of the second quarter of 2024-25, and of a divisional matrix of 2023-24.
SEEDS = [
    (
        ("date", "০", "১৬.০৩.২০২৫ তারিখে (৩য় কোয়ার্টারে) বাস্তবায়িত হবে।"),
        ("planned", {"planned_quarter": 3, "planned_date": date(2025, 3, 16)}, []),
    ),
    (("number", "১", ""), ("reported", {"value": 1.0}, [])),
    (("date", "০", "৪র্থ কোয়ার্টারে বাস্তবায়িত হবে।"), ("planned", {"planned_quarter": 4}, [])),
    (
        ("date", "-", "১ম কোয়ার্টারে অর্জন করা হয়েছে"),
        ("achieved", {"achieved_quarter": 1}, [("date_missing", "remark")]),
    ),
    (("percent", "৬১.৫৪%", ""), ("reported", {"value": 61.54}, [])),
    (
        ("date", "০১/১২/২৪", BY_DIRECTORATE_IN_Q2),
        ("reported", {"value_date": date(2024, 12, 1), "achieved_quarter": 2, "achieved_by": "superior"}, []),
    ),
    (
        ("number", "-", BY_DIRECTORATE_IN_Q2),
        ("achieved", {"achieved_quarter": 2, "achieved_by": "superior"}, [("value_missing", "remark")]),
    ),
    (("date", "অর্জিত হয়েছে", "-"), ("achieved", {}, [("date_missing", "achievement")])),
    (("number", "১", "-"), ("reported", {"value": 1.0}, [])),
    (("date", "৯.৫.২৪", "-"), ("reported", {"value_date": date(2024, 5, 9)}, [])),
    (("date", "-", "-"), ("unstated", {}, [])),
    (("percent", "৮০%", "-"), ("reported", {"value": 80.0}, [])),
    (("percent", "৮৪.২১%", "-"), ("reported", {"value": 84.21}, [])),
    (("number", "১", "করা হয়েছে"), ("reported", {"value": 1.0}, [])),
    (
        ("number", "১", "অধিদপ্তর কর্তৃক বাস্তবায়িত"),
        ("reported", {"value": 1.0, "achieved_by": "superior"}, []),
    ),
    (
        ("date", "-", "অধিদপ্তর কর্তৃক বাস্তবায়িত"),
        ("achieved", {"achieved_by": "superior"}, [("date_missing", "remark")]),
    ),
]

FIGURES_AND_WORDS = [
    # A figure, in its unit.
    (("number", "০২ টি", ""), ("reported", {"value": 2.0}, [])),
    (("number", "৩ (তিন) টি", ""), ("reported", {"value": 3.0}, [])),
    (("number", "পাঁচ", ""), ("reported", {"value": 5.0}, [])),
    (("number", "১,২৩,৪৫৬", ""), ("reported", {"value": 123456.0}, [])),
    (("percent", "৮০", ""), ("reported", {"value": 80.0}, [])),
    (("percent", "০.৮%", ""), ("reported", {"value": 0.8}, [])),
    (("percent", "৮০%অর্জিত", ""), ("reported", {"value": 80.0}, [])),
    (("number", "'৪টি", ""), ("reported", {"value": 4.0}, [])),
    (("date", "'১৬/০৩/২৫", ""), ("reported", {"value_date": date(2025, 3, 16)}, [])),
    (("percent", "৬১.৫৪ শতাংশ", ""), ("reported", {"value": 61.54}, [])),
    (("date", "2025-03-16", ""), ("reported", {"value_date": date(2025, 3, 16)}, [])),
    (("date", "১৬ মার্চ, ২০২৫", ""), ("reported", {"value_date": date(2025, 3, 16)}, [])),
    # Zero and none.
    (("number", "০", ""), ("reported", {"value": 0.0}, [])),
    (("number", "শূন্য", ""), ("reported", {"value": 0.0}, [])),
    (("number", "০ (শূন্য)", ""), ("reported", {"value": 0.0}, [])),
    (("number", "নাই", ""), ("not_achieved", {}, [])),
    (("number", "নয়", ""), ("not_achieved", {}, [])),
    (("number", "নেই", "৪র্থ কোয়ার্টারে বাস্তবায়িত হবে"), ("planned", {"planned_quarter": 4}, [])),
    (
        ("number", "০", "৪র্থ কোয়ার্টারে বাস্তবায়িত হবে"),
        ("reported", {"value": 0.0, "planned_quarter": 4}, []),
    ),
    (
        ("number", "০", "১ম কোয়ার্টারে অর্জিত হয়েছে"),
        ("reported", {"value": 0.0, "achieved_quarter": 1}, []),
    ),
    (("date", "০", ""), ("not_achieved", {}, [])),
    (("date", "০", "চলমান"), ("in_progress", {}, [])),
    (("date", "০", "বাস্তবায়ন করা সম্ভব হয়নি"), ("not_achieved", {}, [])),
    (("date", "০", "প্রযোজ্য নয়"), ("not_applicable", {}, [])),
    (
        ("date", "০", "১ম কোয়ার্টারে অর্জিত হয়েছে"),
        ("achieved", {"achieved_quarter": 1}, [("date_missing", "remark")]),
    ),
    (("percent", "০", "কোন আবেদন পাওয়া যায়নি"), ("no_case", {}, [])),
    (("number", "০", "কোন অভিযোগ পাওয়া যায়নি"), ("reported", {"value": 0.0}, [])),
    # Words in the achievement cell.
    (("number", "চলমান", ""), ("in_progress", {}, [])),
    (("percent", "প্রযোজ্য নয়", ""), ("not_applicable", {}, [])),
    (("percent", "কোনো অভিযোগ নেই", ""), ("no_case", {}, [])),
    (("number", "অর্জিত", ""), ("achieved", {}, [("value_missing", "achievement")])),
    (("number", "শতভাগ", ""), ("achieved", {}, [("value_missing", "achievement")])),
    (("percent", "শতভাগ", ""), ("reported", {"value": 100.0}, [])),
    (("percent", "শতভাগ অর্জিত", ""), ("reported", {"value": 100.0}, [])),
    (("percent", "১০০% অর্জিত", ""), ("reported", {"value": 100.0}, [])),
    (("date", "১০০% অর্জিত", ""), ("achieved", {}, [("date_missing", "achievement")])),
    (("date", "চলমান", "৪র্থ কোয়ার্টারে সম্পন্ন করা হবে"), ("planned", {"planned_quarter": 4}, [])),
    (
        ("date", "১৬/০৩/২৫ তারিখে বাস্তবায়িত হবে", ""),
        ("planned", {"planned_date": date(2025, 3, 16)}, []),
    ),
    (
        ("date", "অর্জিত হয়নি", "৪র্থ কোয়ার্টারে বাস্তবায়িত হবে"),
        ("not_achieved", {"planned_quarter": 4}, []),
    ),
    (
        ("date", "অর্জিত হয়েছে", "২য় কোয়ার্টারে"),
        ("achieved", {"achieved_quarter": 2}, [("date_missing", "achievement")]),
    ),
    # A figure with words beside it.
    (("number", "৪টি (অর্জিত)", ""), ("reported", {"value": 4.0}, [])),
    (("number", "৪ (চলমান)", ""), ("reported", {"value": 4.0}, [])),
    (("number", "৪টি, প্রমাণক সংযুক্ত", ""), ("reported", {"value": 4.0}, [])),
    (("number", "৪টি", "কার্যক্রম চলমান"), ("reported", {"value": 4.0}, [])),
    (("number", "১", "১টি কর্মশালা আয়োজন করা হয়েছে"), ("reported", {"value": 1.0}, [])),
    (("number", "৪", "১০০% অর্জিত"), ("reported", {"value": 4.0}, [])),
    (("percent", "৮০%", "৮০% অর্জিত"), ("reported", {"value": 80.0}, [])),
    (("number", "৪", "মন্তব্য নাই"), ("reported", {"value": 4.0}, [])),
    (
        ("date", "১টি ১৬/০৩/২৫ তারিখে আয়োজিত হয়েছে", ""),
        ("reported", {"value_date": date(2025, 3, 16)}, []),
    ),
    # The day of doing stands in the words.
    (("date", "১৬/০৩/২৫ তারিখে বাস্তবায়িত", ""), ("reported", {"value_date": date(2025, 3, 16)}, [])),
    (
        ("date", "অর্জিত হয়েছে", "১৬/০৩/২৫ তারিখে বাস্তবায়িত হয়েছে"),
        ("reported", {"value_date": date(2025, 3, 16)}, []),
    ),
    (
        ("date", "-", "১৬/০৩/২৫ তারিখে অধিদপ্তর কর্তৃক বাস্তবায়িত"),
        ("reported", {"value_date": date(2025, 3, 16), "achieved_by": "superior"}, []),
    ),
    (("date", "অর্জিত হয়েছে", "১৬/০৩/২৫"), ("reported", {"value_date": date(2025, 3, 16)}, [])),
    # Nothing in the achievement cell.
    (("number", "", ""), ("unstated", {}, [])),
    (("number", "—", "প্রমাণক সংযুক্ত"), ("unstated", {}, [])),
    (("number", "-", "নাই"), ("unstated", {}, [])),
    (("number", "", "প্রক্রিয়াধীন রয়েছে"), ("in_progress", {}, [])),
    (("percent", "-", "কোন আবেদন পাওয়া যায়নি"), ("no_case", {}, [])),
    (("number", "-", "২টি সম্পন্ন হয়েছে"), ("achieved", {}, [("value_missing", "remark")])),
    (("date", "-", "১৬/০৩/২৫ তারিখে আয়োজন করা হবে"), ("planned", {"planned_date": date(2025, 3, 16)}, [])),
]

WHAT_A_PERSON_MUST_LOOK_AT = [
    # The cell cannot be read.
    (("number", "৭ ৫", ""), ("unreadable", {}, [("unreadable_value", "achievement")])),
    (("number", "o৫", ""), ("unreadable", {}, [("unreadable_value", "achievement")])),
    (("number", "2_2200", ""), ("unreadable", {}, [("unreadable_value", "achievement")])),
    (("number", "৪/৫", ""), ("unreadable", {}, [("unreadable_value", "achievement")])),
    (("date", "৩১/০৬/২৫", ""), ("unreadable", {}, [("unreadable_value", "achievement")])),
    (("date", "৩০-০৫-২০২", ""), ("unreadable", {}, [("unreadable_value", "achievement")])),
    (("date", "১৬ মার্চ", ""), ("unreadable", {}, [("unreadable_value", "achievement")])),
    (("number", "ঐ", ""), ("unreadable", {}, [("unreadable_value", "achievement")])),
    (("number", '"', "চলমান"), ("unreadable", {}, [("unreadable_value", "achievement")])),
    (("number", "nan", ""), ("unreadable", {}, [("unknown_phrase", "achievement")])),
    (("number", "#REF!", ""), ("unreadable", {}, [("unreadable_value", "achievement")])),
    (("date", "৩০ জুন ২০২৫ এর মধ্যে", ""), ("unreadable", {}, [("unknown_phrase", "achievement")])),
    (("date", "-", "৩১/১২/২৪ এর মধ্যে অর্জিত"), ("unreadable", {}, [("unknown_phrase", "remark")])),
    (("number", "৪ কিছু একটা", ""), ("unreadable", {}, [("unknown_phrase", "achievement")])),
    (("number", "লক্ষ্যমাত্রা ৪টি", ""), ("unreadable", {}, [("unknown_phrase", "achievement")])),
    (("date", "২য় কোয়ার্টারে", ""), ("unreadable", {}, [("unknown_phrase", "achievement")])),
    # Another unit's entry.
    (("number", "৯.৫.২৪", ""), ("unreadable", {}, [("unit_conflict", "achievement")])),
    (("percent", "১৬ মার্চ ২০২৫", ""), ("unreadable", {}, [("unit_conflict", "achievement")])),
    (("number", "১০০%", ""), ("unreadable", {}, [("unit_conflict", "achievement")])),
    (("number", "৮০% অর্জিত", ""), ("unreadable", {}, [("unit_conflict", "achievement")])),
    (("date", "১", ""), ("unreadable", {}, [("unit_conflict", "achievement")])),
    # 0.8 % or, as a spreadsheet stores it, 80 %?
    (("percent", "0.8", ""), ("unreadable", {}, [("unit_conflict", "achievement")])),
    (("percent", "১", ""), ("unreadable", {}, [("unit_conflict", "achievement")])),
    (("date", "২ টি", "অর্জিত হয়েছে"), ("unreadable", {}, [("unit_conflict", "achievement")])),
    # The cell contradicts itself, or the remark contradicts it.
    (("number", "৪ (অর্জিত হয়নি)", ""), ("unreadable", {}, [("contradiction", "achievement")])),
    (("number", "৪টি বাস্তবায়িত হবে", ""), ("unreadable", {}, [("contradiction", "achievement")])),
    (("date", "০ (১৬/০৩/২৫)", ""), ("unreadable", {}, [("contradiction", "achievement")])),
    (("number", "অর্জিত, অর্জিত হয়নি", ""), ("unreadable", {}, [("contradiction", "achievement")])),
    (("number", "৪", "অর্জিত হয়নি"), ("reported", {"value": 4.0}, [("contradiction", "remark")])),
    (("number", "৪", "৪র্থ কোয়ার্টারে করা হবে"), ("reported", {"value": 4.0}, [("contradiction", "remark")])),
    (("number", "০", "অর্জিত হয়েছে"), ("reported", {"value": 0.0}, [("contradiction", "remark")])),
    (
        ("number", "২", "১টি কর্মশালা আয়োজন করা হয়েছে"),
        ("reported", {"value": 2.0}, [("contradiction", "remark")]),
    ),
    (
        ("date", "১৬/০৩/২৫", "১৭/০৩/২৫ তারিখে বাস্তবায়িত হয়েছে"),
        ("reported", {"value_date": date(2025, 3, 16)}, [("contradiction", "remark")]),
    ),
    (
        ("date", "০১/১২/২৪", "১ম কোয়ার্টারে অর্জিত"),
        ("reported", {"value_date": date(2024, 12, 1), "achieved_quarter": 1}, [("contradiction", "remark")]),
    ),
    (
        ("date", "-", "১৬.০৩.২০২৫ তারিখে (৪র্থ কোয়ার্টারে) বাস্তবায়িত হবে"),
        (
            "planned",
            {"planned_quarter": 4, "planned_date": date(2025, 3, 16)},
            [("contradiction", "remark")],
        ),
    ),
    (("date", "০", "বাস্তবায়িত হয়েছে"), ("unreadable", {}, [("contradiction", "remark")])),
    (("date", "অর্জিত হয়েছে", "চলমান"), ("unreadable", {}, [("contradiction", "remark")])),
    (("number", "-", "অর্জিত হয়েছে, অর্জিত হয়নি"), ("unreadable", {}, [("contradiction", "remark")])),
    # The remark is not understood.
    (("number", "২", "খটমট কথা"), ("reported", {"value": 2.0}, [("unknown_phrase", "remark")])),
    (("number", "২", "ঐ"), ("reported", {"value": 2.0}, [("unreadable_value", "remark")])),
    (("number", "-", "ঐ"), ("unreadable", {}, [("unreadable_value", "remark")])),
    (("number", "", "খটমট কথা"), ("unreadable", {}, [("unknown_phrase", "remark")])),
    (("number", "-", "৩য় কোয়ার্টারে"), ("unreadable", {}, [("unknown_phrase", "remark")])),
    (("number", "-", "৫০% অর্জিত"), ("unreadable", {}, [("unknown_phrase", "remark")])),
    (("date", "০", "খটমট কথা"), ("not_achieved", {}, [("unknown_phrase", "remark")])),
    (
        ("date", "অর্জিত হয়েছে", "খটমট কথা"),
        ("achieved", {}, [("date_missing", "achievement"), ("unknown_phrase", "remark")]),
    ),
]


@pytest.mark.parametrize(("cells", "wanted"), [*SEEDS, *FIGURES_AND_WORDS, *WHAT_A_PERSON_MUST_LOOK_AT])
def test_an_achievement_and_its_remark(cells, wanted):
    unit, achievement, remark = cells
    read = read_achievement(achievement, remark, unit)
    assert (read.state, facts_of(read), problems_of(read)) == wanted


def test_the_cases_show_every_state():
    assert {wanted[0] for _, wanted in [*SEEDS, *FIGURES_AND_WORDS, *WHAT_A_PERSON_MUST_LOOK_AT]} == set(
        State
    )


def test_a_problem_keeps_the_text_of_its_own_cell_and_says_why():
    read = read_achievement(" ৭ ৫ ", "চলমান", "number")
    assert read.problems == (Problem("unreadable_value", "achievement", " ৭ ৫ ", "space_inside_number"),)
    read = read_achievement("৪", "খটমট", "number")
    assert read.problems == (Problem("unknown_phrase", "remark", "খটমট"),)


def test_a_unit_that_no_plan_has_is_an_error_of_the_program():
    with pytest.raises(ValueError, match="unit is one of"):
        read_achievement("১", "", "টাকা")


CELLS = st.lists(
    st.sampled_from(
        [
            *(
                "০",
                "৪",
                "৪টি",
                "৮০%",
                "-",
                "১৬/০৩/২৫",
                "৩১/০৬/২৫",
                "ঐ",
                "নাই",
                "শতভাগ",
                "খটমট",
                "2_2",
                "।",
                "()",
            ),
            *("অর্জিত হয়েছে", "বাস্তবায়িত হবে", "অর্জিত হয়নি", "চলমান", "প্রযোজ্য নয়", "অভিযোগ নেই"),
            *("২য় কোয়ার্টারে", "অধিদপ্তর কর্তৃক", "প্রমাণক সংযুক্ত", "পরবর্তী কোয়ার্টারে", ","),
        ]
    ),
    max_size=3,
).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(CELLS | st.text(max_size=12), CELLS | st.text(max_size=12), st.sampled_from(UNITS))
def test_whatever_stands_in_the_cells(achievement, remark, unit):
    read = read_achievement(achievement, remark, unit)
    has_figure = read.value is not None or read.value_date is not None
    assert (read.state is State.REPORTED) == has_figure
    assert read.value is None or read.value_date is None
    assert read.value_date is None or unit == "date"
    assert read.problems or read.state is not State.UNREADABLE
    assert all(problem.part in ("achievement", "remark") for problem in read.problems)
    if read.state is State.UNSTATED:
        assert not read.problems
    if read.state is State.ACHIEVED:
        assert {"date_missing", "value_missing"} & {problem.code for problem in read.problems}
