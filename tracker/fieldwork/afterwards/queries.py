from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from tracker.fieldwork.afterwards.models import Comment, ReportOfFieldwork
from tracker.fieldwork.models import Fieldwork
from tracker.improvements.came_back import pages
from tracker.improvements.came_back.pages import SideBySide
from tracker.inspections.models import Inspection
from tracker.platform.db import db


def report(fieldwork: Fieldwork) -> ReportOfFieldwork | None:
    """None until something is said of a draft or a report."""
    return db.session.scalars(
        select(ReportOfFieldwork)
        .where(ReportOfFieldwork.authority_id == fieldwork.authority_id, ReportOfFieldwork.fieldwork_id == fieldwork.id)
        .options(joinedload(ReportOfFieldwork.inspection))
    ).one_or_none()


def comments(fieldwork: Fieldwork) -> Sequence[Comment]:
    """In the order in which they were written."""
    return db.session.scalars(_comments(fieldwork).order_by(Comment.position)).all()


def comment(fieldwork: Fieldwork, comment_id: UUID) -> Comment | None:
    return db.session.scalars(_comments(fieldwork).where(Comment.id == comment_id)).one_or_none()


def reports_that_may_be_its(fieldwork: Fieldwork) -> Sequence[Inspection]:
    """Imported reports of fieldwork that overlaps these days on site; the newest first."""
    return db.session.scalars(
        select(Inspection)
        .where(
            Inspection.authority_id == fieldwork.authority_id,
            Inspection.fieldwork_from <= fieldwork.last_day,
            Inspection.fieldwork_to >= fieldwork.first_day,
        )
        .order_by(Inspection.fieldwork_from.desc(), Inspection.number.desc())
    ).all()


def beside_the_last(inspection: Inspection) -> SideBySide | None:
    """Its items beside those of the inspection before it; None where there is none before it with items."""
    earlier = db.session.scalars(
        select(Inspection)
        .where(
            Inspection.authority_id == inspection.authority_id,
            Inspection.fieldwork_from < inspection.fieldwork_from,
            Inspection.items.any(),
        )
        .order_by(Inspection.fieldwork_from.desc(), Inspection.number.desc())
        .limit(1)
    ).first()
    if earlier is None or not inspection.items:
        return None
    return pages.side_by_side(inspection.authority, [earlier.number, inspection.number])


def _comments(fieldwork: Fieldwork) -> Select[Comment]:
    return (
        select(Comment)
        .where(Comment.authority_id == fieldwork.authority_id, Comment.fieldwork_id == fieldwork.id)
        .options(joinedload(Comment.evidence), joinedload(Comment.by))
    )
