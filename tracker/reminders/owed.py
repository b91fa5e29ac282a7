"""What everybody in an authority owes, from every room that asks something of somebody by a day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.actions import rules as action_rules
from tracker.actions.models import Action, Milestone
from tracker.actions.rules import Status
from tracker.audits.blind.rules import Moderation
from tracker.audits.models import Audit, Finding
from tracker.audits.programme import queries as programmes
from tracker.audits.rules import AuditState, FindingState
from tracker.deadlines import queries as deadlines
from tracker.evidence.models import Evidence
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority, Membership
from tracker.people.rules import Permission, may
from tracker.platform.db import db
from tracker.reminders.rules import Owed, Thing
from tracker.self_evaluation import queries as self_evaluations
from tracker.self_evaluation.rules import VersionState

ONE_DAY = timedelta(days=1)

Colleagues = Sequence[Membership]
"""Everybody active in the authority, each with the person loaded."""


def of_everybody(authority: Authority, colleagues: Colleagues, today: date, until: date) -> list[Owed]:
    """All that is late, waits, or falls due by ``until``; a fixed number of statements."""
    return [
        *_actions(authority, Action.due_on <= until, Action.difference_due_on <= until),
        *_milestones(authority, Milestone.due_on <= until),
        *_to_sign_off(authority, colleagues),
        *_to_moderate(authority, colleagues),
        *_to_agree(authority, or_(Finding.agree_by.is_(None), Finding.agree_by <= until)),
        *_to_close(authority, colleagues),
        *_cases(authority, until),
        *_to_audit_again(authority, colleagues, until),
        *_self_evaluation(authority, colleagues),
        *_duties(authority, colleagues, today, until),
        *_evidence(authority, today, until),
    ]


def of_person(authority: Authority, membership: Membership, today: date) -> list[Owed]:
    """All that one person owes by a day, however far ahead: what her calendar shows."""
    hers = Action.lead_id == membership.person_id
    owed = [
        *_actions(authority, hers, hers),
        *_milestones(authority, hers),
        *_to_agree(authority, Finding.agree_by.is_not(None)),
        *_cases(authority, date.max),
        *_to_audit_again(authority, [membership], date.max),
        *_duties(authority, [membership], today, date.max),
    ]
    return [each for each in owed if each.whose == membership.person_id and each.due_on is not None]


def _actions(authority: Authority, to_deliver: ColumnElement[bool], to_show: ColumnElement[bool]) -> Iterator[Owed]:
    """Actions to deliver, and delivered ones whose difference is to be shown."""
    deliver = and_(Action.status.in_(action_rules.TO_DELIVER), to_deliver)
    show = and_(Action.status == Status.IMPACT_NOT_EVIDENCED, to_show)
    for action in db.session.scalars(_with_people(authority, or_(deliver, show))):
        thing = Thing.ACTION if action.status in action_rules.TO_DELIVER else Thing.DIFFERENCE
        yield Owed(
            thing=thing,
            thing_id=action.id,
            reference=action.reference,
            title=action.title,
            whose=action.lead_id,
            whose_name=action.lead.name,
            due_on=action.next_due,
            accountable=_answers(action),
        )


def _with_people(authority: Authority, condition: ColumnElement[bool]) -> Select[Action]:
    return (
        select(Action)
        .where(Action.authority_id == authority.id, condition)
        .options(joinedload(Action.item), joinedload(Action.lead))
        .order_by(Action.number)
    )


def _answers(action: Action) -> UUID | None:
    """Who answers for an action; nobody named: the owner of its item, if somebody else leads it."""
    hands = action.hands
    return next((each for each in (hands.accountable, hands.owner) if each not in {None, hands.lead}), None)


def _milestones(authority: Authority, condition: ColumnElement[bool]) -> Iterator[Owed]:
    found = db.session.scalars(
        select(Milestone)
        .join(Milestone.action)
        .where(
            Action.authority_id == authority.id,
            Action.status.in_(action_rules.TO_DELIVER),
            Milestone.reached_on.is_(None),
            condition,
        )
        .options(
            contains_eager(Milestone.action).options(joinedload(Action.item), joinedload(Action.lead)),
        )
        .order_by(Milestone.due_on, Milestone.position)
    )
    for milestone in found:
        action = milestone.action
        yield Owed(
            thing=Thing.MILESTONE,
            thing_id=milestone.id,
            reference=action.reference,
            title=milestone.title,
            whose=action.lead_id,
            whose_name=action.lead.name,
            due_on=milestone.due_on,
            accountable=_answers(action),
            trail=action.id,
        )


def _to_sign_off(authority: Authority, colleagues: Colleagues) -> Iterator[Owed]:
    """Delivered actions, for whoever is asked to sign them off: a person of the item, else every other director."""
    directors = [each for each in colleagues if may(each.role, Permission.SIGN_SELF_EVALUATION)]
    for action in db.session.scalars(_with_people(authority, Action.status == Status.AWAITING_SIGN_OFF)):
        asked = action_rules.signer(action.hands)
        not_hers = {action.lead_id, action.delivered_by_id}
        for each in [one for one in (colleagues if asked else directors) if asked in {None, one.person_id}]:
            if each.person_id not in not_hers:
                yield _waiting(Thing.SIGN_OFF, action, action.title, each, action.delivered_on)


def _waiting(thing: Thing, row: Action | Audit | Finding, title: str, whose: Membership, since: date | None) -> Owed:
    return Owed(thing, row.id, row.reference, title, whose.person_id, whose.person.name, since=since)


def _to_moderate(authority: Authority, colleagues: Colleagues) -> Iterator[Owed]:
    """Finished audits, for their moderator, or for everybody who may become it. No grade is told."""
    moderators = [each for each in colleagues if may(each.role, Permission.MODERATE_AUDITS)]
    found = db.session.scalars(
        select(Audit)
        .where(
            Audit.authority_id == authority.id,
            Audit.state == AuditState.DONE,
            Audit.moderation.in_((Moderation.CHOSEN, Moderation.ASKED)),
        )
        .options(joinedload(Audit.team))
        .order_by(Audit.audited_on, Audit.number)
    )
    for audit in found:
        title = ", ".join(filter(None, [audit.tool.name, audit.team.name if audit.team else ""]))
        for each in moderators:
            asked = audit.moderator_id in {None, each.person_id}
            if asked and each.person_id not in {audit.auditor_id, audit.moderation_asked_by_id}:
                yield _waiting(Thing.AUDIT, audit, title, each, audit.audited_on)


def _to_agree(authority: Authority, condition: ColumnElement[bool]) -> Iterator[Owed]:
    """Open findings without an action, for their owner or the owner of the item that they touch."""
    found = db.session.scalars(
        select(Finding)
        .outerjoin(Finding.item)
        .where(
            Finding.authority_id == authority.id,
            Finding.state == FindingState.OPEN,
            Finding.action_id.is_(None),
            or_(Finding.owner_id.is_not(None), ImprovementItem.owner_id.is_not(None)),
            condition,
        )
        .options(
            joinedload(Finding.audit),
            joinedload(Finding.owner),
            contains_eager(Finding.item).joinedload(ImprovementItem.owner),
        )
        .order_by(Finding.number)
    )
    for finding in found:
        owner = finding.owner or (finding.item.owner if finding.item else None)
        if owner is not None:
            yield Owed(
                Thing.FINDING,
                finding.id,
                finding.reference,
                _of_finding(finding),
                owner.id,
                owner.name,
                due_on=finding.agree_by,
                since=finding.raised_on,
            )


def _evidence(authority: Authority, today: date, until: date) -> Iterator[Owed]:
    """Evidence to look at again, for its owner, until the last day on which it can still be relied on.

    Once that is past nobody is mailed or told on: it is stale, every page says so, and it stays on her work.
    """
    found = db.session.scalars(
        select(Evidence)
        .where(
            Evidence.authority_id == authority.id,
            Evidence.withdrawn_on.is_(None),
            Evidence.owner_id.is_not(None),
            Evidence.ask_again_on > today,
            Evidence.ask_again_on <= until + ONE_DAY,
        )
        .options(joinedload(Evidence.owner))
        .order_by(Evidence.ask_again_on, Evidence.number)
    )
    for each in found:
        if each.owner is not None:
            last = each.ask_again_on - ONE_DAY
            yield Owed(Thing.EVIDENCE, each.id, each.reference, each.title, each.owner.id, each.owner.name, due_on=last)


def _of_finding(finding: Finding) -> str:
    """Where a finding is from, not what it says: that is about one child, and a mail or a calendar travels far."""
    return f"from {finding.audit.reference}, raised {finding.raised_on:%-d %B %Y}"


def _to_close(authority: Authority, colleagues: Colleagues) -> Iterator[Owed]:
    """Open findings whose action is delivered, for the auditor who raised them."""
    raisers = {each.person_id: each for each in colleagues if may(each.role, Permission.RAISE_FINDINGS)}
    found = db.session.scalars(
        select(Finding)
        .join(Finding.action)
        .where(
            Finding.authority_id == authority.id,
            Finding.state == FindingState.OPEN,
            Action.status.in_(action_rules.DELIVERED),
        )
        .options(joinedload(Finding.audit), contains_eager(Finding.action))
        .order_by(Finding.number)
    )
    for finding in found:
        raiser = raisers.get(finding.audit.auditor_id)
        if raiser is not None and finding.action is not None:
            yield _waiting(Thing.FINDING_TO_CLOSE, finding, _of_finding(finding), raiser, finding.action.signed_off_on)


def _cases(authority: Authority, until: date) -> Iterator[Owed]:
    """Cases that somebody was given to audit and has not begun. Which case is told on the page alone."""
    for allocation in programmes.waiting_for(authority, until=until):
        if allocation.auditor is None:
            continue
        programme, team = allocation.sample.programme, allocation.team
        yield Owed(
            Thing.CASE,
            allocation.id,
            f"a case of {programme.name}",
            f"from {team.name}" if team else "team not known",
            allocation.auditor.id,
            allocation.auditor.name,
            due_on=allocation.due_on,
        )


def _to_audit_again(authority: Authority, colleagues: Colleagues, until: date) -> Iterator[Owed]:
    """Cases whose re-audit is due and not begun, for the auditor who looked at each first."""
    auditors = {each.person_id: each for each in colleagues if may(each.role, Permission.LOG_AUDITS)}
    for audit in programmes.to_audit_again(authority, until):
        if audit.auditor_id in auditors:
            due_on = audit.reaudit_due_on
            yield Owed(
                Thing.REAUDIT, audit.id, audit.reference, audit.tool.name, audit.auditor_id, audit.auditor.name, due_on
            )


OWED_OF_A_VERSION = {
    VersionState.IN_REVIEW: (Thing.SELF_EVALUATION_REVIEW, Permission.REVIEW_SELF_EVALUATION),
    VersionState.WITH_DIRECTOR: (Thing.SELF_EVALUATION, Permission.SIGN_SELF_EVALUATION),
}
"""What of a version waits for whom. A director may review, and is not asked to."""


def _self_evaluation(authority: Authority, colleagues: Colleagues) -> Iterator[Owed]:
    """A version in review, for heads of service; one that is with the director, for those who may sign it."""
    version = self_evaluations.newest(authority)
    if version is None or version.state not in OWED_OF_A_VERSION:
        return
    thing, permission = OWED_OF_A_VERSION[version.state]
    for each in colleagues:
        signs = may(each.role, Permission.SIGN_SELF_EVALUATION)
        if may(each.role, permission) and signs == (permission is Permission.SIGN_SELF_EVALUATION):
            yield Owed(
                thing,
                version.id,
                f"self-evaluation version {version.edition}",
                version.title,
                each.person_id,
                each.person.name,
            )


def _duties(authority: Authority, colleagues: Colleagues, today: date, until: date) -> Iterator[Owed]:
    """Deadlines of the regulations, for whoever sees to each, else for the directors."""
    directors = [each for each in colleagues if may(each.role, Permission.SIGN_SELF_EVALUATION)]
    for line in deadlines.running(authority, today):
        due_on = line.standing.due_on
        if due_on is None or due_on > until:
            continue
        lead = line.lead
        for each in [one for one in colleagues if one.person_id == lead.id] if lead else directors:
            yield Owed(
                Thing.DUTY,
                uuid5(line.inspection.id, line.deadline.code),
                line.inspection.reference,
                line.deadline.name,
                each.person_id,
                each.person.name,
                due_on=due_on,
                trail=line.inspection.id,
            )
