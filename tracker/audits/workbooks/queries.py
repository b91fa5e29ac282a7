"""Audits that can be answered in a workbook, and workbooks that came back. The authority comes first."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.audits.models import Audit
from tracker.audits.programme import queries as programme
from tracker.audits.programme.models import Allocation
from tracker.audits.rules import AuditState
from tracker.audits.workbooks.models import AuditExport, AuditReturn
from tracker.people.models import Authority, Person
from tracker.platform import brought_in
from tracker.platform.db import db
from tracker.platform.workbooks import Sheet


def drafts(authority: Authority, auditor: Person) -> Sequence[Audit]:
    """An auditor's drafts by number, with all that a workbook says of them."""
    return db.session.scalars(
        select(Audit)
        .where(Audit.authority_id == authority.id, Audit.auditor_id == auditor.id, Audit.state == AuditState.DRAFT)
        .options(joinedload(Audit.team), selectinload(Audit.domains), selectinload(Audit.answers))
        .order_by(Audit.number)
    ).all()


def to_begin(authority: Authority, auditor: Person) -> Sequence[Allocation]:
    """Cases that an auditor was given and has not begun, soonest due first, whenever they are due."""
    return programme.waiting_for(authority, until=date.max, auditor_id=auditor.id)


def audits(authority: Authority, numbers: Sequence[int]) -> Sequence[Audit]:
    """The audits of a workbook, whatever has become of them."""
    return db.session.scalars(
        select(Audit)
        .where(Audit.authority_id == authority.id, Audit.number.in_(numbers))
        .options(
            joinedload(Audit.team),
            joinedload(Audit.auditor),
            joinedload(Audit.moderator),
            selectinload(Audit.domains),
            selectinload(Audit.answers),
        )
        .order_by(Audit.number)
    ).all()


def export(authority: Authority, export_id: UUID) -> AuditExport | None:
    return db.session.scalars(
        select(AuditExport).where(AuditExport.authority_id == authority.id, AuditExport.id == export_id)
    ).one_or_none()


def brought_back(authority: Authority, return_id: UUID, *, by: Person) -> AuditReturn | None:
    """Only to the one who brought it: it holds her own drafts."""
    return db.session.scalars(
        select(AuditReturn)
        .where(
            AuditReturn.authority_id == authority.id, AuditReturn.id == return_id, AuditReturn.brought_by_id == by.id
        )
        .options(joinedload(AuditReturn.export))
    ).one_or_none()


def content(back: AuditReturn) -> Sequence[Sheet]:
    return brought_in.kept(back.file_sha256)
