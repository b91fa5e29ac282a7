from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.evidence.models import Evidence, EvidenceLink
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes.models import Note, Offer
from tracker.fieldwork.queries import areas as areas
from tracker.frameworks.schema import Area
from tracker.platform.db import db

OFFERED = 20
"""Pieces of evidence that are suggested for a note. Our choice: what fits in a list of links."""


def notes(fieldwork: Fieldwork) -> Sequence[Note]:
    """Newest first, with meeting, people and evidence."""
    return db.session.scalars(_of(fieldwork).order_by(Note.said_on.desc(), Note.kind, Note.text)).all()


def by_area(fieldwork: Fieldwork) -> Sequence[tuple[Area, Sequence[Note]]]:
    """Every judged area in the framework's order, each with its notes; those without a note as well."""
    found: dict[str, list[Note]] = {}
    for note in notes(fieldwork):
        found.setdefault(note.area_code, []).append(note)
    return [(area, found.get(area.code, [])) for area in areas(fieldwork)]


def note(fieldwork: Fieldwork, note_id: UUID) -> Note | None:
    return db.session.scalars(_of(fieldwork).where(Note.id == note_id)).one_or_none()


def evidence_for(note: Note) -> Sequence[Evidence]:
    """Evidence placed where the note is, that is not offered yet: what is of the latest day first."""
    here = [EvidenceLink.area_code == note.area_code]
    if note.theme_code:
        here = [EvidenceLink.theme_code == note.theme_code]
    placed = select(EvidenceLink.evidence_id).where(EvidenceLink.authority_id == note.authority_id, *here)
    return db.session.scalars(
        select(Evidence)
        .where(
            Evidence.authority_id == note.authority_id,
            Evidence.withdrawn_on.is_(None),
            Evidence.id.in_(placed),
            Evidence.id.not_in([one.evidence_id for one in note.offers]),
        )
        .order_by(Evidence.dated.desc(), Evidence.number.desc())
        .limit(OFFERED)
    ).all()


def theme_names(fieldwork: Fieldwork) -> Mapping[str, str]:
    return {theme.code: theme.name for area in areas(fieldwork) for theme in area.themes}


def _of(fieldwork: Fieldwork) -> Select[Note]:
    return (
        select(Note)
        .where(Note.authority_id == fieldwork.authority_id, Note.fieldwork_id == fieldwork.id)
        .options(
            joinedload(Note.meeting),
            joinedload(Note.by),
            joinedload(Note.owner),
            selectinload(Note.offers).joinedload(Offer.evidence),
        )
    )
