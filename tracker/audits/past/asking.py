"""The words of a file that nobody here can know the meaning of: what to ask, and what to offer as the answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.audits.past.queries import Known
from tracker.audits.past.rules import (
    DOMAIN,
    KEEP_NAME,
    LEFT_OUT,
    NAMES,
    NO,
    NO_TEAM,
    NOT_KNOWN,
    YES,
    Field,
    domain_key,
    likeliest_grade,
    scale_key,
)
from tracker.audits.past.words import Words
from tracker.audits.rules import DOES_NOT_APPLY, FamilyFeedback
from tracker.audits.schema import Tool
from tracker.platform.columns import folded, likeliest_name
from tracker.platform.lines import Line

OF_A_NAME = (
    Field.TOOL, Field.AREA, Field.THEME, Field.TEAM, Field.AUDITOR, Field.PRACTITIONER, Field.FAMILY,
)  # fmt: skip
"""Columns whose words name something here, or are one of a few answers, in the order in which they are asked about;
grades follow."""

OF_ANY_TOOL = frozenset(OF_A_NAME) - {Field.AREA, Field.THEME}
"""Columns whose words mean the same whatever tool an audit was made with."""

ANSWERS: Mapping[Field, Sequence[tuple[str, str]]] = {
    Field.PRACTITIONER: (
        (YES, "The practitioner took part"),
        (NO, "The practitioner did not take part"),
        (NOT_KNOWN, "It does not say"),
    ),
    Field.FAMILY: (
        (FamilyFeedback.OBTAINED, "Their feedback was obtained"),
        (FamilyFeedback.NOT_YET, "It was not obtained"),
        (FamilyFeedback.DECLINED, "They declined"),
        (FamilyFeedback.NOT_APPROPRIATE, "Asking was not appropriate"),
        (NOT_KNOWN, "It does not say"),
    ),
}
"""What a word of these columns can mean."""


@dataclass
class Unknown:
    """A word of the file, how often it stands there, what it can mean, and its likeliest meaning or empty.

    One that somebody has explained is ``told``: its likeliest meaning is what was said.
    """

    column: str
    """As ``Meanings`` names it: a field, or a scale of grades."""
    name: str
    word: str
    offered: Sequence[tuple[str, str]]
    likeliest: str
    told: bool = False
    times: int = 0

    @property
    def key(self) -> str:
        return folded(self.word)


def unknown(lines: Sequence[Line], known: Known, words: Words, *, again: bool = False) -> list[Unknown]:
    """Each word that has no meaning here yet, column by column, the most frequent first.

    ``again``: those as well that somebody has explained, so that an explanation can be put right.
    """
    found: dict[tuple[str, str], Unknown] = {}
    for line in lines:
        for one in (*_names(line, known, words), *_grades(line, words)):
            if again or not one.told:
                found.setdefault((one.column, one.key), one).times += 1
    order: list[str] = list(OF_A_NAME)
    return sorted(
        found.values(), key=lambda one: (order.index(one.column) if one.column in order else len(order), -one.times)
    )


def _names(line: Line, known: Known, words: Words) -> Iterator[Unknown]:
    tool = words.known_tool(line)
    for column in OF_A_NAME:
        text = line.text(column)
        if text and not _is_known(column, text, tool, words):
            yield _named(column, text, tool, known)
        elif text and (told := words.told(column, text)) and (tool is not None or column in OF_ANY_TOOL):
            yield Unknown(column, NAMES[column], text, _offered(column, tool, known), told, told=True)


def _grades(line: Line, words: Words) -> Iterator[Unknown]:
    tool = words.known_tool(line)
    if tool is None:
        return
    for column, text in line.texts.items():
        of_grades = column in {Field.GRADE, Field.MODERATED} or column.startswith(DOMAIN)
        if not of_grades or not _has_column(column, tool):
            continue
        if words.asks_grade(column, tool, text):
            yield _graded(text, tool)
        elif text and (told := words.told(scale_key(tool), text)):
            yield _graded(text, tool, told)


def _has_column(column: str, tool: Tool) -> bool:
    """A file of several tools has columns for domains that some of them do not have."""
    return not column.startswith(DOMAIN) or column in {domain_key(domain) for domain in tool.domains}


def _is_known(column: Field, text: str, tool: Tool | None, words: Words) -> bool:
    if column is Field.TOOL:
        return tool is not None
    if column is Field.TEAM:
        return words.known_team(text) is not None or words.is_no_answer(column, text)
    if column is Field.AUDITOR:
        return words.known_person(text) is not None or words.is_kept_name(text)
    if column is Field.PRACTITIONER:
        return words.known_part(text) is not None or words.is_no_answer(column, text)
    if column is Field.FAMILY:
        return words.known_heard(text) is not None or words.is_no_answer(column, text)
    if tool is None:  # asked about once it is known what the audit was made with
        return True
    if column is Field.AREA:
        return words.known_area(tool, text) is not None
    return words.known_theme(tool, text) is not None


def _named(column: Field, text: str, tool: Tool | None, known: Known) -> Unknown:
    offered = _offered(column, tool, known)
    likeliest = likeliest_name(text, dict(offered)) or (KEEP_NAME if column is Field.AUDITOR else "")
    return Unknown(column, NAMES[column], text, offered, likeliest)


def _offered(column: Field, tool: Tool | None, known: Known) -> Sequence[tuple[str, str]]:
    if column is Field.TOOL:
        return [(tool.id, tool.name) for tool in known.box.latest]
    if column is Field.TEAM:
        return [*((str(team.id), team.name) for team in known.teams), (NO_TEAM, "No team here: leave it empty")]
    if column is Field.AUDITOR:
        return [
            (KEEP_NAME, "No colleague here: keep the name"),
            *((str(person.id), person.name) for person in known.colleagues),
        ]
    if column in ANSWERS:
        return ANSWERS[column]
    areas = known.areas(tool) if tool else ()
    if column is Field.AREA:
        return [(area.code, area.short_name) for area in areas]
    return [(theme.code, f"{theme.code} {theme.name}") for area in areas for theme in area.themes]


def _graded(text: str, tool: Tool, told: str = "") -> Unknown:
    offered = [(grade.code, grade.short_label) for grade in tool.grades]
    name = f"Grades: {offered[0][1]} to {offered[-1][1].lower()}"
    likeliest = told or likeliest_grade(tool, text)
    return Unknown(scale_key(tool), name, text, [*offered, (LEFT_OUT, DOES_NOT_APPLY)], likeliest, told=bool(told))
