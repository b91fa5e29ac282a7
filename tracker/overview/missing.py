"""What is missing for a call tomorrow: every gap as a line a person can act on, worst first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from tracker.overview.gaps import Gap, Kind
from tracker.overview.readiness import AreaBlock, ItemRow, Readiness
from tracker.overview.standing import Late
from tracker.self_evaluation import rules as statement_rules
from tracker.self_evaluation.queries import Reading

FIRST = 6
"""Lines shown before "Show all". Our choice: more than six is a list, not an answer."""


OVERDUE, NOT_SHOWN, SELF_EVALUATION = "overdue actions", "delivered actions", "the self-evaluation"
"""Where a line about many things leads."""


class Weight(IntEnum):
    """How much a gap would hurt on the day. Lower comes first. Our choice, from what reports criticise."""

    CONTRADICTION = 0
    NO_VOICE = 1
    NO_AUDIT = 2
    OVERDUE = 3
    KINDER = 4
    NO_DIFFERENCE = 5
    NO_OWNER = 6
    REST = 7


@dataclass(frozen=True)
class Missing:
    """One line: ``text`` is the link to the fix, ``rest`` goes on, ``detail`` says where and who.

    ``target`` is a reference; OVERDUE or NOT_SHOWN; or SELF_EVALUATION, perhaps with "#" and a place on that page.
    """

    weight: Weight
    text: str
    target: str
    rest: str = ""
    detail: str = ""


WEIGHTS = {
    Kind.NO_VOICE: Weight.NO_VOICE,
    Kind.NO_EVIDENCE: Weight.NO_VOICE,
    Kind.NO_AUDIT: Weight.NO_AUDIT,
    Kind.FINDING_WITHOUT_ACTION: Weight.NO_AUDIT,
    Kind.NO_OWNER: Weight.NO_OWNER,
    Kind.NO_ACTION: Weight.NO_OWNER,
}
SAID_ELSEWHERE = frozenset({Kind.CONTRADICTED, Kind.OVERDUE, Kind.NO_DIFFERENCE})
"""Gaps that have a line of their own for all items together."""


def lines(page: Readiness, late: Sequence[Late]) -> list[Missing]:
    """Every line, worst first."""
    places = {row.item.id: block.area.short_name for block in page.blocks for row in block.items}
    found = [
        *_contradictions(page.rows, places),
        *(line for row in page.rows if (line := _of_item(row, places))),
        *_overdue(late),
        *(_kinder(block) for block in page.blocks if block.kinder),
        *_uncited(page.blocks),
        *_no_difference(page.rows),
    ]
    return sorted(found, key=lambda line: line.weight)


def _contradictions(rows: Iterable[ItemRow], places: dict[UUID, str]) -> list[Missing]:
    """Statements that praise what moderated audits of the item do not."""
    return [
        Missing(
            Weight.CONTRADICTION,
            f"{reading.statement.reference} says “{statement_rules.praise(reading.statement.text)}”",
            reading.statement.reference,
            rest="; moderated audits do not",
            detail=f"{_place(row, places)}. {_writer(reading)} to change the words or show the evidence",
        )
        for row in rows
        if any(gap.kind is Kind.CONTRADICTED for gap in row.gaps)
        for reading in row.statements
        if statement_rules.praise(reading.statement.text)
    ]


def _writer(reading: Reading) -> str:
    return reading.statement.author.name if reading.statement.author else "Its author"


def _of_item(row: ItemRow, places: dict[UUID, str]) -> Missing | None:
    """One line an item, which names its gaps worst first."""
    worst_first = sorted(
        (gap for gap in row.gaps if gap.kind not in SAID_ELSEWHERE),
        key=lambda gap: WEIGHTS.get(gap.kind, Weight.REST),
    )
    if not worst_first:
        return None
    first, *others = worst_first
    owner = f"{row.item.owner.name}: " if row.item.owner else ""
    return Missing(
        WEIGHTS.get(first.kind, Weight.REST),
        f"{row.item.reference}{_says(first)}",
        row.item.reference,
        rest="".join(f", {gap.sentence}" for gap in others),
        detail=f"{_place(row, places)}. {owner}{row.item.title}",
    )


def _says(gap: Gap) -> str:
    """A gap as what is said after an item's reference: " has no voice", " is not in the self-evaluation"."""
    if not gap.sentence.startswith("no"):
        return f": {gap.sentence}"
    return f" {'is' if gap.kind is Kind.NOT_SAID else 'has'} {gap.sentence}"


def _place(row: ItemRow, places: dict[UUID, str]) -> str:
    return places.get(row.item.id, "No judgement area yet")


def _overdue(late: Sequence[Late]) -> list[Missing]:
    if not late:
        return []
    one = len(late) == 1
    references = ", ".join(each.action.reference for each in late[:4]) + ("…" if len(late) > 4 else "")
    leads = Counter(each.action.lead.name for each in late)
    return [
        Missing(
            Weight.OVERDUE,
            f"{len(late)} {'action is' if one else 'actions are'} overdue",
            OVERDUE,
            rest=f", the oldest by {late[0].days} {'day' if late[0].days == 1 else 'days'}: {references}",
            detail=", ".join(f"{name} {count}" for name, count in leads.most_common()),
        )
    ]


def _kinder(block: AreaBlock) -> Missing:
    own = block.own.short_label if block.own else ""
    judged = block.judged.short_label.lower() if block.judged else ""
    return Missing(
        Weight.KINDER,
        f"{block.area.short_name} self-grade of {own}",
        f"{SELF_EVALUATION}#{block.area.code}",
        rest=f" is higher than inspectors gave in {block.judged_in}",
        detail=f"Inspectors: {judged}. Show what changed, or say why",
    )


def _uncited(blocks: Iterable[AreaBlock]) -> list[Missing]:
    return [
        Missing(
            Weight.KINDER,
            f"{block.uncited} {'statement cites' if block.uncited == 1 else 'statements cite'} nothing",
            f"{SELF_EVALUATION}#{block.area.code}",
            rest=f" in {block.area.short_name.lower()}",
            detail="A claim without evidence cannot be signed off",
        )
        for block in blocks
        if block.uncited
    ]


def _no_difference(rows: Iterable[ItemRow]) -> list[Missing]:
    waiting = sum(row.actions.delivered - row.actions.shown for row in rows)
    if not waiting:
        return []
    return [
        Missing(
            Weight.NO_DIFFERENCE,
            f"{waiting} {'action is' if waiting == 1 else 'actions are'} delivered with no difference shown",
            NOT_SHOWN,
            detail="Delivered does not count as ready until someone says what changed for children",
        )
    ]
