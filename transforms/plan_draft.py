"""A plan draft: next year's plan as drawn from an office's form, with all that a person must decide marked.

The form gives the year's indicators, weights and targets; what a form never prints (keys, calculation, due
dates) goes on from the annex's latest plan. The draft loads as it is, decided or not, so that nothing but a
person's judgement stands between it and the reports that wait for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from extractors.grid import Grid
from transforms.annex import Annex, all_annexes, annexes_named
from transforms.bengali_text import canonical
from transforms.dates import years_later
from transforms.doubt import Doubt, doubt
from transforms.fiscal_year import FiscalYear
from transforms.form import Form, FormKind, find_forms
from transforms.identity import annex_of
from transforms.indicator_draft import IndicatorDraft, Years, draft_indicators
from transforms.legacy_font import to_unicode_grid
from transforms.numerals import bengali_digits
from transforms.plan import QUARTERS, Plan, latest_plan, plan_of
from transforms.plan_line import PlanLine, Value
from transforms.printed_indicator import printed_indicators
from transforms.reference import load_toml

NEW_ANNEX = "new-annex"  # stands where a person must name the annex
USUAL_DAYS_TO_REPORT = timedelta(days=15)  # 15 October for the quarter to September; asked about all the same


class NoPlanInIt(ValueError):  # noqa: N818 (named for what the person who drafts reads)
    """A file that no plan can be drafted from; its text says why."""


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A drafted plan, line by line. `former` is the plan that keys and methods were carried over from."""

    plan_id: str
    years: Years
    former: Plan | None
    head: tuple[PlanLine[Value], ...]
    due: dict[int, tuple[PlanLine[Value], ...]]
    indicators: tuple[IndicatorDraft, ...]

    @property
    def doubtful(self) -> int:
        """How many lines a person must decide on."""
        return sum(bool(line.doubts) for line in self._lines())

    def write(self, file_name: str) -> str:
        """Return the draft as the text of a plan file, drawn from the form of this name."""
        parts = ["\n".join(self._comments(file_name)), _together(self.head)]
        parts += [f"[due.{quarter}]\n{_together(lines)}" for quarter, lines in self.due.items()]
        parts += [f"[[indicators]]\n{_together(indicator.lines)}" for indicator in self.indicators]
        return "\n\n".join(parts) + "\n"

    def _comments(self, file_name: str) -> Iterator[str]:
        words = load_toml("plan_draft.toml")
        carried_over = words["former" if self.former else "no_former"]
        former = self.former.plan_id if self.former else ""
        facts = {
            "plan_id": self.plan_id,
            "file": " ".join(canonical(file_name).split()),
            "printed_en": self.years.printed,
            "printed_bn": bengali_digits(str(self.years.printed)),
            "former_en": carried_over["en"].format(former=former),
            "former_bn": carried_over["bn"].format(former=former),
            "count": self.doubtful,
            "count_bn": bengali_digits(str(self.doubtful)),
        }
        return (f"# {line.format(**facts)}" for line in words["head"])

    def _lines(self) -> Iterator[PlanLine[Value]]:
        yield from self.head
        for lines in self.due.values():
            yield from lines
        for indicator in self.indicators:
            yield from indicator.lines


def draft_plan(grid: Grid, *, annex_id: str = "", fiscal_year: FiscalYear | None = None) -> PlanDraft:
    """Draft a plan from an office form, the first of a file that holds several.

    The year is the form's own, or, where that has its plan already, the first one after it that has none;
    `annex_id` and `fiscal_year` say otherwise where they are given. Of forms of several annexes `annex_id`
    says which is meant. Raises `NoPlanInIt` where the file holds no office form, or does not tell its fiscal
    year, or of which of several annexes or years the plan is wanted.
    """
    form = _office_form(to_unicode_grid(grid)[0], annex_id)
    named = annex_id or annex_of(form) or ""
    years = _years(form, named, fiscal_year)
    former = latest_plan(named, before=years.drafted)
    annex = all_annexes().get(named)
    plan_id = f"{named or NEW_ANNEX}-{years.drafted}"
    indicators = draft_indicators(tuple(printed_indicators(form)), former, named, years)
    if not indicators:
        raise NoPlanInIt("its table names no indicator")
    return PlanDraft(
        plan_id=plan_id,
        years=years,
        former=former,
        head=(
            PlanLine("plan_id", plan_id),
            _annex_line(form, named, is_given=bool(annex_id)),
            _year_line(years),
            *_names(form, annex),
            *_marks(indicators, annex, former),
            _scoring(former),
        ),
        due=_due(former, years.drafted),
        indicators=indicators,
    )


def _office_form(grid: Grid, annex_id: str) -> Form:
    forms = find_forms(grid)
    if not forms:
        raise NoPlanInIt("it holds no table with columns for indicators and achievements")
    office_forms = [form for form in forms if form.kind is FormKind.OFFICE_FORM]
    if not office_forms:
        raise NoPlanInIt("it is a divisional matrix, which prints no target bands; take an office's own form")
    return _one_that_is_meant(office_forms, annex_id)


def _one_that_is_meant(forms: Sequence[Form], annex_id: str) -> Form:
    """Return one of several office forms that all print the same plan, as those of several offices do."""
    annexes = [annex_of(form) or "" for form in forms]
    if not annex_id and len(set(annexes)) > 1:
        told = ", ".join(sorted({annex for annex in annexes if annex}))
        raise NoPlanInIt(
            f"it holds reports on several annexes ({told}); name the one that is meant by --annex"
        )
    wanted = annex_id if annex_id in annexes else ""
    meant = [form for form, annex in zip(forms, annexes, strict=True) if annex == wanted] or forms
    years = [_year_of(form) for form in meant]
    told_years = {str(year) for year in years if year}
    if len(told_years) > 1:
        raise NoPlanInIt(
            f"it holds reports of several years ({', '.join(sorted(told_years))}); take one year's"
        )
    return next((form for form, year in zip(meant, years, strict=True) if year), meant[0])


def _years(form: Form, annex_id: str, wanted: FiscalYear | None) -> Years:
    printed = _year_of(form) or wanted
    if printed is None:
        raise NoPlanInIt("its fiscal year cannot be known; give it with --fiscal-year")
    return Years(printed, wanted or _first_without_plan(annex_id, printed))


def _year_of(form: Form) -> FiscalYear | None:
    """Return the fiscal year of a form, also where it tells no quarter."""
    stated = form.period()
    if stated.period:
        return stated.period.fiscal_year
    years = {said.fiscal_year for said in stated.statements if said.fiscal_year}
    return years.pop() if len(years) == 1 else None


def _first_without_plan(annex_id: str, year: FiscalYear) -> FiscalYear:
    while plan_of(annex_id, year):
        year = FiscalYear(year.start + 1)
    return year


# --- the head of the file ----------------------------------------------------------------------------


def _annex_line(form: Form, annex_id: str, *, is_given: bool) -> PlanLine[str]:
    if not annex_id:
        return PlanLine("annex", NEW_ANNEX, (doubt("annex_unknown", known=", ".join(all_annexes())),))
    is_certain = is_given or annex_id in {annex.annex_id for annex in annexes_named(_title_texts(form))}
    return PlanLine("annex", annex_id, () if is_certain else (doubt("annex_by_content"),))


def _year_line(years: Years) -> PlanLine[str]:
    doubts = (doubt("year_moved", printed=years.printed),) if years.apart else ()
    return PlanLine("fiscal_year", str(years.drafted), doubts)


def _names(form: Form, annex: Annex | None) -> Iterator[PlanLine[Value]]:
    in_title = _name_in_title(form)
    if annex is None:
        named = doubt("name_taken" if in_title else "name_unknown")
        yield PlanLine("name_bn", in_title, (named,))
        yield PlanLine("name_en", "", (doubt("name_unknown"),))
        yield PlanLine("title_phrases", (in_title or NEW_ANNEX,), (doubt("title_unknown"),))
        return
    yield PlanLine("name_bn", annex.name_bn)
    yield PlanLine("name_en", annex.name_en)
    if in_title and annex not in annexes_named(_title_texts(form)):
        yield PlanLine("title_phrases", (*annex.title_phrases, in_title), (doubt("title_new"),))
    else:
        yield PlanLine("title_phrases", annex.title_phrases)


def _name_in_title(form: Form) -> str:
    """Return the shortest name of a plan in the title, without the number of its annex."""
    lines = [" ".join(canonical(line.text).split()) for line in (*form.title, *form.cover)]
    names = [
        f"{topic}{word}"
        for line in lines
        for word in load_toml("plan_draft.toml")["plan_words"]
        if word in line and (topic := line.partition(word)[0].rpartition(":")[2].lstrip())
    ]
    return min(names, key=len, default="")


def _title_texts(form: Form) -> list[str]:
    return [" ".join(line.text for line in lines) for lines in (form.title, form.cover)]


def _marks(
    indicators: Sequence[IndicatorDraft], annex: Annex | None, former: Plan | None
) -> Iterator[PlanLine[float]]:
    """Yield what the weights add to, since a plan whose weights do not add to its marks would not load."""
    total = sum(indicator.weight for indicator in indicators)
    doubts = list(_indicators_gone(indicators, former))
    if annex and total != annex.marks:
        doubts.append(doubt("marks_not_as_before", total=total, before=annex.marks))
    yield PlanLine("marks", total, tuple(doubts))
    if annex:
        yield PlanLine("weighted_marks", annex.weighted_marks)
    else:
        yield PlanLine("weighted_marks", total, (doubt("weighted_marks_unknown"),))


def _indicators_gone(indicators: Sequence[IndicatorDraft], former: Plan | None) -> Iterator[Doubt]:
    carried_on = {indicator.key for indicator in indicators}
    gone = [line for line in former.indicators if line.key not in carried_on] if former else []
    if gone:
        named = "; ".join(f"[{line.code}] {line.statement}" for line in gone)
        yield doubt("indicators_gone", gone_bn=bengali_digits(named), gone_en=named)


def _scoring(former: Plan | None) -> PlanLine[str]:
    if former:
        return PlanLine("scoring", former.scoring)
    return PlanLine("scoring", "linear", (doubt("scoring_unknown"),))


# --- the due dates -----------------------------------------------------------------------------------


def _due(former: Plan | None, year: FiscalYear) -> dict[int, tuple[PlanLine[Value], ...]]:
    if former is None:
        return {quarter: (_usual_due_date(year, quarter),) for quarter in QUARTERS}
    later = year.start - former.fiscal_year.start
    return {
        quarter: tuple(PlanLine(level, years_later(day, later)) for level, day in by_level.items())
        for quarter, by_level in former.due.items()
    }


def _usual_due_date(year: FiscalYear, quarter: int) -> PlanLine[Value]:
    _, last_day = year.quarter_days(quarter)
    return PlanLine("default", last_day + USUAL_DAYS_TO_REPORT, (doubt("due_unknown"),))


def _together(lines: tuple[PlanLine[Value], ...]) -> str:
    return "\n".join(map(str, lines))
