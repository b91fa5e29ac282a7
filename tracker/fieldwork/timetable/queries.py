"""Every question about the meetings of an inspection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.audits.models import Finding
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.timetable import rules
from tracker.fieldwork.timetable.models import READ, Briefing, Meeting, Seat
from tracker.fieldwork.timetable.rules import Clash
from tracker.improvements.models import ImprovementItem
from tracker.packs.models import Pack
from tracker.people.models import Person
from tracker.platform.db import db


@dataclass(frozen=True)
class Timetable:
    """Meetings of one inspection by day and time, all of them or one person's."""

    every: Sequence[Meeting]
    shown: Sequence[Meeting]

    @cached_property
    def days(self) -> Sequence[tuple[date, Sequence[Meeting]]]:
        return [(day, list(of_day)) for day, of_day in groupby(self.shown, key=lambda one: one.day)]

    @cached_property
    def people(self) -> Sequence[Person]:
        """Everybody who is at one of them, by name."""
        found = {person for one in self.every for person in one.people}
        return sorted(found, key=lambda person: person.name)

    @cached_property
    def clashes(self) -> Sequence[Clash]:
        return rules.clashes([one.slot for one in self.on])

    @property
    def on(self) -> Sequence[Meeting]:
        """Those that were not called off."""
        return [one for one in self.every if not one.called_off_because]

    @cached_property
    def unstaffed(self) -> Sequence[Meeting]:
        return [one for one in self.on if not one.people]

    def clashes_of(self, meeting: Meeting) -> Sequence[Clash]:
        return [one for one in self.clashes if meeting.id in (one.first.id, one.second.id)]


def timetable(fieldwork: Fieldwork, *, person: UUID | None = None, day: date | None = None) -> Timetable:
    """Its meetings; of those are shown what a person is at, and what is on a day."""
    every = db.session.scalars(_of(fieldwork).order_by(Meeting.day, Meeting.starts_at, Meeting.name)).all()
    shown = [
        one
        for one in every
        if (person is None or person in {each.id for each in one.people}) and (day is None or one.day == day)
    ]
    return Timetable(every, shown)


def meeting(fieldwork: Fieldwork, meeting_id: UUID) -> Meeting | None:
    return db.session.scalars(_of(fieldwork).where(Meeting.id == meeting_id)).one_or_none()


def _of(fieldwork: Fieldwork) -> Select[Meeting]:
    return (
        select(Meeting)
        .where(Meeting.authority_id == fieldwork.authority_id, Meeting.fieldwork_id == fieldwork.id)
        .options(
            joinedload(Meeting.owner),
            selectinload(Meeting.seats).joinedload(Seat.person),
            selectinload(Meeting.briefings).options(
                joinedload(Briefing.pack).defer(Pack.contents),
                joinedload(Briefing.item).lazyload(ImprovementItem.mappings),
                joinedload(Briefing.finding).joinedload(Finding.audit),
                *(joinedload(getattr(Briefing, one)) for one in READ if one not in ("pack", "item", "finding")),
            ),
        )
    )
