"""What is due for disposal, what is held, the lists that people look through, and the log of what went."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from tracker.evidence.models import Evidence
from tracker.evidence.retention import rules
from tracker.evidence.retention.models import Disposal, DisposalLine, DisposalList, KeptFor, LegalHold
from tracker.evidence.rules import Kind
from tracker.people.models import Authority
from tracker.platform.db import db


def kept_for(authority: Authority) -> KeptFor | None:
    """None until somebody has said for how long each kind is kept: then nothing is due."""
    return db.session.scalars(
        select(KeptFor).where(KeptFor.authority_id == authority.id).options(joinedload(KeptFor.confirmed_by))
    ).one_or_none()


def years(kept: KeptFor | None) -> Mapping[Kind, int]:
    """What was confirmed, else what is proposed."""
    return {kind: kept.years[kind.value] if kept else proposed for kind, proposed in rules.PROPOSED_YEARS.items()}


def due(authority: Authority, kept: KeptFor, today: date) -> Select[Evidence]:
    """Evidence that has been kept as long as its kind has to be, the oldest first. What is held is not among it, nor
    what somebody took off a list until a later day."""
    return (
        select(Evidence)
        .where(
            Evidence.authority_id == authority.id,
            Evidence.disposed_on.is_(None),
            or_(*(_kept_long_enough(kind, number, today) for kind, number in years(kept).items())),
            ~exists().where(
                LegalHold.authority_id == authority.id,
                or_(LegalHold.evidence_id.is_(None), LegalHold.evidence_id == Evidence.id),
                LegalHold.lifted_on.is_(None),
            ),
            ~exists().where(DisposalLine.evidence_id == Evidence.id, DisposalLine.kept_until > today),
        )
        .order_by(Evidence.dated, Evidence.number)
    )


def count_due(authority: Authority, kept: KeptFor, today: date) -> int:
    asked = due(authority, kept, today).order_by(None).with_only_columns(Evidence.id).subquery()
    return db.session.scalar(select(func.count()).select_from(asked)) or 0


def holds(authority: Authority) -> Sequence[LegalHold]:
    """Those that last first, then the newest first."""
    return db.session.scalars(
        select(LegalHold)
        .where(LegalHold.authority_id == authority.id)
        .options(joinedload(LegalHold.evidence), joinedload(LegalHold.held_by), joinedload(LegalHold.lifted_by))
        .order_by(LegalHold.lifted_on.is_not(None), LegalHold.held_on.desc(), LegalHold.id)
    ).all()


def hold(authority: Authority, hold_id: UUID) -> LegalHold | None:
    return db.session.scalars(
        select(LegalHold).where(LegalHold.id == hold_id, LegalHold.authority_id == authority.id)
    ).one_or_none()


def holds_on(evidence: Evidence) -> Sequence[LegalHold]:
    """Those that last and keep this piece, the ones over everything among them."""
    return db.session.scalars(
        select(LegalHold)
        .where(
            LegalHold.authority_id == evidence.authority_id,
            or_(LegalHold.evidence_id.is_(None), LegalHold.evidence_id == evidence.id),
            LegalHold.lifted_on.is_(None),
        )
        .options(joinedload(LegalHold.held_by))
        .order_by(LegalHold.held_on)
    ).all()


def lists(authority: Authority) -> Sequence[DisposalList]:
    """The newest first."""
    return db.session.scalars(
        select(DisposalList).where(DisposalList.authority_id == authority.id).order_by(DisposalList.number.desc())
    ).all()


def disposal_list(authority: Authority, number: int) -> DisposalList | None:
    return db.session.scalars(
        select(DisposalList)
        .where(DisposalList.authority_id == authority.id, DisposalList.number == number)
        .options(
            joinedload(DisposalList.drawn_up_by),
            joinedload(DisposalList.sent_by),
            joinedload(DisposalList.approved_by),
        )
    ).one_or_none()


def lines(listed: DisposalList) -> Sequence[DisposalLine]:
    """What is to go before what is kept, each the oldest first."""
    return db.session.scalars(
        select(DisposalLine)
        .join(DisposalLine.evidence)
        .where(DisposalLine.list_id == listed.id)
        .options(joinedload(DisposalLine.evidence).joinedload(Evidence.owner))
        .order_by(DisposalLine.kept_until.is_not(None), Evidence.dated, Evidence.number)
    ).all()


def line(listed: DisposalList, line_id: UUID) -> DisposalLine | None:
    return db.session.scalars(
        select(DisposalLine).where(DisposalLine.id == line_id, DisposalLine.list_id == listed.id)
    ).one_or_none()


def log(authority: Authority) -> Select[Disposal]:
    """What went, the last first."""
    return (
        select(Disposal)
        .where(Disposal.authority_id == authority.id)
        .order_by(Disposal.disposed_on.desc(), Disposal.evidence_number)
    )


def disposal_of(evidence: Evidence) -> Disposal | None:
    """The decision by which its content went."""
    return db.session.scalars(
        select(Disposal).where(
            Disposal.authority_id == evidence.authority_id, Disposal.evidence_number == evidence.number
        )
    ).one_or_none()


def _kept_long_enough(kind: Kind, number: int, today: date) -> ColumnElement[bool]:
    """As ``rules.due_on`` judges, for the database."""
    until = rules.years_after(today, -number)
    later = (Evidence.period_to, Evidence.looked_again_on, Evidence.withdrawn_on)
    return and_(
        Evidence.kind == kind,
        Evidence.dated <= until,
        *(or_(column.is_(None), column <= until) for column in later),
    )
