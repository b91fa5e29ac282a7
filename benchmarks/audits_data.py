"""Audits of many authorities, written straight into the tables, as much as a region would have after some years."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Table, insert

from tracker.audits.blind.rules import Moderation
from tracker.audits.models import Audit, AuditAnswer, DomainGrade, Finding
from tracker.audits.rules import AuditState, FamilyFeedback, FindingState
from tracker.audits.tools import toolbox
from tracker.people.models import Authority, Membership, Person, Team
from tracker.people.rules import Role
from tracker.platform.db import db
from tracker.platform.references import ReferenceCounter

Row = dict[str, Any]

TODAY = date(2026, 11, 20)
DAYS = 1_095
"""Three years of audits."""
TEAMS = 8
TOOL = "supervision"
"""A tool of few domains: there are a million audits to write."""
AT_ONCE = 2_000


@dataclass(frozen=True)
class Size:
    """How much one authority has."""

    audits: int
    answers: int = 0
    """For each audit."""


def fill(slugs: Iterable[str], size: Size, *, seed: int) -> None:
    """Write authorities with their auditors, teams, audits and findings; the same seed gives the same."""
    for place, slug in enumerate(slugs):
        _authority(slug, size, Random(seed + place))  # noqa: S311  # no secret, only variety
        db.session.commit()


def _authority(slug: str, size: Size, chance: Random) -> None:
    authority: Row = {"id": _id(chance), "slug": slug, "name": slug.capitalize()}
    person: Row = {
        "id": _id(chance),
        "email": f"qa@{slug}.example.org",
        "name": "Auditor",
        "password_hash": "",
        "active": True,
    }
    role = {"id": _id(chance), "authority_id": authority["id"], "person_id": person["id"], "role": Role.QA_OFFICER,
            "job_title": ""}  # fmt: skip
    teams = [
        {"id": _id(chance), "authority_id": authority["id"], "name": f"Team {number}", "service": "Services"}
        for number in range(TEAMS)
    ]
    for model, rows in ((Authority, [authority]), (Person, [person]), (Membership, [role]), (Team, teams)):
        _write(model, rows)
    audits = list(_audits(authority["id"], person["id"], teams, size, chance))
    _write(Audit, audits)
    _write(DomainGrade, _domains(audits, chance))
    _write(Finding, _findings(authority["id"], audits, chance))
    counters = (("Q", size.audits), ("F", size.audits))
    _write(
        ReferenceCounter,
        [{"id": _id(chance), "authority_id": authority["id"], "prefix": one, "last": last} for one, last in counters],
    )
    if size.answers:
        _write(AuditAnswer, _answers(audits, size.answers, chance))


def _audits(authority: UUID, auditor: UUID, teams: list[Row], size: Size, chance: Random) -> Iterator[Row]:
    tool = toolbox().newest(TOOL)
    grades = [grade.code for grade in tool.grades]
    for number in range(1, size.audits + 1):
        on = TODAY - timedelta(days=chance.randrange(DAYS))
        yield {
            "id": _id(chance), "number": number, "version": 1, "authority_id": authority, "tool_id": tool.id,
            "tool_version": tool.version, "area_code": tool.areas[0], "case_reference": f"C-{number % 9_999_999}",
            "team_id": chance.choice(teams)["id"], "period_from": on - timedelta(days=182), "period_to": on,
            "audited_on": on, "auditor_id": auditor, "with_practitioner": chance.random() < 0.6,
            "family_feedback": chance.choice(list(FamilyFeedback)), "state": AuditState.DONE,
            "moderation": Moderation.NOT_CHOSEN, "grade_code": chance.choice(grades),
        }  # fmt: skip


def _domains(audits: list[Row], chance: Random) -> Iterator[Row]:
    tool = toolbox().newest(TOOL)
    grades = [grade.code for grade in tool.grades]
    for audit in audits:
        for place, domain in enumerate(tool.domains):
            yield {
                "id": _id(chance), "version": 1, "audit_id": audit["id"], "position": place,
                "domain_code": domain.code, "grade_code": chance.choice(grades),
            }  # fmt: skip


def _findings(authority: UUID, audits: list[Row], chance: Random) -> Iterator[Row]:
    """One for every fourth audit; half are closed."""
    for number, audit in enumerate(audits[::4], start=1):
        raised = audit["audited_on"]
        closed = raised + timedelta(days=chance.randrange(7, 120)) if number % 2 else None
        yield {
            "id": _id(chance), "number": number, "version": 1, "authority_id": authority, "audit_id": audit["id"],
            "what": "Nobody wrote why", "theme_code": chance.choice(("LD08", "LD09", "HP08")), "raised_on": raised,
            "agree_by": raised + timedelta(days=14), "state": FindingState.CLOSED if closed else FindingState.OPEN,
            "closed_on": closed, "closed_because": "Reasons are written now" if closed else "",
            "closed_evidence": "E-1" if closed else "",
        }  # fmt: skip


def _answers(audits: list[Row], number: int, chance: Random) -> Iterator[Row]:
    tool = toolbox().newest(TOOL)
    for audit in audits:
        for place in range(number):
            yield {
                "id": _id(chance), "audit_id": audit["id"],
                "domain_code": tool.domains[place % len(tool.domains)].code, "question_code": f"q{place}",
                "answer": chance.choice(("Yes", "No")),
            }  # fmt: skip


def _write(model: type[Any], rows: Iterable[Row]) -> None:
    table: Table = model.__table__
    remaining = iter(rows)
    while chunk := list(islice(remaining, AT_ONCE)):
        db.session.execute(insert(table), chunk)


def _id(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)
