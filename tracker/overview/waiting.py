"""What waits for one person in the other rooms, each as a link to where she deals with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.actions import queries as actions
from tracker.actions.models import Action
from tracker.audits import figures as audit_figures
from tracker.audits import queries as audits
from tracker.audits.figures import Counts
from tracker.audits.models import Finding
from tracker.evidence import rules as evidence_rules
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Freshness
from tracker.overview import facts
from tracker.people.models import Authority, Person
from tracker.platform.db import db
from tracker.self_evaluation import queries as self_evaluations
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.rules import StatementState
from tracker.web.filters import count_of, short_day
from tracker.web.links import reference_url

MOST = 10
"""Things of one kind that are listed. Our choice: more than that is a list's business, not a reminder's."""


@dataclass(frozen=True)
class Waiting:
    """Something that waits: a link, and who or why."""

    text: str
    url: str
    detail: str
    rest: str = ""
    """Said after the link."""


def for_person(authority: Authority, person: Person, awaiting: Sequence[Action], today: date) -> Sequence[Waiting]:
    """``awaiting`` are the actions that somebody has to sign off; those that ask her are listed."""
    return [
        *_statements(authority, person, today),
        *_findings(authority, person),
        *[to_sign_off(action) for action in awaiting if actions.signer(action) == person][:MOST],
        *_stale_evidence(authority, person, today),
    ]


def for_others(awaiting: Sequence[Action], person: Person) -> Sequence[Waiting]:
    """What she delivered and who has it now."""
    return [
        Waiting(f"{action.reference} with {_signer_name(action)}", reference_url(action.reference), action.title)
        for action in awaiting
        if action.lead_id == person.id
    ]


def to_sign_off(action: Action) -> Waiting:
    return Waiting(
        f"{action.reference} to sign off",
        url_for("actions.sign_off", number=action.number),
        f"{action.title}. Delivered by {action.lead.name} on {short_day(action.delivered_on)}",
    )


def _signer_name(action: Action) -> str:
    signer = actions.signer(action)
    return signer.name if signer else "a director"


def _statements(authority: Authority, person: Person, today: date) -> Sequence[Waiting]:
    """Statements of hers that audits contradict, then those with a sentence that an inspector would ask about."""
    newest = self_evaluations.newest(authority)
    if newest is None:
        return []
    mine = db.session.scalars(
        select(Statement)
        .where(
            Statement.self_evaluation_id == newest.id,
            Statement.author_id == person.id,
            Statement.state != StatementState.SIGNED_OFF,
        )
        .options(selectinload(Statement.citations))
        .order_by(Statement.number)
    ).all()
    contradicted = _contradicted(authority, mine)
    return [*[_contradicts(each) for each in contradicted], *_marked(authority, mine, contradicted, today)][:MOST]


def _contradicted(authority: Authority, mine: Sequence[Statement]) -> Sequence[Statement]:
    counts = audit_figures.counts_by_item(authority) if mine else {}
    return [each for each in mine if each.item_id and facts.contradicted([each], counts.get(each.item_id, Counts()))]


def _contradicts(statement: Statement) -> Waiting:
    return Waiting(
        f"{statement.reference} contradicts audits",
        reference_url(statement.reference),
        "You are the author. Change the words or cite evidence",
    )


def _marked(
    authority: Authority, mine: Sequence[Statement], told: Sequence[Statement], today: date
) -> Sequence[Waiting]:
    left = [each for each in mine if each not in told]
    readings = self_evaluations.readings(authority, left, today) if left else {}
    return [
        Waiting(
            f"{reference} has {count_of(len(reading.marks), 'mark')}",
            reference_url(reference),
            f"{reading.statement.title}. You are the author",
        )
        for reference, reading in readings.items()
        if reading.marks
    ]


def _findings(authority: Authority, person: Person) -> Sequence[Waiting]:
    return [_finding(finding) for finding in audits.findings_to_agree(authority, person)[:MOST]]


def _finding(finding: Finding) -> Waiting:
    by = f". Agree it by {short_day(finding.agree_by)}" if finding.agree_by else ""
    return Waiting(
        f"{finding.reference} needs an action",
        reference_url(finding.reference),
        f"From {finding.audit.reference}, raised {short_day(finding.raised_on)}{by}",
    )


def _stale_evidence(authority: Authority, person: Person, today: date) -> Sequence[Waiting]:
    """Hers that is stale or soon will be: what goes stale soon first, since it can still be renewed in time."""
    mine = db.session.scalars(
        select(Evidence)
        .where(
            Evidence.authority_id == authority.id,
            Evidence.owner_id == person.id,
            Evidence.withdrawn_on.is_(None),
        )
        .order_by(Evidence.dated.desc())
    )
    aged = [(evidence_rules.freshness(each.kind, each.dated, today), each) for each in mine]
    soon = [_going_stale(each) for state, each in aged if state is Freshness.STALE_SOON]
    stale = [_stale(each, today) for state, each in aged if state is Freshness.STALE]
    return [*soon, *stale][:MOST]


def _going_stale(evidence: Evidence) -> Waiting:
    day = evidence_rules.stale_on(evidence.kind, evidence.dated)
    return Waiting(
        f"{evidence.reference} is going stale",
        reference_url(evidence.reference),
        f"{evidence.title}, of {evidence.dated:%B %Y}. Stale on {short_day(day)}",
    )


def _stale(evidence: Evidence, today: date) -> Waiting:
    return Waiting(
        f"{evidence.reference} is stale",
        reference_url(evidence.reference),
        f"{evidence.title}, {evidence_rules.age(evidence.dated, today)}",
    )
