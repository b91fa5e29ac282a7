"""Every question asked about statutory deadlines. The authority, or its inspection, comes first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import joinedload

from tracker.deadlines import rules
from tracker.deadlines.models import StatutoryDuty
from tracker.deadlines.rules import Standing
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import Deadline
from tracker.inspections.models import Inspection
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission, Role, may
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.history import HistoryEntry

DAYS = {"received_on", "published_on"}
"""What an inspection says that a deadline may run from, and people may correct."""


@dataclass(frozen=True)
class Line:
    """One deadline of one inspection."""

    inspection: Inspection
    deadline: Deadline
    duty: StatutoryDuty | None
    """None until somebody says something about it."""
    standing: Standing

    @property
    def lead(self) -> Person | None:
        return self.duty.lead if self.duty else None

    @property
    def version(self) -> int:
        """Of its duty; 0 while there is none."""
        return self.duty.version if self.duty else 0


@dataclass(frozen=True)
class Clock:
    inspection: Inspection
    lines: Sequence[Line]

    @property
    def next(self) -> Line | None:
        """What is to be done next."""
        return min((line for line in self.lines if line.standing.is_open), key=_last_day, default=None)


def _last_day(line: Line) -> date:
    return line.standing.due_on or date.max


def inspection(authority: Authority, number: int) -> Inspection | None:
    return db.session.scalars(
        select(Inspection).where(Inspection.authority_id == authority.id, Inspection.number == number)
    ).one_or_none()


def deadlines_of(inspection: Inspection) -> Sequence[Deadline]:
    return frameworks.library().framework(inspection.framework_id).deadlines


def clock(inspection: Inspection, today: date) -> Clock:
    """Every deadline of an inspection, in the framework's order."""
    return Clock(inspection, _lines(inspection, _duties([inspection]), today))


def running(authority: Authority, today: date) -> Sequence[Line]:
    """Deadlines of an authority that somebody still has to meet, soonest first; one statement."""
    rows: Sequence[Row[Inspection, StatutoryDuty | None]] = db.session.execute(
        select(Inspection, StatutoryDuty)
        .outerjoin(StatutoryDuty, StatutoryDuty.inspection_id == Inspection.id)
        .where(
            Inspection.authority_id == authority.id,
            or_(Inspection.received_on.is_not(None), Inspection.published_on.is_not(None)),
        )
        .options(joinedload(StatutoryDuty.lead))
    ).all()
    duties = {(duty.inspection_id, duty.code): duty for _, duty in rows if duty is not None}
    dated = dict.fromkeys(inspection for inspection, _ in rows)
    lines = [line for one in dated for line in _lines(one, duties, today) if line.standing.is_open]
    return sorted(lines, key=_last_day)


def running_for(authority: Authority, person: Person, role: Role, today: date) -> Sequence[Line]:
    """The running deadlines that one person has to see to: those given to her, and for a director those of nobody."""
    directs = may(role, Permission.SIGN_SELF_EVALUATION)
    return [line for line in running(authority, today) if line.lead == person or (directs and line.lead is None)]


def not_received(authority: Authority) -> Inspection | None:
    """The newest inspection, if the day on which its report was received is not recorded: its clock stands still."""
    newest = db.session.scalars(
        select(Inspection)
        .where(Inspection.authority_id == authority.id)
        .order_by(Inspection.fieldwork_from.desc(), Inspection.number.desc())
        .limit(1)
    ).first()
    if newest is None or newest.received_on is not None:
        return None
    return newest if any(one.runs_from == "receipt" for one in deadlines_of(newest)) else None


def trail(clock: Clock) -> Sequence[HistoryEntry]:
    """What was said of its deadlines, and of the days that they run from, newest first."""
    days = [entry for entry in history.of(clock.inspection) if entry.changes.keys() & DAYS]
    duties = [line.duty for line in clock.lines if line.duty]
    said = [entry for duty in duties for entry in history.of(duty) if entry.what == "changed"]
    return sorted([*days, *said], key=lambda entry: entry.at, reverse=True)


def line(inspection: Inspection, code: str, today: date) -> Line | None:
    """One deadline, by its code."""
    return next((line for line in clock(inspection, today).lines if line.deadline.code == code), None)


def _lines(inspection: Inspection, duties: Mapping[tuple[UUID, str], StatutoryDuty], today: date) -> list[Line]:
    return [
        Line(inspection, deadline, duty, _standing(inspection, deadline, duty, today))
        for deadline in deadlines_of(inspection)
        for duty in [duties.get((inspection.id, deadline.code))]
    ]


def _standing(inspection: Inspection, deadline: Deadline, duty: StatutoryDuty | None, today: date) -> Standing:
    return rules.standing(
        deadline,
        inspection,
        done_on=duty.done_on if duty else None,
        not_required=bool(duty and duty.not_required_because),
        today=today,
    )


def _duties(inspections: Sequence[Inspection]) -> Mapping[tuple[UUID, str], StatutoryDuty]:
    found = db.session.scalars(
        select(StatutoryDuty)
        .where(StatutoryDuty.inspection_id.in_([one.id for one in inspections]))
        .options(joinedload(StatutoryDuty.lead), joinedload(StatutoryDuty.recorded_by))
    )
    return {(duty.inspection_id, duty.code): duty for duty in found} if inspections else {}
