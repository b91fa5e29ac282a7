"""What is missing for an improvement item, in words: the rules behind the item page and the readiness matrix.

``gaps(facts, today)`` names every gap of one item, worst first. A page puts one in each column, the worst
(``worst_by_column``), and counts columns, not gaps: ``count(...)``. Everything here is a pure function of values; who
needs it fills ``ItemFacts`` from his own query.

A gap is something missing or late. A low grade, a missed target or an open finding that has its action is
news, not a gap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

NOTHING_NEW = timedelta(days=90)
"""How long an item may go without new evidence. Source: our choice; a quarter, the rhythm of board reports."""


class Column(StrEnum):
    """The columns of the readiness matrix, left to right."""

    OWNER = "Owner"
    ACTIONS = "Actions"
    EVIDENCE = "Evidence"
    AUDITS = "Audits"
    MEASURE = "Measure"
    SELF_EVALUATION = "Self-evaluation"


class Kind(StrEnum):
    """Every kind of gap, worst first: the order in which a page lists them."""

    CONTRADICTED = "contradicted"
    OVERDUE = "overdue"
    NO_OWNER = "no owner"
    NO_ACTION = "no action"
    FINDING_WITHOUT_ACTION = "finding without action"
    NO_EVIDENCE = "no evidence"
    NO_VOICE = "no voice"
    NO_AUDIT = "no audit"
    NO_DIFFERENCE = "no difference"
    NOTHING_NEW = "nothing new"
    NO_MEASURE = "no measure"
    NO_TARGET = "no target"
    NOT_SAID = "not said"


WORST_FIRST = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class ItemFacts:
    """What is known of one item. Counts leave out what is superseded or withdrawn."""

    raised_on: date
    closed: bool = False
    has_owner: bool = True
    inspected: bool = True
    """Whether inspectors raised it: else it is since the day it was raised that audits are counted."""
    actions: int = 0
    overdue: int = 0
    delivered: int = 0
    """Signed off as delivered, whether or not a difference is shown."""
    shown: int = 0
    """Delivered and the difference it made is shown."""
    evidence: int = 0
    voices: int = 0
    newest_evidence: date | None = None
    audits: int = 0
    """Audits on its themes, or with a finding on it, since it was raised."""
    findings_without_action: Sequence[str] = ()
    """References of open findings that have no action."""
    measures: int = 0
    measures_without_target: Sequence[str] = ()
    statements: Sequence[str] = ()
    """References of statements in the newest self-evaluation that speak of it."""
    contradicted: Sequence[str] = ()
    """Those of them that moderated audits contradict."""


@dataclass(frozen=True)
class Gap:
    """One thing missing: ``words`` for its own cell or heading, ``sentence`` for a line that names several."""

    kind: Kind
    column: Column
    words: str
    sentence: str


def gaps(facts: ItemFacts, today: date) -> tuple[Gap, ...]:
    """Every gap of an item, worst first. A closed item has none.

    >>> known = ItemFacts(raised_on=date(2026, 6, 17), actions=2, overdue=2, evidence=1, audits=1, measures=1,
    ...     statements=("S-31",), newest_evidence=date(2026, 11, 12))
    >>> [gap.words for gap in gaps(known, date(2026, 11, 20))]
    ['2 overdue', 'No voice']
    """
    if facts.closed:
        return ()
    found = [
        *_of_owner(facts),
        *_of_actions(facts),
        *_of_evidence(facts, today),
        *_of_audits(facts),
        *_of_measures(facts),
        *_of_statements(facts),
    ]
    return tuple(sorted(found, key=lambda gap: WORST_FIRST[gap.kind]))


def worst_by_column(found: Sequence[Gap]) -> Mapping[Column, Gap]:
    """The one gap that each column shows; ``found`` as ``gaps`` gives it, worst first."""
    worst: dict[Column, Gap] = {}
    for gap in found:
        worst.setdefault(gap.column, gap)
    return worst


def count(found: Sequence[Gap]) -> int:
    """How many columns have a gap: the number beside an item's reference."""
    return len(worst_by_column(found))


def counted(found: Sequence[Gap]) -> str:
    """The count in words.

    >>> counted(gaps(ItemFacts(raised_on=date(2026, 6, 17), closed=True), date(2026, 11, 20)))
    'No gaps'
    """
    number = count(found)
    return "No gaps" if number == 0 else f"{number} gap{'' if number == 1 else 's'}"


def _of_owner(facts: ItemFacts) -> list[Gap]:
    if facts.has_owner:
        return []
    return [Gap(Kind.NO_OWNER, Column.OWNER, "No owner", "no owner")]


def _of_actions(facts: ItemFacts) -> list[Gap]:
    if facts.actions == 0:
        return [Gap(Kind.NO_ACTION, Column.ACTIONS, "No action", "no action")]
    found = []
    if facts.overdue:
        one = "action" if facts.overdue == 1 else "actions"
        found.append(Gap(Kind.OVERDUE, Column.ACTIONS, f"{facts.overdue} overdue", f"{facts.overdue} {one} overdue"))
    if facts.delivered and not facts.shown:
        found.append(Gap(Kind.NO_DIFFERENCE, Column.ACTIONS, "No difference shown", "no difference shown"))
    return found


def _of_evidence(facts: ItemFacts, today: date) -> list[Gap]:
    if facts.evidence == 0:
        return [Gap(Kind.NO_EVIDENCE, Column.EVIDENCE, "No evidence", "no evidence")]
    found = []
    if facts.voices == 0:
        found.append(Gap(Kind.NO_VOICE, Column.EVIDENCE, "No voice", "no voice"))
    newest = facts.newest_evidence or facts.raised_on
    if today - newest > NOTHING_NEW:
        words = f"othing new for {(today - newest).days} days"
        found.append(Gap(Kind.NOTHING_NEW, Column.EVIDENCE, f"N{words}", f"n{words}"))
    return found


def _of_audits(facts: ItemFacts) -> list[Gap]:
    waiting = facts.findings_without_action
    if waiting:
        words = _have_no(waiting, "action")
        return [Gap(Kind.FINDING_WITHOUT_ACTION, Column.AUDITS, words, words)]
    if facts.audits == 0:
        words = f"o audit since {'the inspection' if facts.inspected else 'it was raised'}"
        return [Gap(Kind.NO_AUDIT, Column.AUDITS, f"N{words}", f"n{words}")]
    return []


def _of_measures(facts: ItemFacts) -> list[Gap]:
    if facts.measures == 0:
        return [Gap(Kind.NO_MEASURE, Column.MEASURE, "No measure", "no measure")]
    if facts.measures_without_target:
        words = "No target set"
        return [Gap(Kind.NO_TARGET, Column.MEASURE, words, _have_no(facts.measures_without_target, "target"))]
    return []


def _of_statements(facts: ItemFacts) -> list[Gap]:
    if facts.contradicted:
        verb = "contradicts" if len(facts.contradicted) == 1 else "contradict"
        sentence = f"{_listed(facts.contradicted)} {verb} audits"
        return [Gap(Kind.CONTRADICTED, Column.SELF_EVALUATION, f"{verb.capitalize()} audits", sentence)]
    if not facts.statements:
        words = "ot in the self-evaluation"
        return [Gap(Kind.NOT_SAID, Column.SELF_EVALUATION, f"N{words}", f"n{words}")]
    return []


def _have_no(references: Sequence[str], what: str) -> str:
    """
    >>> _have_no(["F-16", "F-19"], "action")
    'F-16 and F-19 have no action'
    """
    return f"{_listed(references)} {'has' if len(references) == 1 else 'have'} no {what}"


def _listed(references: Sequence[str]) -> str:
    """Two references by name; more than two by the first and how many others."""
    if len(references) > 2:
        return f"{references[0]} and {len(references) - 1} others"
    return " and ".join(references)
