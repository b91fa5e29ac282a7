"""The boards and partner organisations of an authority, and how many actions name each."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.actions.models import Action, GovernanceBoard
from tracker.people.models import Authority, PartnerOrganisation
from tracker.platform.db import db


def boards(authority: Authority) -> Sequence[GovernanceBoard]:
    """By name."""
    return db.session.scalars(
        select(GovernanceBoard).where(GovernanceBoard.authority_id == authority.id).order_by(GovernanceBoard.name)
    ).all()


def board(authority: Authority, board_id: UUID) -> GovernanceBoard | None:
    return db.session.scalars(
        select(GovernanceBoard).where(GovernanceBoard.authority_id == authority.id, GovernanceBoard.id == board_id)
    ).one_or_none()


def partners(authority: Authority) -> Sequence[PartnerOrganisation]:
    """By kind and name."""
    return db.session.scalars(
        select(PartnerOrganisation)
        .where(PartnerOrganisation.authority_id == authority.id)
        .order_by(PartnerOrganisation.kind, PartnerOrganisation.name)
    ).all()


def partner(authority: Authority, partner_id: UUID) -> PartnerOrganisation | None:
    return db.session.scalars(
        select(PartnerOrganisation).where(
            PartnerOrganisation.authority_id == authority.id, PartnerOrganisation.id == partner_id
        )
    ).one_or_none()


def boards_in_use(authority: Authority) -> Mapping[UUID, int]:
    """How many actions each board watches over."""
    return _named(authority, Action.board_id)


def partners_in_use(authority: Authority) -> Mapping[UUID, int]:
    """How many actions each partner shares."""
    return _named(authority, Action.partner_id)


def _named(authority: Authority, column: InstrumentedAttribute[UUID | None]) -> Mapping[UUID, int]:
    rows = db.session.execute(
        select(column, func.count()).where(Action.authority_id == authority.id, column.is_not(None)).group_by(column)
    )
    return {found: number for found, number in rows if found is not None}
