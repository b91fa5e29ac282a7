"""Where an action stands, in words, and how it may move. Delivered and "made a difference" are two things."""

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from tracker.people.rules import OF_A_PARTNER, ROLE_LABELS, Permission, Role, Standing, may, reaches

DIFFERENCE_DUE = timedelta(days=90)
"""How long after sign-off a lead must be able to say what changed. Source: our choice; one quarter."""

LEAST_NOTICE = timedelta(days=7)
"""My work looks ahead to the end of the month, or of the next one when less than this is left. Our choice."""


WEEKEND = timedelta(days=1)
"""On Saturday and Sunday no more than this is left of a week."""


class Status(StrEnum):
    NOT_STARTED = "Not started"
    ON_TRACK = "On track"
    AT_RISK = "At risk"
    OFF_TRACK = "Off track"
    AWAITING_SIGN_OFF = "Awaiting sign-off"
    IMPACT_NOT_EVIDENCED = "Delivered, impact not yet evidenced"
    EMBEDDED = "Embedded"
    SUPERSEDED = "Superseded"


class Priority(StrEnum):
    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"


class Confidence(StrEnum):
    """How sure a lead is that an action will be delivered by its day."""

    SURE = "Confident"
    FAIRLY = "Fairly confident"
    DOUBTFUL = "Not confident"


class Move(StrEnum):
    """Everything that can be done to an action's status. Each value completes "you may not … A-104"."""

    REPORT = "update"
    DELIVER = "deliver"
    SIGN_OFF = "sign off"
    SEND_BACK = "send back"
    EMBED = "show what difference was made by"
    DOUBT = "doubt what difference was made by"
    SUPERSEDE = "supersede"


OPEN = frozenset({Status.NOT_STARTED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.AWAITING_SIGN_OFF})
"""Somebody still has something to deliver or to sign off."""

DELIVERED = frozenset({Status.IMPACT_NOT_EVIDENCED, Status.EMBEDDED})

UNDER_WAY = frozenset({Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK})
"""What a progress update may say of work that has begun."""

TO_DELIVER = UNDER_WAY | {Status.NOT_STARTED}
"""The lead still has it to deliver: it can be late."""

_REPORTS: Mapping[Move, frozenset[Status]] = {
    Move.REPORT: UNDER_WAY,
    Move.DELIVER: frozenset({Status.AWAITING_SIGN_OFF}),
    Move.SUPERSEDE: frozenset({Status.SUPERSEDED}),
}

MOVES: Mapping[Status, Mapping[Move, frozenset[Status]]] = {
    Status.NOT_STARTED: {**_REPORTS, Move.REPORT: TO_DELIVER},
    Status.ON_TRACK: _REPORTS,
    Status.AT_RISK: _REPORTS,
    Status.OFF_TRACK: _REPORTS,
    Status.AWAITING_SIGN_OFF: {
        Move.SIGN_OFF: frozenset({Status.IMPACT_NOT_EVIDENCED}),
        Move.SEND_BACK: frozenset({Status.AT_RISK, Status.OFF_TRACK}),
    },
    Status.IMPACT_NOT_EVIDENCED: {Move.EMBED: frozenset({Status.EMBEDDED})},
    Status.EMBEDDED: {Move.DOUBT: frozenset({Status.IMPACT_NOT_EVIDENCED})},
    Status.SUPERSEDED: {},
}
"""The state machine: from each status, the moves there are and the statuses each may lead to."""

ACCEPTED: Mapping[Status, str] = {
    Status.NOT_STARTED: "Say how it is going, or that it is delivered.",
    Status.ON_TRACK: "Say that it is on track, at risk, off track or delivered.",
    Status.AT_RISK: "Say that it is on track, at risk, off track or delivered.",
    Status.OFF_TRACK: "Say that it is on track, at risk, off track or delivered.",
    Status.AWAITING_SIGN_OFF: "Somebody other than its lead can sign it off or send it back.",
    Status.IMPACT_NOT_EVIDENCED: "What can be added now is the difference it made, with evidence.",
    Status.EMBEDDED: "If the work has slipped since, add a new action.",
    Status.SUPERSEDED: "Update the action that took its place, or add a new one.",
}
"""What would be accepted instead, for the end of a refusal."""


class DeliveryWord(StrEnum):
    """How far the work is, where a second column says what difference it made."""

    NOT_STARTED = "Not started"
    ON_TRACK = "On track"
    AT_RISK = "At risk"
    OFF_TRACK = "Off track"
    AWAITING_SIGN_OFF = "Awaiting sign-off"
    DELIVERED = "Delivered"
    SUPERSEDED = "Superseded"


class DifferenceWord(StrEnum):
    """What is known of the difference it made. Delivered never reads as done."""

    NOT_YET_ASKED = "Not yet asked"
    NOT_SHOWN = "Not shown yet"
    SHOWN = "Shown"


MEANS: Mapping[Status, str] = {
    Status.NOT_STARTED: "Nobody has begun.",
    Status.ON_TRACK: "It will be done by its due date.",
    Status.AT_RISK: "It may not be done by its due date unless something changes.",
    Status.OFF_TRACK: "It will not be done by its due date, or was not.",
    Status.AWAITING_SIGN_OFF: "Its lead says that it is done. Nobody else has agreed to that yet.",
    Status.IMPACT_NOT_EVIDENCED: "Done, and signed off by somebody else. Nothing shows yet what it changed.",
    Status.EMBEDDED: "Done, and a re-audit, a measure or a voice shows what it changed for children.",
    Status.SUPERSEDED: "Something else took its place. It stays in the history and is in no count.",
}
"""What each status says, for whoever reads a plan for the first time."""

IN_FULL: Mapping[Status, str] = {
    **{status: status.value for status in Status},
    Status.AWAITING_SIGN_OFF: "Delivered, awaiting sign-off",
}
"""A status in words that stand alone: delivered is never all that is said."""

TAGS: Mapping[Status, str] = {
    **{status: status.value for status in Status},
    Status.IMPACT_NOT_EVIDENCED: "Delivered",
}
"""A status in the one or two words of a tag."""

SECOND_LINE: Mapping[Status, str] = {
    Status.AWAITING_SIGN_OFF: "Delivered, not signed off yet",
    Status.IMPACT_NOT_EVIDENCED: "Impact not yet evidenced",
    Status.EMBEDDED: "Impact evidenced",
}
"""What a list says beneath the tag, where the tag alone could be taken for done."""


def delivery(status: Status) -> DeliveryWord:
    """
    >>> delivery(Status.IMPACT_NOT_EVIDENCED), delivery(Status.EMBEDDED), delivery(Status.AT_RISK)
    (<DeliveryWord.DELIVERED: 'Delivered'>, <DeliveryWord.DELIVERED: 'Delivered'>, <DeliveryWord.AT_RISK: 'At risk'>)
    """
    return DeliveryWord.DELIVERED if status in DELIVERED else DeliveryWord(status.value)


def difference(status: Status) -> DifferenceWord:
    if status is Status.EMBEDDED:
        return DifferenceWord.SHOWN
    return DifferenceWord.NOT_SHOWN if status in DELIVERED else DifferenceWord.NOT_YET_ASKED


def why_not(move: Move, *, reference: str, status: Status, to: Status) -> str | None:
    """Why ``move`` may not take an action from ``status`` to ``to``, and what would be accepted; None if it may.

    >>> why_not(Move.SIGN_OFF, reference="A-104", status=Status.ON_TRACK, to=Status.IMPACT_NOT_EVIDENCED)
    'A-104 is on track, so you cannot sign it off. Say that it is on track, at risk, off track or delivered.'
    """
    reachable = MOVES[status].get(move)
    if reachable is None:
        return f"{reference} is {_said(status)}, so you cannot {_DONE_TO_IT[move]}. {ACCEPTED[status]}"
    if to not in reachable:
        return f"{reference} is {_said(status)}, so it cannot become {_said(to)}. {ACCEPTED[status]}"
    return None


_DONE_TO_IT: Mapping[Move, str] = {
    Move.REPORT: "update it",
    Move.DELIVER: "deliver it",
    Move.SIGN_OFF: "sign it off",
    Move.SEND_BACK: "send it back",
    Move.EMBED: "show the difference it made yet",
    Move.DOUBT: "doubt what difference it made",
    Move.SUPERSEDE: "supersede it",
}


def _said(status: Status) -> str:
    return status.value[0].lower() + status.value[1:]


@dataclass(frozen=True)
class Hands:
    """Who has to do with an action, by id; what the rules about people need to know."""

    lead: UUID
    owner: UUID | None = None
    """Owner of its improvement item."""
    accountable: UUID | None = None
    deliverer: UUID | None = None
    """Who said that it is delivered."""
    partner: UUID | None = None
    """The organisation that shares it."""


def may_see(who: Standing, hands: Hands) -> bool:
    """Whoever reads the plan sees every action; a partner lead what she leads or her organisation shares."""
    return may(who.role, Permission.READ_PLAN) or who.person == hands.lead or _of_her_organisation(who, hands)


def may_update(who: Standing, hands: Hands) -> bool:
    """Its lead, the owner of its item, a director, or a partner lead whose organisation shares it."""
    return who.role is Role.DIRECTOR or who.person in {hands.lead, hands.owner} or _of_her_organisation(who, hands)


def _of_her_organisation(who: Standing, hands: Hands) -> bool:
    return who.role in OF_A_PARTNER and who.partner is not None and who.partner == hands.partner


def why_not_signer(who: Standing, hands: Hands, *, reference: str) -> str | None:
    """Why this person may not sign an action off, or send it back; None if she may."""
    if who.person == hands.lead:
        return f"You lead {reference}, so somebody else has to sign it off."
    if who.person == hands.deliverer:
        return f"You said that {reference} is delivered, so somebody else has to sign it off."
    if not may(who.role, Permission.SIGN_OFF_ACTIONS):
        return f"You may not sign off actions. Ask the owner of the item that {reference} is for, or a director."
    if who.role is not Role.DIRECTOR and who.person not in {hands.owner, hands.accountable}:
        return (
            f"{reference} is for an item that is not yours. "
            "Its owner, the accountable person or a director can sign it off."
        )
    return None


def why_not_lead(name: str, role: Role, *, works_for: UUID | None, partner: UUID | None) -> str | None:
    """Why somebody may not lead an action that ``partner`` shares, or nobody; None if she may.

    >>> why_not_lead("Ada Obi", Role.SCRUTINY_READER, works_for=None, partner=None)
    'Ada Obi is here as scrutiny reader and cannot update actions. Choose somebody who can.'
    """
    if not may(role, Permission.UPDATE_OWN_WORK):
        return f"{name} is here as {ROLE_LABELS[role].lower()} and cannot update actions. Choose somebody who can."
    if role in OF_A_PARTNER and works_for != partner:
        return f"{name} works for a partner. Name her organisation as the partner of the action first."
    return None


def signer(hands: Hands) -> UUID | None:
    """Who is asked to sign a delivered action off: the item's owner, else the accountable person, else any director."""
    for person in (hands.owner, hands.accountable):
        if person is not None and person not in {hands.lead, hands.deliverer}:
            return person
    return None


@dataclass(frozen=True)
class Steps:
    """What one person can do with one action now: the links of its page."""

    update: bool
    sign_off: bool
    why_not_sign_off: str | None
    """For an action that waits for a signature that is not this person's to give."""
    say_difference: bool
    reschedule: bool
    tie: bool
    """Say what it waits for: that names actions of the whole plan."""
    reassign: bool
    revise: bool
    supersede: bool


def steps(who: Standing, hands: Hands, status: Status, *, reference: str) -> Steps:
    hers = may_update(who, hands) and may(who.role, Permission.UPDATE_OWN_WORK)
    plans = hers and may(who.role, Permission.PLAN)
    waits = status is Status.AWAITING_SIGN_OFF
    why_not = why_not_signer(who, hands, reference=reference) if waits else None
    return Steps(
        update=hers and status in TO_DELIVER,
        sign_off=waits and why_not is None,
        why_not_sign_off=why_not,
        say_difference=(hers and may(who.role, Permission.SHOW_DIFFERENCE) and status is Status.IMPACT_NOT_EVIDENCED),
        reschedule=hers and status in TO_DELIVER,
        tie=hers and may(who.role, Permission.TIE_ACTIONS) and status in TO_DELIVER,
        reassign=plans and (status in OPEN or status is Status.IMPACT_NOT_EVIDENCED),
        revise=plans and status is not Status.SUPERSEDED,
        supersede=plans and status in TO_DELIVER,
    )


def may_plan_for(who: Standing, *, owner: UUID | None, lead: UUID, areas: Collection[str] = ()) -> bool:
    """A head of service adds actions to her own items, to those nobody owns, and any that she leads herself.

    ``areas`` are codes of the judgement areas of the item: nobody's item is hers to plan for in her service area.
    """
    if not may(who.role, Permission.PLAN):
        return False
    nobodys = owner is None and reaches(who, areas)
    return who.role is Role.DIRECTOR or nobodys or owner == who.person or lead == who.person


def may_close(who: Standing, *, owner: UUID | None, accountable: UUID | None) -> bool:
    return may(who.role, Permission.PLAN) and (who.role is Role.DIRECTOR or who.person in {owner, accountable})


def why_not_close(reference: str, open_actions: int) -> str | None:
    """
    >>> why_not_close("I-9", 5)
    'I-9 cannot be closed yet: 5 actions are open.'
    """
    if not open_actions:
        return None
    actions = "1 action is" if open_actions == 1 else f"{open_actions} actions are"
    return f"{reference} cannot be closed yet: {actions} open."


def can_be_taken_back(before: Status, after: Status) -> bool:
    """Whether undoing this leaves everything as it was: sending back and showing a difference have told others."""
    sent_back = before is Status.AWAITING_SIGN_OFF and after in UNDER_WAY
    return not sent_back and after is not Status.EMBEDDED


def not_yours(reference: str, lead: str) -> str:
    """Why a colleague may not change an action."""
    return f"{lead} leads {reference}. Only the lead, the owner of its item or a director may change it."


def days_late(status: Status, due_on: date, difference_due_on: date | None, today: date) -> int:
    """Days past the day on which the next thing was promised: delivery, then the difference. 0 if none is late."""
    promised = next_due(status, due_on, difference_due_on)
    return max((today - promised).days, 0) if promised else 0


def next_due(status: Status, due_on: date, difference_due_on: date | None) -> date | None:
    """The day of the next thing its lead owes; None when she owes nothing."""
    if status in TO_DELIVER:
        return due_on
    return difference_due_on if status is Status.IMPACT_NOT_EVIDENCED else None


def late(days: int) -> str:
    """
    >>> late(1), late(23)
    ('1 day late', '23 days late')
    """
    return f"{days} day{'' if days == 1 else 's'} late"


def end_of_week(today: date) -> date:
    """The Sunday that ends this week; at the weekend that of the week to come, which is what people then plan.

    >>> end_of_week(date(2026, 11, 20)), end_of_week(date(2026, 11, 22))
    (datetime.date(2026, 11, 22), datetime.date(2026, 11, 29))
    """
    sunday = today + timedelta(days=6 - today.weekday())
    return sunday if sunday - today > WEEKEND else sunday + timedelta(days=7)


def end_of_period(today: date) -> date:
    """The last day that My work looks ahead to.

    >>> end_of_period(date(2026, 11, 20)), end_of_period(date(2026, 11, 27))
    (datetime.date(2026, 11, 30), datetime.date(2026, 12, 31))
    """
    last = _month_end(today)
    return last if last - today >= LEAST_NOTICE else _month_end(last + timedelta(days=1))


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def sent_back_to(due_on: date, today: date) -> Status:
    """Where an action stands when it is sent back: off track if its day has passed, else at risk."""
    return Status.OFF_TRACK if due_on < today else Status.AT_RISK


def choices(status: Status) -> Sequence[Status]:
    """What a progress update may say, in the order in which the form offers it."""
    reachable = frozenset[Status]().union(*(MOVES[status].get(move, ()) for move in (Move.REPORT, Move.DELIVER)))
    return [possible for possible in Status if possible in reachable]
