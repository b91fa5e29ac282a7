"""Questions about warnings. The authority comes first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from tracker.evidence.guard import rules
from tracker.evidence.guard.models import ChildDataWarning
from tracker.evidence.guard.rules import Decision
from tracker.evidence.models import Evidence
from tracker.people.models import Authority, Person
from tracker.platform.child_data import Sign
from tracker.platform.db import db


@dataclass(frozen=True)
class Wanted:
    """What the report is asked to show; None leaves a question out."""

    undecided: bool = False
    decision: Decision | None = None
    sign: Sign | None = None


@dataclass(frozen=True)
class Counts:
    all: int
    undecided: int
    by_decision: dict[Decision, int]
    by_sign: dict[Sign, int]


def warnings_of(evidence: Evidence) -> Sequence[ChildDataWarning]:
    """Those about the file that a piece of evidence has now, and what was decided about earlier ones, in order."""
    return db.session.scalars(
        select(ChildDataWarning)
        .where(
            ChildDataWarning.evidence_id == evidence.id,
            ChildDataWarning.file_sha256.is_not(None),
            ChildDataWarning.decision.is_not(None) | (ChildDataWarning.file_sha256 == evidence.file_sha256),
        )
        .options(joinedload(ChildDataWarning.decided_by))
        .order_by(ChildDataWarning.warned_at, ChildDataWarning.position)
    ).all()


def undecided(evidence: Evidence, file_sha256: str | None) -> Sequence[ChildDataWarning]:
    """Warnings about one of its files, newest or not, about which nobody has decided."""
    return db.session.scalars(
        select(ChildDataWarning)
        .where(
            ChildDataWarning.evidence_id == evidence.id,
            ChildDataWarning.file_sha256 == file_sha256,
            ChildDataWarning.decision.is_(None),
        )
        .order_by(ChildDataWarning.position)
    ).all()


def held_back(authority: Authority) -> Collection[UUID]:
    """The evidence whose file is held back until somebody decides about a warning."""
    return frozenset(
        db.session.scalars(
            select(ChildDataWarning.evidence_id)
            .where(ChildDataWarning.authority_id == authority.id, ChildDataWarning.decision.is_(None))
            .distinct()
        )
    )


def held_back_files(authority: Authority) -> Mapping[str, str]:
    """The files that are held back, by their SHA-256, each with why in a sentence."""
    undecided = select(ChildDataWarning.file_sha256).where(
        ChildDataWarning.authority_id == authority.id,
        ChildDataWarning.decision.is_(None),
        ChildDataWarning.file_sha256.is_not(None),
    )
    return {sha256: rules.HELD_BACK for sha256 in db.session.scalars(undecided.distinct()) if sha256}


def why_held_back(evidence: Evidence, file_sha256: str | None, person: Person, *, decides: bool) -> str:
    """Why ``person`` may not open a file, as a sentence; empty if she may. ``decides``: she may about anybody's."""
    warnings = undecided(evidence, file_sha256)
    mine = person.id in {evidence.owner_id, *(warning.added_by_id for warning in warnings)}
    return "" if decides or mine or not warnings else rules.HELD_BACK


def report(authority: Authority, wanted: Wanted) -> Select[Any]:
    """Every warning as it was asked for, the newest first, as a select."""
    return (
        select(ChildDataWarning)
        .where(ChildDataWarning.authority_id == authority.id, *_conditions(wanted))
        .options(
            joinedload(ChildDataWarning.evidence),
            joinedload(ChildDataWarning.added_by),
            joinedload(ChildDataWarning.decided_by),
        )
        .order_by(ChildDataWarning.warned_at.desc(), ChildDataWarning.evidence_id, ChildDataWarning.position)
    )


def counts(authority: Authority) -> Counts:
    """One statement, grouped in the database."""
    rows = db.session.execute(
        select(ChildDataWarning.sign, ChildDataWarning.decision, func.count())
        .where(ChildDataWarning.authority_id == authority.id)
        .group_by(ChildDataWarning.sign, ChildDataWarning.decision)
    ).all()
    return Counts(
        all=sum(row[2] for row in rows),
        undecided=sum(row[2] for row in rows if row[1] is None),
        by_decision={one: sum(row[2] for row in rows if row[1] is one) for one in Decision},
        by_sign={one: sum(row[2] for row in rows if row[0] is one) for one in Sign},
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.undecided:
        conditions.append(ChildDataWarning.decision.is_(None))
    if wanted.decision is not None:
        conditions.append(ChildDataWarning.decision == wanted.decision)
    if wanted.sign is not None:
        conditions.append(ChildDataWarning.sign == wanted.sign)
    return conditions
