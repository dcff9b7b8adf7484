"""The decisions: every declared correction and waiver, and what became of it.

A correction may wait for a report that never came, or expect a text that no report holds. So each is listed,
applied or not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from duckdb import DuckDBPyConnection

from transforms.corrections import declared_corrections
from transforms.decision import Decision
from transforms.reference import load_toml
from transforms.waivers import declared_waivers
from warehouse.rows import differs_from_incoming, incoming
from warehouse.statements import rows, run_text, sql

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """A decision that has changed nothing. `whose` is an office, or a division for its matrix as a whole.

    `about` names the annex where it is given, then the field of an indicator, or a finding's code and its
    indicator; `outcome` is a word of the column of that name.
    """

    kind: str
    whose: str
    fiscal_year: str
    quarter: int
    about: str
    outcome: str

    @property
    def reason(self) -> str:
        """Why it has changed nothing, in words."""
        return str(load_toml("words.toml")["decision_outcomes"][self.outcome]["en"])


def refresh_decisions(connection: DuckDBPyConnection) -> None:
    """Set the table of decisions anew, by the reference files and the reports as they are now."""
    with incoming(connection, "decisions", _decided(connection)):
        run_text(connection, sql("load/replace").format(table="decisions"))


def is_decided_otherwise(connection: DuckDBPyConnection) -> bool:
    """Whether the table of decisions would say anything else if it were set anew; changes nothing."""
    with incoming(connection, "decisions", _decided(connection)):
        return differs_from_incoming(connection, "decisions")


def open_decisions(connection: DuckDBPyConnection) -> tuple[OpenDecision, ...]:
    """Return the decisions of the reference files, as they are now, that have changed nothing."""
    return tuple(_open(row) for row in _decided(connection) if row["outcome"] != "applied")


def _decided(connection: DuckDBPyConnection) -> list[dict[str, Any]]:
    with incoming(connection, "decisions", _declared()):
        return rows(connection, "ask/decisions")


def _open(row: dict[str, Any]) -> OpenDecision:
    parts = (row["annex"], row["finding_code"], row["indicator_code"], row["field"])
    return OpenDecision(
        kind=row["kind"],
        whose=row["office_id"] or row["division_id"],
        fiscal_year=row["fiscal_year"],
        quarter=row["quarter"],
        about=" ".join(part for part in parts if part),
        outcome=row["outcome"],
    )


def _declared() -> Iterator[Row]:
    for correction in declared_corrections():
        yield {
            **_decision("correction", correction),
            "indicator_code": correction.indicator,
            "field": correction.field,
            "expected_raw": correction.expect,
            "corrected_to": correction.value,
        }
    for waiver in declared_waivers():
        yield {
            **_decision("waiver", waiver),
            "division_id": waiver.division,
            "indicator_code": waiver.indicator,
            "finding_code": waiver.code,
        }


def _decision(kind: str, decision: Decision) -> Row:
    return {
        "kind": kind,
        "office_id": decision.office,
        "fiscal_year": decision.fiscal_year,
        "quarter": decision.quarter,
        "annex": decision.annex,
        "reason": decision.reason,
        "decided_by": decision.who,
        "decided_on": decision.when,
    }
