"""What the figure sheets of an authority, its memory of words and its measures as they stand say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload, selectinload

from tracker.indicators.importing import kept
from tracker.indicators.importing.models import FigureMemory, FigureSheet
from tracker.indicators.importing.rules import NONE_OF_OURS, Field
from tracker.indicators.models import Measure
from tracker.people.models import Authority
from tracker.platform import brought_in, references
from tracker.platform.columns import folded
from tracker.platform.db import db
from tracker.platform.workbooks import Sheet


def sheet(authority: Authority, sheet_id: UUID) -> FigureSheet | None:
    return db.session.scalars(
        select(FigureSheet)
        .where(FigureSheet.authority_id == authority.id, FigureSheet.id == sheet_id)
        .options(joinedload(FigureSheet.brought_by))
    ).one_or_none()


def last_sheets(authority: Authority) -> Sequence[FigureSheet]:
    """Newest first, each with who brought it, without their cells."""
    return db.session.scalars(
        select(FigureSheet)
        .where(FigureSheet.authority_id == authority.id)
        .options(joinedload(FigureSheet.brought_by), defer(FigureSheet.content))
        .order_by(FigureSheet.brought_at.desc())
        .limit(brought_in.LAST_SHEETS)
    ).all()


def memory(authority: Authority) -> FigureMemory | None:
    return db.session.scalars(select(FigureMemory).where(FigureMemory.authority_id == authority.id)).one_or_none()


def content(sheet: FigureSheet) -> tuple[Sheet, ...]:
    """Every sheet of the file; none once it is applied."""
    return kept.sheets(sheet.content or [])


def chosen(sheet: FigureSheet) -> Sheet:
    """The sheet of the file that holds the figures."""
    return sheet.among(content(sheet))


@dataclass(frozen=True)
class Measures:
    """The measures of an authority with all their figures, for looking up what a row is about."""

    all: Sequence[Measure]
    meanings: Mapping[str, str]
    """Name as ``folded`` -> number of a measure, or ``NONE_OF_OURS``."""

    @cached_property
    def by_number(self) -> dict[int, Measure]:
        return {measure.number: measure for measure in self.all}

    @cached_property
    def by_words(self) -> dict[str, Measure]:
        """Names, short names, and names with their basis that one measure alone has."""
        named: dict[str, set[int]] = defaultdict(set)
        for one in self.all:
            for words in (one.name, one.short_name, f"{one.name} {one.basis}", f"{one.reference} {one.name}"):
                named[folded(words)].add(one.number)
        return {words: self.by_number[min(of)] for words, of in named.items() if words and len(of) == 1}

    def by_reference(self, text: str) -> Measure | None:
        """The measure whose reference a text is, or begins with."""
        said = references.parse(text.split(" ", 1)[0].rstrip(":,."))
        return self.by_number.get(said[1]) if said and said[0] == Measure.prefix else None

    def meant(self, words: str) -> Measure | None:
        """The measure that a name means: as explained, else by what it is called here."""
        told = self.meanings.get(folded(words), "")
        if told.isdecimal():
            return self.by_number.get(int(told))
        return self.by_reference(words) or self.by_words.get(folded(words))

    def is_none(self, words: str) -> bool:
        """Whether somebody said that no measure here is meant."""
        return self.meanings.get(folded(words)) == NONE_OF_OURS


def measures(authority: Authority, meanings: Mapping[str, Mapping[str, str]], *, lock: bool = False) -> Measures:
    """Four statements. ``lock`` keeps two people from recording figures of one measure at once."""
    asked = select(Measure).where(Measure.authority_id == authority.id).order_by(Measure.number)
    asked = asked.options(selectinload(Measure.values), selectinload(Measure.changes)).execution_options(
        populate_existing=lock
    )
    found = db.session.scalars(asked.with_for_update(of=Measure) if lock else asked).all()
    return Measures(found, meanings.get(Field.MEASURE, {}))
