"""What a pack holds and where: chapter numbers, anchors, the contents list, and every place that cites a thing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch

from reports import contents as pack
from reports.plan_parts import BurnUp
from reports.prose import citations

LONG_ITEM = 4
"""An item with more actions than this gets a table of its own, whose head names the item again on every page."""


@dataclass(frozen=True)
class Section:
    anchor: str
    title: str


@dataclass(frozen=True)
class Numbered:
    """A chapter with its place in the pack."""

    chapter: pack.Chapter
    number: str
    """"3" or "Annex A"."""
    anchor: str
    sections: tuple[Section, ...]

    @property
    def label(self) -> str:
        return f"Chapter {self.number}" if self.number.isdigit() else self.number

    @property
    def flows(self) -> bool:
        """Whether it may begin on the page on which a chapter like it ends: most of them fill a part of one."""
        return isinstance(self.chapter, pack.Quality | pack.Standings | pack.Scored | pack.Differences)

    @property
    def slight(self) -> bool:
        """Whether the chapter only says that there is nothing to say, and need not take a page."""
        match self.chapter:
            case pack.WhereWeStand(profile=profile):
                return not profile.rows
            case pack.Summary(rows=things) | pack.Voices(voices=things) | pack.Changes(comparisons=things):
                return not things
            case (
                pack.NotYetSure(entries=things)
                | pack.Register(entries=things)
                | pack.ProposedActions(items=things)
                | pack.Watching(rows=things)
                | pack.HowFar(items=things)
                | pack.Scored(measures=things)
                | pack.Standings(areas=things)
                | pack.Differences(pathways=things)
                | pack.OverTime(burn_up=BurnUp(points=things))
            ):
                return not things
            case pack.Plan(items=items, earlier=earlier):
                return not (items or earlier)
            case pack.AreaRegister(entries=entries, gaps=gaps):
                return not (entries or gaps)
            case pack.Audits(grades=grades, findings=findings):
                return not (findings or (grades and grades.periods))
            case pack.Quality():
                return self.chapter.is_empty
        return False


@dataclass(frozen=True)
class Place:
    """Where something is cited: an anchor and what to call it."""

    anchor: str
    label: str


def outline(contents: pack.PackContents) -> Sequence[Numbered]:
    """The chapters in order. Annexes are lettered, all others numbered."""
    numbered, chapters, annexes = [], 0, 0
    for position, chapter in enumerate(contents.chapters, 1):
        if isinstance(chapter, pack.Changes | pack.Method):
            annexes += 1
            number = f"Annex {chr(ord('A') + annexes - 1)}"
        else:
            chapters += 1
            number = str(chapters)
        anchor = f"chapter-{position}"
        numbered.append(Numbered(chapter, number, anchor, tuple(_sections(chapter, anchor))))
    return numbered


def _sections(chapter: pack.Chapter, anchor: str) -> Iterator[Section]:
    """Headings inside a chapter that are worth a line in the contents."""
    if isinstance(chapter, pack.Area):
        yield Section(f"{anchor}-know", chapter.know.words)
        yield Section(f"{anchor}-how", chapter.how.words)
        yield Section(f"{anchor}-plans", chapter.plans.words)
    elif isinstance(chapter, pack.Plan) and chapter.earlier:
        yield Section(f"{anchor}-earlier", "Items from earlier inspections")
    elif isinstance(chapter, pack.Audits):
        yield Section(f"{anchor}-findings", "Findings, changes and the second look")


def printed(contents: pack.PackContents) -> frozenset[str]:
    """Every reference that has a place of its own in the pack, so that a link to it lands."""
    return frozenset(reference for chapter in contents.chapters for reference in _references(chapter) if reference)


def _references(chapter: pack.Chapter) -> Iterator[str]:
    match chapter:
        case pack.Area():
            yield from (statement.reference for statement in _statements(chapter))
            yield from (measure.reference for measure in chapter.measures.measures) if chapter.measures else ()
        case pack.Plan():
            yield from (item.reference for item in chapter.items)
            yield from (action.reference for item in chapter.items for action in item.actions)
            yield from (item.reference for item in chapter.earlier)
        case pack.WhatMoved():
            yield from (action.reference for group in chapter.groups for action in group.actions)
        case pack.ProposedActions():
            yield from (item.reference for item in chapter.items)
            yield from (action.reference for item in chapter.items for action in item.actions)
        case (
            pack.HowFar(items=things)
            | pack.Scored(measures=things)
            | pack.Differences(pathways=things)
            | pack.Audits(findings=things)
            | pack.Register(entries=things)
            | pack.AreaRegister(entries=things)
        ):
            yield from (thing.reference for thing in things)


def _statements(area: pack.Area) -> Iterator[pack.Statement]:
    for question in (area.know, area.how, area.plans):
        yield from question.statements


def cited(chapters: Iterable[Numbered]) -> Mapping[str, Sequence[Place]]:
    """Where each reference is cited, in the order of the pack, each place once."""
    places: dict[str, dict[Place, None]] = {}
    for numbered in chapters:
        for place, text in _texts(numbered.chapter, numbered):
            for reference in citations(text):
                places.setdefault(reference, {})[place] = None
    return {reference: tuple(found) for reference, found in places.items()}


@singledispatch
def _texts(chapter: pack.Chapter, numbered: Numbered) -> Iterator[tuple[Place, str]]:
    """Every text of a chapter that may cite, with the place that a reader is sent to."""
    yield from ()


def _all(place: Place, texts: Iterable[str]) -> Iterator[tuple[Place, str]]:
    return ((place, text) for text in texts)


def _points(rows: Iterable[pack.Row | pack.Unsure]) -> Iterator[str]:
    return (point for row in rows for point in row.points)


@_texts.register
def _(chapter: pack.WhereWeStand, numbered: Numbered) -> Iterator[tuple[Place, str]]:
    yield from _all(Place(f"{numbered.anchor}-notes", numbered.label), _points(chapter.notes))


@_texts.register
def _(chapter: pack.Summary, numbered: Numbered) -> Iterator[tuple[Place, str]]:
    yield from _all(Place(numbered.anchor, numbered.label), (*_points(chapter.rows), *chapter.not_sure_of))


@_texts.register
def _(chapter: pack.Area, numbered: Numbered) -> Iterator[tuple[Place, str]]:
    def place(name: str) -> Place:
        return Place(f"{numbered.anchor}-{name}", f"{numbered.label}, {name}")

    yield Place(f"{numbered.anchor}-view", numbered.label), chapter.own_view.reasons
    for statement in _statements(chapter):
        yield Place(statement.reference.lower(), statement.reference), statement.text
    yield from _all(place("quotations"), (f"[{quotation.reference}]" for quotation in chapter.inspectors_said))
    yield from _all(place("sources"), (says.note for row in chapter.agreements for says in _says(row)))
    yield place("audits"), chapter.audits_show
    if chapter.measures:
        yield place("measures"), chapter.measures.note


def _says(agreement: pack.Agreement) -> tuple[pack.Says, ...]:
    return agreement.inspectors, agreement.audits, agreement.measures, agreement.people


@_texts.register
def _(chapter: pack.Plan, numbered: Numbered) -> Iterator[tuple[Place, str]]:
    for item in chapter.items:
        for action in item.actions:
            yield Place(action.reference.lower(), action.reference), action.difference
    yield from _all(Place(f"{numbered.anchor}-earlier", numbered.label), (item.because for item in chapter.earlier))


@_texts.register
def _(chapter: pack.ProposedActions, numbered: Numbered) -> Iterator[tuple[Place, str]]:
    for item in chapter.items:
        for action in item.actions:
            yield Place(action.reference.lower(), action.reference), action.success


@_texts.register
def _(chapter: pack.InspectionFacts | pack.Watching | pack.Quality, numbered: Numbered) -> Iterator[tuple[Place, str]]:
    yield from _all(Place(numbered.anchor, numbered.label), _points(chapter.rows))


@_texts.register
def _(chapter: pack.Audits, numbered: Numbered) -> Iterator[tuple[Place, str]]:
    for finding in chapter.findings:
        yield from _all(Place(finding.reference.lower(), finding.reference), (finding.changed, finding.second_look))
    yield from _all(Place(f"{numbered.anchor}-trust", numbered.label), _points(chapter.trust))


@_texts.register
def _(chapter: pack.Voices, numbered: Numbered) -> Iterator[tuple[Place, str]]:
    place = Place(numbered.anchor, numbered.label)
    for voice in chapter.voices:
        yield from _all(place, (f"[{voice.reference}]", voice.source, voice.bears_on))
    yield from _all(place, _points(chapter.notes))


@_texts.register
def _(chapter: pack.NotYetSure, numbered: Numbered) -> Iterator[tuple[Place, str]]:
    yield from _all(Place(numbered.anchor, numbered.label), _points(chapter.entries))


@_texts.register
def _(chapter: pack.Method, numbered: Numbered) -> Iterator[tuple[Place, str]]:
    yield from _all(Place(numbered.anchor, numbered.label), _points(chapter.rows))


def plan_tables(items: Sequence[pack.PlanItem]) -> Sequence[Sequence[pack.PlanItem]]:
    """The items of a plan, table by table: short ones in a row share one, a long one stands alone."""
    tables: list[list[pack.PlanItem]] = []
    for item in items:
        if tables and not is_long(item) and not is_long(tables[-1][-1]):
            tables[-1].append(item)
        else:
            tables.append([item])
    return tables


def is_long(item: pack.PlanItem) -> bool:
    return len(item.actions) > LONG_ITEM
