"""Which room is open, what stands in it, and who was there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from tracker.fieldwork.models import Fieldwork
from tracker.handover import queries
from tracker.handover.models import HandedFile, Handing, InspectorRequest, InspectorsRoom, LetIn
from tracker.people.models import Authority, Membership, Person
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.history import HistoryEntry


def open_in(authority: Authority) -> InspectorsRoom | None:
    """The room that is open now; there is never more than one."""
    wanted = select(InspectorsRoom).where(
        InspectorsRoom.authority_id == authority.id, InspectorsRoom.closed_at.is_(None)
    )
    return db.session.scalars(wanted.options(joinedload(InspectorsRoom.fieldwork))).one_or_none()


def rooms(fieldwork: Fieldwork) -> Sequence[InspectorsRoom]:
    """Every time that the room of an inspection was opened, the last first."""
    wanted = select(InspectorsRoom).where(InspectorsRoom.fieldwork_id == fieldwork.id)
    people = (joinedload(InspectorsRoom.opened_by), joinedload(InspectorsRoom.closed_by))
    return db.session.scalars(wanted.options(*people).order_by(InspectorsRoom.opened_at.desc())).all()


def shown(room: InspectorsRoom) -> Sequence[Handing]:
    """What an inspector sees: what was handed over, in the order in which it was given."""
    return queries.handed_over(room.fieldwork)


def file(room: InspectorsRoom, file_id: UUID) -> HandedFile | None:
    """A file that was handed over in the inspection of this room and was not taken back; nothing else is found."""
    return db.session.scalars(
        select(HandedFile)
        .join(Handing, Handing.id == HandedFile.handing_id)
        .join(InspectorRequest, InspectorRequest.id == Handing.request_id)
        .where(
            HandedFile.id == file_id,
            HandedFile.authority_id == room.authority_id,
            InspectorRequest.fieldwork_id == room.fieldwork_id,
            Handing.withdrawn_at.is_(None),
        )
    ).one_or_none()


@dataclass(frozen=True)
class Inspectors:
    """Inspectors by name: who has access today and comes into the room of one inspection, and who has and does not."""

    let_in: Sequence[Membership]
    others: Sequence[Membership]
    run_out: Sequence[Membership] = ()
    """Let in, and with no access any more since its last day came: nobody closed the room."""

    def out_before(self, day: date) -> Sequence[Membership]:
        """Those of this inspection whose access ends before ``day``, by name."""
        found = [one for one in (*self.let_in, *self.run_out) if one.last_day is not None and one.last_day < day]
        return sorted(found, key=lambda one: one.person.name)


def inspectors(fieldwork: Fieldwork) -> Inspectors:
    """One statement, and one more where somebody’s access has ended."""
    let_in = and_(LetIn.person_id == Membership.person_id, LetIn.fieldwork_id == fieldwork.id)
    rows = db.session.execute(
        select(Membership, LetIn.id.is_not(None))
        .outerjoin(LetIn, let_in)
        .where(Membership.authority_id == fieldwork.authority_id, Membership.role == Role.INSPECTOR)
        .options(joinedload(Membership.person))
    ).all()
    every, today = sorted(rows, key=lambda row: row[0].person.name), clock.today()
    ended = [one for one, let in every if let and not one.counts_on(today) and one.person.active]
    return Inspectors(
        [one for one, let in every if let and one.counts_on(today)],
        [one for one, let in every if not let and one.counts_on(today)],
        [] if ended and _was_closed(fieldwork) else ended,
    )


def _was_closed(fieldwork: Fieldwork) -> bool:
    asked = select(InspectorsRoom.id).where(
        InspectorsRoom.fieldwork_id == fieldwork.id, InspectorsRoom.closed_at.is_not(None)
    )
    return db.session.scalar(asked.limit(1)) is not None


def rooms_of(authority: Authority, person: Person) -> Sequence[Fieldwork]:
    """Inspections that are open into whose room an inspector comes while that is open."""
    return db.session.scalars(
        select(Fieldwork)
        .join(LetIn, LetIn.fieldwork_id == Fieldwork.id)
        .where(LetIn.authority_id == authority.id, LetIn.person_id == person.id, Fieldwork.closed_at.is_(None))
        .order_by(Fieldwork.number)
    ).all()


def is_let_in(fieldwork: Fieldwork, person: Person) -> bool:
    asked = select(LetIn.id).where(LetIn.fieldwork_id == fieldwork.id, LetIn.person_id == person.id)
    return db.session.scalar(asked) is not None


def open_to(authority: Authority, person: Person) -> InspectorsRoom | None:
    """The room that is open now, if this inspector was let into it."""
    room = open_in(authority)
    return room if room is not None and is_let_in(room.fieldwork, person) else None


def let_in_elsewhere(fieldwork: Fieldwork) -> Collection[UUID]:
    """Inspectors who were let into another inspection of the authority that is still open."""
    return set(
        db.session.scalars(
            select(LetIn.person_id)
            .join(Fieldwork, Fieldwork.id == LetIn.fieldwork_id)
            .where(
                LetIn.authority_id == fieldwork.authority_id,
                LetIn.fieldwork_id != fieldwork.id,
                Fieldwork.closed_at.is_(None),
            )
        )
    )


def visits(rooms: Sequence[InspectorsRoom], *, limit: int = 100) -> Sequence[HistoryEntry]:
    """Who came in and what inspectors took, the newest first."""
    if not rooms:
        return ()
    fieldwork_id = rooms[0].fieldwork_id
    files = (
        select(HandedFile.id)
        .join(InspectorRequest, InspectorRequest.id == HandedFile.request_id)
        .where(InspectorRequest.fieldwork_id == fieldwork_id)
    )
    taken = HistoryEntry.thing_id.in_(files) & (HistoryEntry.what == TAKEN)
    entered = HistoryEntry.thing_id.in_([one.id for one in rooms]) & (HistoryEntry.what == ENTERED)
    wanted = select(HistoryEntry).where(HistoryEntry.chain == rooms[0].authority_id, or_(taken, entered))
    return db.session.scalars(wanted.order_by(HistoryEntry.sequence.desc()).limit(limit)).all()


ENTERED, TAKEN = "entered", "taken in the inspectors’ room"
"""Acts of inspectors, as the trail says them."""
