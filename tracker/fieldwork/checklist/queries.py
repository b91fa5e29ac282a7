from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.models import Fieldwork
from tracker.platform.db import db


def documents(fieldwork: Fieldwork) -> Sequence[Document]:
    """Soonest due first."""
    return db.session.scalars(_of(fieldwork).order_by(Document.due_on, Document.name)).all()


def document(fieldwork: Fieldwork, document_id: UUID) -> Document | None:
    return db.session.scalars(_of(fieldwork).where(Document.id == document_id)).one_or_none()


def _of(fieldwork: Fieldwork) -> Select[Document]:
    return (
        select(Document)
        .where(Document.authority_id == fieldwork.authority_id, Document.fieldwork_id == fieldwork.id)
        .options(joinedload(Document.owner), joinedload(Document.ready_by))
    )
