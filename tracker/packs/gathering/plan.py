"""The improvement plan: open items with their actions, and what became of earlier ones."""

from reports.contents import EarlierItem, KeyFigure, Meaning, Plan, PlanAction, PlanItem, Tone, Word
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.packs.gathering.known import Known

WORDS = {
    Status.NOT_STARTED: Word(text="Not started"),
    Status.ON_TRACK: Word(text="On track", tone=Tone.STEADY),
    Status.AT_RISK: Word(text="At risk", tone=Tone.CAUTION),
    Status.OFF_TRACK: Word(text="Off track", tone=Tone.BAD),
    Status.AWAITING_SIGN_OFF: Word(text="Awaiting sign-off", tone=Tone.WAITING),
    Status.IMPACT_NOT_EVIDENCED: Word(text="Delivered", tone=Tone.PART),
    Status.EMBEDDED: Word(text="Impact evidenced", tone=Tone.GOOD),
}

DIFFERENCE_WORDS = {
    Status.IMPACT_NOT_EVIDENCED: Word(text="Not shown yet", tone=Tone.CAUTION),
    Status.EMBEDDED: Word(text="Shown", tone=Tone.GOOD),
}

TONE_OF = {
    ItemState.CLOSED: Tone.GOOD,
    ItemState.MERGED: Tone.PLAIN,
    ItemState.SPLIT: Tone.PLAIN,
    ItemState.SUPERSEDED: Tone.PLAIN,
}
"""How an item that is no longer open reads: only a closed one is done."""

MEANINGS = (
    Meaning(word=WORDS[Status.NOT_STARTED], meaning="nobody has begun"),
    Meaning(word=WORDS[Status.ON_TRACK], meaning="under way, and expected by its day"),
    Meaning(word=WORDS[Status.AT_RISK], meaning="may miss its day"),
    Meaning(word=WORDS[Status.OFF_TRACK], meaning="will miss its day, or has"),
    Meaning(word=WORDS[Status.AWAITING_SIGN_OFF], meaning="done, its lead says; somebody else has yet to agree"),
    Meaning(word=WORDS[Status.IMPACT_NOT_EVIDENCED], meaning="done and agreed; what changed is not shown yet"),
    Meaning(word=WORDS[Status.EMBEDDED], meaning="what changed for children is shown by evidence"),
)


def chapter(known: Known) -> Plan:
    is_open = [item for item in known.items if item.state is ItemState.OPEN]
    ended = [item for item in known.items if not item.is_open]
    return Plan(
        lede=_lede(known, is_open),
        items=tuple(_item(known, item) for item in is_open),
        earlier=tuple(_earlier(item) for item in ended),
    )


def _item(known: Known, item: ImprovementItem) -> PlanItem:
    return PlanItem(
        reference=item.reference,
        words=item.wording,
        source=source(item),
        owner=item.owner.name if item.owner else "",
        actions=tuple(_action(action) for action in known.actions_of(item)),
    )


def source(item: ImprovementItem) -> str:
    if item.inspection:
        return f"Ofsted, {item.raised_on:%-d %B %Y}"
    origin = item.origin
    if not origin.cited:
        return item.source_line
    return f"{item.source}: {origin.cited}{f'. {origin.said_by}' if origin.said_by else ''}"


def _action(action: Action) -> PlanAction:
    return PlanAction(
        reference=action.reference,
        title=action.title,
        lead=action.lead.name,
        due=action.due_on,
        status=WORDS[action.status],
        was_due=action.first_due_on if action.first_due_on != action.due_on else None,
        difference=action.difference,
        difference_word=DIFFERENCE_WORDS.get(action.status),
    )


def _earlier(item: ImprovementItem) -> EarlierItem:
    return EarlierItem(
        year=f"{item.raised_on:%Y}",
        words=item.wording,
        stands=Word(text=f"{item.became[:1].upper()}{item.became[1:]}", tone=TONE_OF[item.state]),
        because=item.closed_because,
        reference=item.reference,
    )


def figure(known: Known) -> KeyFigure:
    """Actions of open items."""
    actions = _open_actions(known)
    shown = sum(action.status is Status.EMBEDDED for action in actions)
    late = _late(known, actions)
    note = f"{shown or 'none'} with impact evidenced; {late or 'none'} past {'its' if late == 1 else 'their'} day"
    return KeyFigure(label="Actions in the plan", value=str(len(actions)), note=note)


def _open_actions(known: Known) -> list[Action]:
    return [action for item in known.items if item.state is ItemState.OPEN for action in known.actions_of(item)]


def _late(known: Known, actions: list[Action]) -> int:
    return sum(action.due_on < known.today and action.delivered_on is None for action in actions)


def _lede(known: Known, items: list[ImprovementItem]) -> str:
    actions = _open_actions(known)
    if not actions:
        return "No action has been agreed yet."
    shown = sum(action.status is Status.EMBEDDED for action in actions)
    late = _late(known, actions)
    return (
        f"{count(len(items), 'item')} open, with {len(actions)} action{'' if len(actions) == 1 else 's'}. "
        f"The difference is shown for {shown or 'none'} of them; {count(late, 'action')} past due."
    )


def count(number: int, noun: str) -> str:
    """
    >>> count(1, "item"), count(0, "action")
    ('1 item is', 'no actions are')
    """
    return f"{number or 'no'} {noun}{' is' if number == 1 else 's are'}"
