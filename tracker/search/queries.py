"""Finding things by words within one authority, as somebody may see them: how many of what, and the best of them.

The authority comes first. Every stem of the index begins with letters of its own authority, so that the words of
others are neither found nor counted, nor slow a search down.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, Subquery, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from tracker.audits.blind.queries import shown_to
from tracker.audits.blind.rules import Viewer
from tracker.audits.models import Audit
from tracker.corpus.words import Question
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.platform.full_text import Phrase
from tracker.search import indexing
from tracker.search.models import WORDS, SearchEntry
from tracker.search.rules import LED_BY, PAPER_COUNTS, Found, codes, found_by, own
from tracker.search.sources.audits import GIVE_GRADES_AWAY

PLACES_SHOWN = 4
"""Places of one file that a result names, the best first. Our choice."""
STEPS = 20
"""Into how many steps scores are put, from nothing to the best: what is on one step answers alike. Our choice."""
NEWEST_TITLES = 2_000
"""Titles whose words are offered instead of a misspelt one. Our choice: read within a few milliseconds."""

Entries = TypeVar("Entries", bound=Select[*tuple[Any, ...]])

NOTHING = Question()


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. What is None, empty or False is not asked."""

    question: Question = NOTHING
    every: bool = True
    """A thing must have every wanted phrase, not just any of them."""
    kind: Found | None = None
    areas: frozenset[str] = frozenset()
    theme: str | None = None
    year: int | None = None
    mine: bool = False
    evidence_kind: str | None = None
    strength: str | None = None
    withdrawn: bool = False
    """Evidence that was withdrawn, and nothing else. Without it, nothing that was."""


@dataclass(frozen=True)
class Tally:
    """How many things answer the words and the theme, by all that they can be filtered by."""

    kind: Found
    evidence_kind: str
    strength: str
    year: int | None
    mine: bool
    withdrawn: bool
    areas: frozenset[str]
    count: int

    def passes(self, wanted: Wanted) -> bool:
        return (
            self.withdrawn == wanted.withdrawn
            and wanted.kind in (None, self.kind)
            and (not wanted.areas or bool(self.areas & wanted.areas))
            and wanted.year in (None, self.year)
            and wanted.evidence_kind in (None, self.evidence_kind)
            and wanted.strength in (None, self.strength)
            and (self.mine or not wanted.mine)
        )


@dataclass(frozen=True)
class Thing:
    """One thing that was found: its best entry, and other places of its file that answer too, the best first."""

    best: SearchEntry
    others: Sequence[str]


def tallies(authority: Authority, viewer: Viewer, wanted: Wanted) -> list[Tally]:
    """Counts of everything that answers the words and the theme, whatever the other filters: one statement."""
    indexing.settle()
    mine = func.coalesce(SearchEntry.owner_id == viewer.id, False)
    by: tuple[Any, ...] = (
        SearchEntry.kind,
        SearchEntry.evidence_kind,
        SearchEntry.strength,
        SearchEntry.year,
        mine,
        SearchEntry.withdrawn,
        SearchEntry.areas,
    )
    asked = Wanted(wanted.question, wanted.every, theme=wanted.theme)
    things = func.count(SearchEntry.thing_id.distinct())
    found = _found(select(*by, things), authority, viewer, asked, _hits(authority, asked), withdrawn_too=True)
    rows = db.session.execute(found.group_by(*by))
    return [Tally(*row[:4], bool(row[4]), row[5], frozenset(codes(row[6])), row[7]) for row in rows]


def theme_tallies(authority: Authority, viewer: Viewer, wanted: Wanted) -> Mapping[str, int]:
    """How many things stand under each theme, with every other filter on: one statement."""
    asked = replace(wanted, theme=None)
    things = func.count(SearchEntry.thing_id.distinct())
    found = _found(select(SearchEntry.themes, things), authority, viewer, asked, _hits(authority, asked))
    counts: dict[str, int] = {}
    for themes, count in db.session.execute(found.where(SearchEntry.themes != "").group_by(SearchEntry.themes)):
        for code in codes(themes):
            counts[code] = counts.get(code, 0) + count
    return counts


def things(
    authority: Authority, viewer: Viewer, wanted: Wanted, *, limit: int, offset: int = 0, newest_first: bool = False
) -> Sequence[Thing]:
    """What is asked for, best first and of what answers alike the newest first: two statements."""
    hits = _hits(authority, wanted)
    newest = (func.max(SearchEntry.dated).desc().nulls_last(), SearchEntry.thing_id)
    best = () if newest_first else (_alike(hits).desc(),)
    found = (
        _found(select(SearchEntry.thing_id, SearchEntry.root_id), authority, viewer, wanted, hits)
        .group_by(SearchEntry.thing_id, SearchEntry.root_id)
        .order_by(*best, *newest)
        .limit(limit)
        .offset(offset)
    )
    listed = [(row.thing_id, row.root_id) for row in db.session.execute(found)]
    entries = _entries(authority, viewer, wanted, listed) if listed else {}
    return [_thing(entries[thing_id]) for thing_id, _ in listed]


def _alike(hits: Subquery) -> ColumnElement[int]:
    """How well a thing of its kind answers, as a whole number that others which answer alike have too."""
    best = func.max(hits.c.score * case((SearchEntry.kind.in_(LED_BY), 1.0), else_=PAPER_COUNTS))
    return cast(best * STEPS / func.nullif(func.max(best).over(), 0), Integer)


def _entries(
    authority: Authority, viewer: Viewer, wanted: Wanted, listed: Sequence[tuple[UUID, UUID]]
) -> Mapping[UUID, list[SearchEntry]]:
    """The best few entries of each thing, which is told with its root: that is what an entry is looked up by."""
    hits = _hits(authority, wanted)
    rank = func.row_number().over(partition_by=SearchEntry.thing_id, order_by=(hits.c.score.desc(), SearchEntry.part))
    ranked = (
        _found(select(SearchEntry.id, rank.label("place")), authority, viewer, wanted, hits)
        .where(
            SearchEntry.root_id.in_({root_id for _, root_id in listed}),
            SearchEntry.thing_id.in_({thing_id for thing_id, _ in listed}),
        )
        .subquery()
    )
    rows = db.session.scalars(
        select(SearchEntry)
        .join(ranked, ranked.c.id == SearchEntry.id)
        .where(ranked.c.place <= PLACES_SHOWN)
        .order_by(ranked.c.place)
    )
    of_thing: dict[UUID, list[SearchEntry]] = {}
    for row in rows:
        of_thing.setdefault(row.thing_id, []).append(row)
    return of_thing


def _thing(entries: list[SearchEntry]) -> Thing:
    best, *others = entries
    return Thing(best, [other.place for other in others if other.place])


def newest_titles(authority: Authority, viewer: Viewer) -> Sequence[str]:
    """Titles of what somebody may find, for words that are near to one that was not found."""
    found = select(SearchEntry.title).where(
        SearchEntry.authority_id == authority.id, SearchEntry.part == 0, may_find(viewer)
    )
    return db.session.scalars(found.order_by(SearchEntry.dated.desc()).limit(NEWEST_TITLES)).all()


def _hits(authority: Authority, wanted: Wanted) -> Subquery:
    phrases = [_own(authority, phrase) for phrase in wanted.question.wanted]
    return WORDS.hits(phrases, every=wanted.every).subquery("hits")


def _own(authority: Authority, phrase: Phrase) -> Phrase:
    prefix = own(authority.id)
    return tuple(prefix + stem for stem in phrase)


def _found(
    statement: Entries,
    authority: Authority,
    viewer: Viewer,
    wanted: Wanted,
    hits: Subquery,
    *,
    withdrawn_too: bool = False,
) -> Entries:
    """``statement`` of entries, kept to what is wanted and to what the viewer may find."""
    found = statement.join(hits, hits.c.word_key == SearchEntry.word_key).where(
        SearchEntry.authority_id == authority.id, may_find(viewer), *_conditions(wanted)
    )
    if wanted.mine:
        found = found.where(SearchEntry.owner_id == viewer.id)
    if not withdrawn_too:
        found = found.where(SearchEntry.withdrawn == wanted.withdrawn)
    if wanted.question.unwanted:
        found = found.where(SearchEntry.thing_id.not_in(_unwanted(authority, viewer, wanted)))
    return found


def _unwanted(authority: Authority, viewer: Viewer, wanted: Wanted) -> Select[UUID]:
    """Things that have a word which is not wanted, as far as the viewer may know that they have it."""
    phrases = [_own(authority, phrase) for phrase in wanted.question.unwanted]
    hits, entry = WORDS.hits(phrases, every=False).subquery("unwanted"), aliased(SearchEntry)
    having = select(entry.thing_id).join(hits, hits.c.word_key == entry.word_key)
    return having.where(entry.authority_id == authority.id, may_find(viewer, entry))


def may_find(viewer: Viewer, entry: type[SearchEntry] = SearchEntry) -> ColumnElement[bool]:
    """What her role finds, but no answers and findings of audits that she may still have to moderate blind."""
    kinds = found_by(viewer.role)
    readable = exists().where(Audit.id == entry.root_id, shown_to(viewer))
    open_to_her = or_(entry.kind.not_in(GIVE_GRADES_AWAY), readable)
    return open_to_her if kinds == frozenset(Found) else and_(entry.kind.in_(kinds), open_to_her)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    equal: tuple[tuple[Any, Any], ...] = (
        (SearchEntry.kind, wanted.kind),
        (SearchEntry.year, wanted.year),
        (SearchEntry.evidence_kind, wanted.evidence_kind),
        (SearchEntry.strength, wanted.strength),
    )
    conditions: list[ColumnElement[bool]] = [column == value for column, value in equal if value is not None]
    if wanted.areas:
        conditions.append(or_(*(_has(SearchEntry.areas, code) for code in sorted(wanted.areas))))
    if wanted.theme is not None:
        conditions.append(_has(SearchEntry.themes, wanted.theme))
    return conditions


def _has(column: Any, code: str) -> ColumnElement[bool]:
    held: ColumnElement[bool] = column.contains(f"|{code}|", autoescape=True)
    return held
