"""Waivers: findings that a person has looked into, so that nothing more is asked about them.

A waived finding becomes a note that names who settled it. It gives no figure back that was withheld, and
admits no report that was rejected.
"""

from dataclasses import dataclass, replace
from functools import cache

from transforms.dates import write_date
from transforms.decision import Decision, read_decisions
from transforms.finding import Finding, Severity
from transforms.office import all_divisions
from transforms.plan import all_plans
from transforms.reference import load_toml, replacement_folder
from transforms.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(Decision):
    """One `[[waiver]]`: this code, raised about this office's indicator, is settled.

    `indicator` is empty for a finding about no single one. `division` stands in place of `office` for a
    finding about a divisional matrix as a whole.
    """

    code: str
    division: str = ""
    indicator: str = ""

    def __post_init__(self) -> None:
        Decision.__post_init__(self)
        if bool(self.office) == bool(self.division):
            raise ValueError("name the `office`, or for a matrix as a whole the `division`")
        if self.division not in {"", *(division.division_id for division in all_divisions())}:
            raise ValueError(f"no division is called `{self.division}`")
        described = load_toml("findings.toml").get(self.code)
        if described is None or described["severity"] == Severity.REJECT:
            raise ValueError(f"`{self.code}` is no finding that can be waived")


@dataclass(frozen=True, slots=True)
class ReportPlace:
    """Whose report a finding was raised about, of which annex, and for when; what is not known is empty.

    `office_id` is empty for a matrix.
    """

    office_id: str
    division_id: str
    fiscal_year: str
    quarter: int | None
    annex: str


def declared_waivers() -> tuple[Waiver, ...]:
    """Return every declared waiver; raises `ReferenceMistake` for one that cannot be meant."""
    return _declared(replacement_folder())


@cache
def _declared(_folder: str) -> tuple[Waiver, ...]:
    return read_decisions(Waiver, "waiver")


def waive(report: Report) -> Report:
    """Return the report with its waived findings lowered to notes."""
    annex = next((plan.annex for plan in all_plans() if plan.plan_id == report.plan_id), "")
    place = ReportPlace(report.office_id, report.division_id, report.fiscal_year, report.quarter, annex)
    return replace(report, findings=tuple(lower(found, place) for found in report.findings))


def lower(found: Finding, place: ReportPlace) -> Finding:
    """Return a finding as a note where a person has waived it, else as it is; a rejection always stays."""
    waiver = _waiver_of(found, place)
    if waiver is None or found.severity is Severity.REJECT:
        return found
    words = load_toml("words.toml")["waived"]
    settled_bn = words["bn"].format(who=waiver.who, when=write_date(waiver.when), reason=waiver.reason)
    settled_en = words["en"].format(who=waiver.who, when=waiver.when, reason=waiver.reason)
    return found._replace(
        severity=Severity.NOTE,
        message_bn=f"{found.message_bn} {settled_bn}",
        message_en=f"{found.message_en} {settled_en}",
        waived_by=waiver.who,
    )


def _waiver_of(found: Finding, place: ReportPlace) -> Waiver | None:
    office_id = found.office_id or place.office_id
    division_id = "" if office_id else place.division_id
    sought = (found.code, office_id, division_id, place.fiscal_year, place.quarter, found.indicator_code)
    return next(
        (
            waiver
            for waiver in declared_waivers()
            if _key(waiver) == sought and waiver.annex in ("", place.annex)
        ),
        None,
    )


def _key(waiver: Waiver) -> tuple[str, str, str, str, int, str]:
    return (
        *(waiver.code, waiver.office, waiver.division),
        *(waiver.fiscal_year, waiver.quarter, waiver.indicator),
    )
