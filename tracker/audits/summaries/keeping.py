"""Keeps the counts right whenever audits, their domains or their findings are flushed, in the same transaction.

Before a flush the writer takes its authority's turn in the trail of changes, which every flush takes later anyway: so
one writer of an authority works at a time, what it reads is the newest, and nobody can change it meanwhile. Then what
the audits concerned came to before and after is read, and the difference is added to the counts.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, event, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tracker.audits.models import Audit, DomainGrade, Finding
from tracker.audits.rules import AuditState
from tracker.audits.summaries import counting
from tracker.audits.summaries.counting import Part
from tracker.audits.summaries.models import AuditSummary
from tracker.audits.summaries.rules import Counts, added, change
from tracker.platform import history
from tracker.platform.db import db

WAITING = "counts of audits before this flush"

COUNTED = frozenset(
    {
        "state", "audited_on", "team_id", "team", "area_code", "tool_id", "tool_version", "lenses", "grade_code",
        "reaudit_of_id", "reaudit_of", "moderated_grade_code", "moderator_grade_code", "with_practitioner",
        "family_feedback", "moderation",
    }
)  # fmt: skip
"""What of an audit the counts follow from."""
DOMAIN_COUNTED = frozenset({"grade_code", "applies", "moderated_grade_code", "moderator_applies"})
FINDING_COUNTED = frozenset(
    {"state", "raised_on", "closed_on", "agree_by", "action_id", "action", "theme_code", "domain_code"}
)


@dataclass(frozen=True)
class Concerned:
    """Ids of the audits that have changed, and of those of which a domain or a finding has."""

    audits: set[UUID] = field(default_factory=set)
    of_domains: set[UUID] = field(default_factory=set)
    of_findings: set[UUID] = field(default_factory=set)

    def of(self, thing: Audit | DomainGrade | Finding) -> set[UUID]:
        if isinstance(thing, Audit):
            return self.audits
        return self.of_domains if isinstance(thing, DomainGrade) else self.of_findings


@event.listens_for(db.session, "before_flush", insert=True)
def note_before(session: Session, context: object, instances: object) -> None:
    """Take the turn of each authority concerned, and note what its audits came to before."""
    touched = {_authority(thing) for thing in _ours(session)}
    for authority_id in sorted(touched, key=str):
        history.take_turn(session.connection(), authority_id)
    session.info[WAITING] = {
        authority_id: _counts(session.connection(), authority_id, concerned)
        for authority_id, concerned in _concerned(session).items()
    }


@event.listens_for(db.session, "after_flush")
def keep_counts(session: Session, context: object) -> None:
    """Add what the audits concerned come to now, less what they came to before."""
    before: Mapping[UUID, Counts] = session.info.pop(WAITING, {})
    for authority_id, concerned in _concerned(session).items():
        after = _counts(session.connection(), authority_id, concerned)
        add(session.connection(), authority_id, change(before.get(authority_id, {}), after))


def add(connection: Connection, authority_id: UUID, counts: Counts) -> None:
    """Add to the counts that are kept, making those that are not there yet."""
    rows = [
        {"id": uuid4(), "authority_id": authority_id, **vars(key), **vars(tally)}
        for key, tally in sorted(counts.items(), key=lambda pair: str(pair[0]))
    ]
    if rows:
        connection.execute(_adding(connection.dialect.name), rows)


@cache
def _adding(dialect: str) -> Any:
    """Put together once, and compiled once: one row at a time."""
    insert: Any = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}[dialect]
    statement = insert(AuditSummary)
    summed = {name: getattr(AuditSummary, name) + statement.excluded[name] for name in ("number", "good", "days")}
    unique = ["authority_id", "by", "counted", "month", "member", "value", "place"]
    return statement.on_conflict_do_update(index_elements=unique, set_=summed)


def _counts(connection: Connection, authority_id: UUID, concerned: Concerned) -> Counts:
    """Of an audit that changed, everything; else what its domains or its findings come to, as far as they changed."""
    if concerned.audits:
        audits = concerned.audits | concerned.of_domains | concerned.of_findings
        return counting.counts(connection, authority_id, audits)
    parts = ((Part.DOMAINS, concerned.of_domains), (Part.FINDINGS, concerned.of_findings))
    told = [counting.counts(connection, authority_id, audits, (part,)) for part, audits in parts if audits]
    return added(pair for each in told for pair in each.items())


def _concerned(session: Session) -> Mapping[UUID, Concerned]:
    """The audits whose counts this flush may change, by authority.

    Before it, the id of a new one is None and finds nothing.
    """
    found: defaultdict[UUID, Concerned] = defaultdict(Concerned)
    for thing in _ours(session):
        audit = thing if isinstance(thing, Audit) else thing.audit
        if _counts_differ(session, thing, audit):
            found[_authority(thing)].of(thing).add(audit.id)
    return found


def _counts_differ(session: Session, thing: Audit | DomainGrade | Finding, audit: Audit) -> bool:
    if isinstance(thing, Audit):
        new_draft = inspect(thing).pending and thing.state is AuditState.DRAFT
        return not new_draft and _changed(session, thing, COUNTED)
    if isinstance(thing, DomainGrade):
        return audit.state is not AuditState.DRAFT and _changed(session, thing, DOMAIN_COUNTED)
    return _changed(session, thing, FINDING_COUNTED)


def _changed(session: Session, thing: Any, names: frozenset[str]) -> bool:
    state = inspect(thing)
    if state.pending or thing in session.deleted:
        return True
    return any(state.attrs[name].history.has_changes() for name in names)


def _ours(session: Session) -> Iterator[Audit | DomainGrade | Finding]:
    for thing in (*session.new, *session.dirty, *session.deleted):
        if isinstance(thing, Audit | DomainGrade | Finding):
            yield thing


def _authority(thing: Audit | DomainGrade | Finding) -> UUID:
    """A new row may know its authority only as an object."""
    owner: Any = thing.audit if isinstance(thing, DomainGrade) else thing
    authority_id: UUID = owner.authority_id or owner.authority.id
    return authority_id
