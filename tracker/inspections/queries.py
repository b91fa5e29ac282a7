"""Every question asked about reports: those recorded, and those that wait to be checked."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.frameworks import queries as frameworks
from tracker.frameworks.rules import PastInspection
from tracker.inspections.models import Inspection, Review
from tracker.inspections.rules import ReviewState
from tracker.people.models import Authority
from tracker.platform.db import db


def inspections(authority: Authority) -> Sequence[Inspection]:
    """Every recorded report, latest fieldwork first, with its judgements."""
    return db.session.scalars(
        select(Inspection)
        .where(Inspection.authority_id == authority.id)
        .options(selectinload(Inspection.judgements))
        .order_by(Inspection.fieldwork_from.desc(), Inspection.number.desc())
    ).all()


def inspections_with_items(authority: Authority) -> Sequence[Inspection]:
    """As ``inspections``, with the improvement items of each."""
    return db.session.scalars(
        select(Inspection)
        .where(Inspection.authority_id == authority.id)
        .options(selectinload(Inspection.judgements), selectinload(Inspection.items))
        .order_by(Inspection.fieldwork_from.desc(), Inspection.number.desc())
    ).all()


def inspection(authority: Authority, number: int) -> Inspection | None:
    """One recorded report with its judgements, paragraphs, items and what they are mapped to."""
    return db.session.scalars(
        select(Inspection)
        .where(Inspection.authority_id == authority.id, Inspection.number == number)
        .options(
            selectinload(Inspection.judgements),
            selectinload(Inspection.paragraphs),
            selectinload(Inspection.items),
        )
    ).one_or_none()


def latest(authority: Authority, *, regime: str) -> Inspection | None:
    """The latest report of a regime that gave grades, with its judgements."""
    ids = [framework.id for framework in frameworks.library().of_regime(regime)]
    known = [one for one in inspections(authority) if one.framework_id in ids and one.judgements]
    return known[0] if known else None


def past(authority: Authority) -> list[PastInspection]:
    """What ``frameworks.rules.grade_history`` needs of every report that graded something."""
    return [as_past(one) for one in reversed(inspections(authority)) if one.judgements]


def as_past(inspection: Inspection) -> PastInspection:
    return PastInspection(
        framework=frameworks.library().framework(inspection.framework_id),
        fieldwork_began=inspection.fieldwork_from,
        grades={judgement.area_code: judgement.grade_code for judgement in inspection.judgements},
        reference=inspection.reference,
    )


def inspection_of_file(authority: Authority, sha256: str) -> Inspection | None:
    return db.session.scalars(
        select(Inspection).where(Inspection.authority_id == authority.id, Inspection.file_sha256 == sha256)
    ).one_or_none()


def review(authority: Authority, review_id: UUID) -> Review | None:
    return db.session.scalars(
        select(Review)
        .where(Review.authority_id == authority.id, Review.id == review_id)
        .options(joinedload(Review.read_for))
    ).one_or_none()


def review_of_file(authority: Authority, sha256: str) -> Review | None:
    """The review of this file that still waits, if there is one."""
    return db.session.scalars(
        select(Review)
        .where(
            Review.authority_id == authority.id,
            Review.file_sha256 == sha256,
            Review.state == ReviewState.TO_CHECK,
        )
        .limit(1)
    ).one_or_none()


def reviews_waiting(authority: Authority) -> Sequence[Review]:
    """What was read and nobody has accepted, latest first, with who asked for it."""
    return db.session.scalars(
        select(Review)
        .where(Review.authority_id == authority.id, Review.state == ReviewState.TO_CHECK)
        .options(joinedload(Review.read_for))
        .order_by(Review.read_at.desc())
    ).all()
