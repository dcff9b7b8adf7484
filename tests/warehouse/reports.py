"""Reports as the readers hand them over, made by hand: who said what of which indicator."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from extractors.submission import Channel, Submission, submission_id_of
from transforms.finding import Finding
from transforms.fiscal_year import FiscalYear
from transforms.observation import Observation, TargetBand
from transforms.office import office_of
from transforms.plan import Plan, plan_of
from transforms.report import Report

# A figure, a day, a state, or the fields of an observation that are not as usual.
Answer = float | date | str | Mapping[str, object]
Answers = Mapping[str, Answer]
Bands = Mapping[str, Mapping[int, float | date]]


def egov(fiscal_year: str) -> Plan:
    plan = plan_of("egov", FiscalYear.parse(fiscal_year))
    assert plan is not None
    return plan


def submission(
    name: str, received: str = "2025-01-10T06:00", *, channel: Channel = Channel.FOLDER, sender: str = ""
) -> Submission:
    """A file of this name, whose bytes are its name."""
    moment = datetime.fromisoformat(received).replace(tzinfo=UTC)
    return Submission(submission_id_of(name.encode()), name, channel, sender, moment, moment)


def office_report(
    sent: Submission,
    answers: Answers,
    *,
    office: str = "khulna",
    quarter: int = 2,
    fiscal_year: str = "2024-25",
    bands: Bands | None = None,
    findings: tuple[Finding, ...] = (),
) -> Report:
    plan = egov(fiscal_year)
    return Report(
        submission_id=sent.submission_id,
        form="office_form",
        plan_id=plan.plan_id,
        office_id=office,
        division_id=office_of(office).division_id,
        fiscal_year=fiscal_year,
        quarter=quarter,
        observations=tuple(_observation(sent, plan, office, quarter, *answer) for answer in answers.items()),
        target_bands=_target_bands(sent, plan, office, bands or {}),
        findings=findings,
    )


def matrix_report(
    sent: Submission,
    answers: Mapping[str, Answers],
    *,
    division: str = "khulna",
    quarter: int = 2,
    fiscal_year: str = "2024-25",
    bands: Bands | None = None,
) -> Report:
    """A divisional matrix; `answers` are those of each office, `bands` stand in every office's row."""
    plan = egov(fiscal_year)
    return Report(
        submission_id=sent.submission_id,
        form="divisional_matrix",
        plan_id=plan.plan_id,
        division_id=division,
        fiscal_year=fiscal_year,
        quarter=quarter,
        observations=tuple(
            _observation(sent, plan, office, quarter, *answer)
            for office, of_office in answers.items()
            for answer in of_office.items()
        ),
        target_bands=tuple(
            band for office in answers for band in _target_bands(sent, plan, office, bands or {})
        ),
    )


def all_indicators(answer: Answer, *, fiscal_year: str = "2024-25") -> dict[str, Answer]:
    """The same answer to every indicator of the year's plan."""
    return {indicator.code: answer for indicator in egov(fiscal_year).indicators}


def _observation(
    sent: Submission, plan: Plan, office: str, quarter: int, code: str, answer: Answer
) -> Observation:
    indicator = plan.indicator(code)
    assert indicator is not None
    usual: dict[str, object] = {
        "fiscal_year": str(plan.fiscal_year),
        "quarter": quarter,
        "division_id": office_of(office).division_id,
        "office_id": office,
        "plan_id": plan.plan_id,
        "indicator_code": code,
        "indicator_key": indicator.key,
        "unit": indicator.unit,
        "weight": indicator.weight,
        "state": "reported",
        "value": None,
        "value_date": None,
        "achieved_quarter": None,
        "achieved_by": None,
        "planned_quarter": None,
        "planned_date": None,
        "achievement_raw": str(answer),
        "remark_raw": "",
        "submission_id": sent.submission_id,
        "cell": f"table 1 {office} {code}",
    }
    said = {**usual, **_said(answer)}
    texts = {"achievement_text": said["achievement_raw"], "remark_text": said["remark_raw"]}
    return Observation(**{**said, **texts})  # type: ignore[arg-type]


def _said(answer: Answer) -> Mapping[str, object]:
    if isinstance(answer, str):
        return {"state": answer}
    if isinstance(answer, date):
        return {"value_date": answer}
    if isinstance(answer, Mapping):
        return {"achievement_raw": "-", **answer}
    return {"value": float(answer)}


def _target_bands(sent: Submission, plan: Plan, office: str, bands: Bands) -> tuple[TargetBand, ...]:
    return tuple(
        TargetBand(
            fiscal_year=str(plan.fiscal_year),
            plan_id=plan.plan_id,
            office_id=office,
            indicator_code=code,
            band=band,
            target_value=None if isinstance(target, date) else float(target),
            target_date=target if isinstance(target, date) else None,
            target_raw=str(target),
            submission_id=sent.submission_id,
            cell=f"table 1 {code} {band}",
        )
        for code, ladder in bands.items()
        for band, target in ladder.items()
    )
