from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from tracker.audits.models import Audit
from tracker.audits.programme.models import Allocation, Planned, Programme, ProgrammeAuditor, Sample
from tracker.audits.programme.rules import Auditor, CaseState, Load, Plan, Progress
from tracker.audits.rules import AuditState
from tracker.audits.sampling.lists import Listed
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.platform.db import db


def programmes(authority: Authority) -> Sequence[Programme]:
    """The authority's programmes, newest first, each with what it plans."""
    return db.session.scalars(
        select(Programme)
        .where(Programme.authority_id == authority.id)
        .options(selectinload(Programme.planned))
        .order_by(Programme.begins.desc(), Programme.name)
    ).all()


def programme(authority: Authority, programme_id: UUID) -> Programme | None:
    """One programme with its plan, its auditors and its draws; four statements."""
    return db.session.scalars(
        select(Programme)
        .where(Programme.authority_id == authority.id, Programme.id == programme_id)
        .options(
            selectinload(Programme.planned).joinedload(Planned.team),
            selectinload(Programme.auditors).options(
                joinedload(ProgrammeAuditor.person), joinedload(ProgrammeAuditor.team)
            ),
            selectinload(Programme.samples).joinedload(Sample.drawn_by),
        )
    ).one_or_none()


def sample(authority: Authority, sample_id: UUID) -> Sample | None:
    """One draw with its cases, who audits each, and the audits begun."""
    return db.session.scalars(
        select(Sample)
        .where(Sample.authority_id == authority.id, Sample.id == sample_id)
        .options(
            joinedload(Sample.programme).selectinload(Programme.auditors).joinedload(ProgrammeAuditor.person),
            joinedload(Sample.drawn_by),
            selectinload(Sample.cases).options(
                joinedload(Allocation.team), joinedload(Allocation.auditor), joinedload(Allocation.audit)
            ),
        )
    ).one_or_none()


def allocation(authority: Authority, allocation_id: UUID) -> Allocation | None:
    return db.session.scalars(
        select(Allocation)
        .where(Allocation.authority_id == authority.id, Allocation.id == allocation_id)
        .options(joinedload(Allocation.sample).joinedload(Sample.programme), joinedload(Allocation.team))
    ).one_or_none()


def waiting_for(authority: Authority, *, until: date, auditor_id: UUID | None = None) -> Sequence[Allocation]:
    """Allocated cases that nobody has begun, due by a day, soonest first, with programme and auditor; one statement."""
    hers: list[ColumnElement[bool]] = [Allocation.auditor_id == auditor_id] if auditor_id else []
    return db.session.scalars(
        select(Allocation)
        .where(
            Allocation.authority_id == authority.id,
            Allocation.state == CaseState.ALLOCATED,
            Allocation.due_on <= until,
            *hers,
        )
        .options(
            joinedload(Allocation.sample).joinedload(Sample.programme),
            joinedload(Allocation.auditor),
            joinedload(Allocation.team),
        )
        .order_by(Allocation.due_on, Allocation.position)
    ).all()


def to_audit_again(authority: Authority, until: date) -> Sequence[Audit]:
    """Audits whose re-audit falls due by a day and is not begun, soonest first."""
    again = aliased(Audit)
    begun = exists().where(again.reaudit_of_id == Audit.id)
    return db.session.scalars(
        select(Audit)
        .where(Audit.authority_id == authority.id, Audit.reaudit_due_on <= until, ~begun)
        .options(joinedload(Audit.auditor))
        .order_by(Audit.reaudit_due_on, Audit.number)
    ).all()


def progress(programme: Programme) -> Plan:
    """Team and month to what is planned, allocated, done and moderated; two statements.

    An audit counts in the month for which its case was drawn, else in that of its own day. Without a team counts what
    belongs to one that is not known here.
    """
    found: defaultdict[tuple[UUID | None, date], Progress] = defaultdict(Progress)
    for line in programme.planned:
        found[line.team_id, line.month] += Progress(planned=line.number)
    for team_id, due_on, count in db.session.execute(_allocated(programme)):
        found[team_id, due_on.replace(day=1)] += Progress(allocated=count)
    for team_id, day, state in db.session.execute(_done(programme)):
        found[team_id, day.replace(day=1)] += Progress(done=1, moderated=int(state is AuditState.MODERATED))
    return found


def auditors(programme: Programme) -> Sequence[Auditor]:
    """Who can be given cases, by name."""
    return sorted(
        (Auditor(one.person_id, one.person.name, one.per_month, one.team_id) for one in programme.auditors),
        key=lambda auditor: auditor.name,
    )


def load(programme: Programme, *, but: Allocation | None = None) -> Load:
    """What each auditor has in each month already, without one case that is being given anew; one statement."""
    taken = Load()
    found = db.session.scalars(
        select(Allocation)
        .join(Allocation.sample)
        .where(Sample.programme_id == programme.id, Allocation.auditor_id.is_not(None))
        .order_by(Allocation.due_on, Allocation.position)
    )
    for one in found:
        if one is not but and one.auditor_id is not None:
            taken.add(one.auditor_id, one.case)
    return taken


def audited_since(authority: Authority, since: date) -> frozenset[str]:
    """References of cases whose audit was finished, and is of that day or later."""
    return frozenset(
        db.session.scalars(
            select(Audit.case_reference)
            .where(Audit.authority_id == authority.id, Audit.audited_on >= since, Audit.state != AuditState.DRAFT)
            .distinct()
        )
    )


def waiting_to_be_audited(authority: Authority, today: date) -> frozenset[str]:
    """References of cases that somebody audits or will: drawn, given or begun, in whatever programme, and not finished.

    What nobody was given of a programme that is over waits no more.
    """
    drawn = (
        select(Allocation.case_reference)
        .join(Allocation.sample)
        .join(Sample.programme)
        .where(
            Allocation.authority_id == authority.id,
            or_(
                Allocation.state == CaseState.ALLOCATED,
                and_(Allocation.state == CaseState.TO_ALLOCATE, Programme.ends >= today),
            ),
        )
    )
    begun = select(Audit.case_reference).where(Audit.authority_id == authority.id, Audit.state == AuditState.DRAFT)
    return frozenset(db.session.scalars(drawn.union(begun)))


def teams_not_known(authority: Authority, cases: Sequence[Listed]) -> Sequence[str]:
    """Names of teams in a list that no team of the authority has, as the list says them."""
    known = {team.name.lower() for team in people.teams(authority)}
    said = {one.words.get("team", "") for one in cases} - {""}
    return sorted(name for name in said if name.lower() not in known)


def had_elsewhere(sample: Sample) -> Mapping[str, str]:
    """Cases of a draw that somebody has from another draw or audits already, to the sentence that says who; two
    statements."""
    drawn = {one.case_reference for one in sample.cases}
    given = db.session.scalars(
        select(Allocation)
        .where(
            Allocation.authority_id == sample.authority_id,
            Allocation.sample_id != sample.id,
            Allocation.state == CaseState.ALLOCATED,
            Allocation.case_reference.in_(drawn),
        )
        .options(joinedload(Allocation.auditor), joinedload(Allocation.sample).joinedload(Sample.programme))
    )
    begun = db.session.scalars(
        select(Audit)
        .where(
            Audit.authority_id == sample.authority_id,
            Audit.state == AuditState.DRAFT,
            Audit.case_reference.in_(drawn),
        )
        .options(joinedload(Audit.auditor))
    )
    return {
        **{one.case_reference: f"{_name(one.auditor)} has it from {one.sample.reference}" for one in given},
        **{one.case_reference: f"{_name(one.auditor)} has begun its audit, {one.reference}" for one in begun},
    }


def _name(person: Person | None) -> str:
    return person.name if person else "Somebody"


def _allocated(programme: Programme) -> Select[UUID | None, date, int]:
    return (
        select(Allocation.team_id, Allocation.due_on, func.count())
        .join(Allocation.sample)
        .where(Sample.programme_id == programme.id, Allocation.auditor_id.is_not(None))
        .group_by(Allocation.team_id, Allocation.due_on)
    )


def _done(programme: Programme) -> Select[UUID | None, date, AuditState]:
    return (
        select(Audit.team_id, func.coalesce(Allocation.due_on, Audit.audited_on), Audit.state)
        .outerjoin(Allocation, Allocation.audit_id == Audit.id)
        .where(
            Audit.authority_id == programme.authority_id,
            Audit.programme == programme.name,
            Audit.state != AuditState.DRAFT,
        )
    )
