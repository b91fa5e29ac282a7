"""The trail of an authority, a page at a time: who did what to which thing, and from where.

A page is found by the moment of its last entry, not by counting: the first page of a million costs what the first page
of a hundred does.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from tracker.people.models import Authority
from tracker.platform import clock, references
from tracker.platform.db import Model, db
from tracker.platform.history import HistoryEntry
from tracker.platform.history.entries import ROWS
from tracker.platform.references import Referenced
from tracker.web.happened import called, happened
from tracker.web.links import PAGES

PER_PAGE = 50
"""Our choice: about two screens."""
MOST_EXPORTED = 100_000
"""Entries that one file holds; a longer stretch is taken in pieces, by days. Our choice: a spreadsheet opens it."""
CHANGES, ACTS, TAKEN = "changes", "acts", "taken"
WHAT: Mapping[str, str] = {
    CHANGES: "Added, changed or removed",
    ACTS: "Everything else that was done",
    TAKEN: "Downloads and looks into files",
}
TAKING = ("%download%", "looked at%", "%taken away%", "took %")
"""As those who write them call them."""

Place = tuple[datetime, int]
"""The moment and the number of an entry."""


@dataclass(frozen=True)
class Wanted:
    """What somebody asks the trail; None asks for all."""

    who: UUID | None = None
    kind: str | None = None
    thing: str = ""
    """A reference, such as A-104."""
    first: date | None = None
    last: date | None = None
    what: str | None = None
    before: Place | None = None


@dataclass(frozen=True)
class Line:
    at: datetime
    by: str
    sentence: str
    why: str
    came_from: str
    reference: str
    """Of a thing with a page of its own; else empty."""
    kind: str


@dataclass(frozen=True)
class TrailPage:
    lines: Sequence[Line]
    older: Place | None
    """Where the next page begins; None at the end."""


def page(authority: Authority, wanted: Wanted) -> TrailPage:
    """The newest entries first; one more is asked for than is shown, to know whether there are older ones."""
    entries = db.session.scalars(_asked(authority, wanted).limit(PER_PAGE + 1)).all()
    shown = entries[:PER_PAGE]
    older = (shown[-1].at, shown[-1].sequence) if len(entries) > PER_PAGE else None
    return TrailPage([_line(entry) for entry in shown], older)


def every(authority: Authority, wanted: Wanted) -> Iterator[Line]:
    """For a file, the newest first, at most MOST_EXPORTED."""
    asked = _asked(authority, wanted).limit(MOST_EXPORTED)
    for entry in db.session.scalars(asked, execution_options={"yield_per": 1000}):
        yield _line(entry)


def kinds() -> Sequence[tuple[str, str]]:
    """Every kind of thing that has a trail, by what it is called."""
    tables = {mapper.class_.__tablename__ for mapper in Model.registry.mappers if mapper.class_.__history__}
    return sorted(((name, called(name)) for name in tables), key=lambda pair: pair[1])


def _asked(authority: Authority, wanted: Wanted) -> Select[HistoryEntry]:
    return (
        select(HistoryEntry)
        .where(HistoryEntry.chain == authority.id, *_conditions(authority, wanted))
        .order_by(HistoryEntry.at.desc(), HistoryEntry.sequence.desc())
    )


def _conditions(authority: Authority, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.who:
        yield HistoryEntry.actor_id == wanted.who
    if wanted.kind:
        yield HistoryEntry.thing_kind == wanted.kind
    if wanted.thing:
        yield HistoryEntry.thing_id == _thing(authority, wanted.thing)
    yield from _when(wanted)
    yield from _what(wanted.what)


def _when(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.first:
        yield HistoryEntry.at >= _midnight(wanted.first)
    if wanted.last:
        yield HistoryEntry.at < _midnight(wanted.last + timedelta(days=1))
    if wanted.before:
        at, sequence = wanted.before
        yield HistoryEntry.at <= at
        yield or_(HistoryEntry.at < at, and_(HistoryEntry.at == at, HistoryEntry.sequence < sequence))


def _what(what: str | None) -> Iterator[ColumnElement[bool]]:
    if what == CHANGES:
        yield HistoryEntry.what.in_(ROWS)
    if what in {ACTS, TAKEN}:
        yield HistoryEntry.what.not_in(ROWS)
    if what == TAKEN:
        yield or_(*(HistoryEntry.what.like(words) for words in TAKING))


def _thing(authority: Authority, text: str) -> UUID:
    """What this reference names in this authority; nobody's id where it names nothing."""
    found = references.parse(text)
    if found is not None:
        prefix, number = found
        for mapper in Model.registry.mappers:
            kind = mapper.class_
            if issubclass(kind, Referenced) and kind.prefix == prefix:
                same = (mapper.local_table.c.authority_id == authority.id) & (mapper.local_table.c.number == number)
                return db.session.scalar(select(mapper.local_table.c.id).where(same)) or UUID(int=0)
    return UUID(int=0)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.LONDON)


def _line(entry: HistoryEntry) -> Line:
    found = references.parse(entry.reference)
    return Line(
        at=entry.at,
        by=entry.actor_name,
        sentence=happened(entry),
        why=entry.why,
        came_from=entry.came_from,
        reference=entry.reference if found and found[0] in PAGES and entry.what != "removed" else "",
        kind=called(entry.thing_kind),
    )
