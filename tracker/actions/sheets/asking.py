"""The words of a file that nobody here can know the meaning of: what to ask, and what to offer as the answer."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.actions.rules import Status
from tracker.actions.sheets import rules
from tracker.actions.sheets.queries import Plan
from tracker.actions.sheets.rules import ASKED_ABOUT, NEW_ITEM, OFFERED, Field
from tracker.actions.sheets.words import Words
from tracker.platform import references
from tracker.platform.columns import folded, likeliest_name
from tracker.platform.lines import Line

STATUSES = (Status.NOT_STARTED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.AWAITING_SIGN_OFF)
"""What a spreadsheet can say: signing off and showing a difference are done on the action's page."""


@dataclass(frozen=True)
class Unknown:
    """A word of the file, how often it stands there, and its likeliest meaning, empty when there is none."""

    field: Field
    word: str
    times: int
    likeliest: str

    @property
    def key(self) -> str:
        return folded(self.word)


def unknown(lines: Sequence[Line], plan: Plan, words: Words) -> list[Unknown]:
    """Each word that has no meaning here yet, column by column, the most frequent first."""
    found = []
    for column in ASKED_ABOUT:
        said = Counter(text for line in lines if (text := line.text(column)) and not _known(line, column, words))
        first = {folded(text): text for text in reversed(said)}
        times = Counter({key: sum(said[text] for text in said if folded(text) == key) for key in first})
        for key, count in times.most_common():
            found.append(Unknown(column, first[key], count, _likeliest(column, first[key], plan)))
    return found


def _known(line: Line, column: Field, words: Words) -> bool:
    text = line.text(column)
    if column is Field.STATUS:
        return rules.status_meant(text, words.meanings) is not None
    if column is Field.DUE:
        return rules.day_meant(text, words.meanings) is not None
    if column is Field.LEAD:
        return words.known_person(text) is not None
    if column is Field.ITEM:
        by_reference = references.parse(line.text(Field.REFERENCE)) is not None
        return by_reference or words.is_new_item(text) or words.known_item(text) is not None
    return words.known_name(column, text) is not None


def _likeliest(column: Field, text: str, plan: Plan) -> str:
    if column is Field.STATUS:
        meant = OFFERED.get(folded(text))
        return meant.value if meant else ""
    if column is Field.DUE:
        last = rules.end_of_month(text)
        return last.isoformat() if last else ""
    if column is Field.ITEM:
        wordings = {str(item.number): (item.title, item.wording) for item in plan.items}
        return rules.likeliest_item(text, wordings) or NEW_ITEM
    return likeliest_name(text, dict(offered(column, plan))) or ""


def offered(column: Field, plan: Plan) -> Iterable[tuple[str, str]]:
    """What a word of a column can mean, as value and text; a day is asked for in a box of its own."""
    if column is Field.STATUS:
        return [(status.value, status.value) for status in STATUSES]
    if column is Field.LEAD:
        return [(str(person.id), person.name) for person in plan.colleagues]
    if column is Field.ITEM:
        items = [(str(item.number), f"{item.reference} {item.title}") for item in plan.items]
        return [(NEW_ITEM, "A new item of the plan"), *items]
    named = plan.partners if column is Field.PARTNER else plan.boards
    return [(folded(one.name), one.name) for one in named]
