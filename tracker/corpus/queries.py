"""Every question asked of the corpus. A passage is found only by the authority that holds its report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.corpus.models import WORDS, DoubtfulReport, Passage, PassageTheme, PublishedReport
from tracker.corpus.rules import PassageKind
from tracker.corpus.words import Question
from tracker.inspections.models import Inspection, Review
from tracker.people.models import Authority
from tracker.platform.db import db

Passages = TypeVar("Passages", bound=Select[*tuple[Any, ...]])


EVERYTHING = Question()


@dataclass(frozen=True)
class Wanted:
    """What somebody asks the corpus for. What is None, or empty, is not asked."""

    question: Question = EVERYTHING
    every: bool = True
    """A passage must have every wanted phrase, not just any of them."""
    kind: PassageKind | None = None
    areas: frozenset[str] = frozenset()
    grade: str | None = None
    year: int | None = None
    about: str | None = None
    theme: str | None = None

    @property
    def narrowed(self) -> bool:
        return self.filters != Wanted().filters

    @property
    def filters(self) -> tuple[object, ...]:
        return self.kind, self.areas, self.grade, self.year, self.about, self.theme


@dataclass(frozen=True)
class Tally:
    """How many passages answer the words and the theme, by all that they can be filtered by."""

    kind: PassageKind
    area: str | None
    grade: str | None
    year: int
    about: str
    count: int

    def passes(self, wanted: Wanted) -> bool:
        return (
            wanted.kind in (None, self.kind)
            and (not wanted.areas or self.area in wanted.areas)
            and wanted.grade in (None, self.grade)
            and wanted.year in (None, self.year)
            and wanted.about in (None, self.about)
        )


@dataclass(frozen=True)
class Size:
    """How many reports can be searched, and how many wait for a person."""

    reports: int
    doubtful: int


def tallies(authority: Authority, wanted: Wanted) -> list[Tally]:
    """Counts of everything that answers the words and the theme, whatever the other filters: one statement."""
    by = (Passage.kind, Passage.area_code, Passage.grade_code, PublishedReport.year, PublishedReport.about)
    asked = Wanted(wanted.question, wanted.every, theme=wanted.theme)
    found = _found(select(*by, func.count()), authority, asked, _hits(asked)).group_by(*by)
    return [Tally(*row) for row in db.session.execute(found)]


def theme_tallies(authority: Authority, wanted: Wanted) -> Mapping[str, int]:
    """How many passages are likely about each theme, with every other filter on."""
    asked = replace(wanted, theme=None)
    found = _found(select(PassageTheme.theme_code, func.count().label("passages")), authority, asked, _hits(asked))
    by_theme = found.join(PassageTheme, PassageTheme.passage_id == Passage.id).group_by(PassageTheme.theme_code)
    return {row.theme_code: row.passages for row in db.session.execute(by_theme)}


def passages(
    authority: Authority, wanted: Wanted, *, newest_first: bool = False, limit: int, offset: int = 0
) -> Sequence[Passage]:
    """The passages that are asked for, best first, each with its report and its themes.

    Found and put in order without their texts, which only those that are given back need.
    """
    hits = _hits(wanted)
    newest = (PublishedReport.fieldwork_from.desc(), PublishedReport.about, PublishedReport.id, Passage.position)
    best = () if hits is None or newest_first else (hits.c.score.desc(),)
    found = _found(select(Passage.id), authority, wanted, hits).order_by(*best, *newest)
    ids = db.session.scalars(found.limit(limit).offset(offset)).all()
    rows = db.session.scalars(
        select(Passage)
        .where(Passage.id.in_(ids))
        .options(joinedload(Passage.report).joinedload(PublishedReport.inspection), selectinload(Passage.themes))
    )
    by_id = {passage.id: passage for passage in rows}
    return [by_id[one] for one in ids]


def size(authority: Authority) -> Size:
    reports = select(func.count()).where(PublishedReport.authority_id == authority.id)
    doubtful = select(func.count()).where(DoubtfulReport.authority_id == authority.id)
    return Size(db.session.scalar(reports) or 0, db.session.scalar(doubtful) or 0)


def authorities(authority: Authority) -> Sequence[str]:
    """The authorities that reports are about, by name."""
    names = select(PublishedReport.about).where(PublishedReport.authority_id == authority.id).distinct()
    return sorted(db.session.scalars(names), key=str.casefold)


def reports(authority: Authority) -> Select[PublishedReport]:
    """Every report that can be searched, by the authority it is about and then the latest first, with its grades."""
    return (
        select(PublishedReport)
        .where(PublishedReport.authority_id == authority.id)
        .options(selectinload(PublishedReport.grades), joinedload(PublishedReport.inspection))
        .order_by(func.lower(PublishedReport.about), PublishedReport.fieldwork_from.desc(), PublishedReport.id)
    )


def report(authority: Authority, report_id: UUID) -> PublishedReport | None:
    """One report with its grades and every passage."""
    return db.session.scalars(
        select(PublishedReport)
        .where(PublishedReport.authority_id == authority.id, PublishedReport.id == report_id)
        .options(
            selectinload(PublishedReport.grades),
            selectinload(PublishedReport.passages),
            joinedload(PublishedReport.inspection),
        )
    ).one_or_none()


def passage(authority: Authority, passage_id: UUID) -> Passage | None:
    """One passage with its report and its themes."""
    return db.session.scalars(
        select(Passage)
        .join(Passage.report)
        .where(PublishedReport.authority_id == authority.id, Passage.id == passage_id)
        .options(contains_eager(Passage.report).joinedload(PublishedReport.inspection), selectinload(Passage.themes))
    ).one_or_none()


def passages_in(report: PublishedReport) -> int:
    return db.session.scalar(select(func.count()).where(Passage.report_id == report.id)) or 0


def doubtful_reports(authority: Authority) -> Sequence[DoubtfulReport]:
    """What waits for a person, by the name of its file."""
    return db.session.scalars(
        select(DoubtfulReport).where(DoubtfulReport.authority_id == authority.id).order_by(DoubtfulReport.file_name)
    ).all()


def doubtful_report(authority: Authority, doubtful_id: UUID) -> DoubtfulReport | None:
    return db.session.scalars(
        select(DoubtfulReport).where(DoubtfulReport.authority_id == authority.id, DoubtfulReport.id == doubtful_id)
    ).one_or_none()


def report_of_file(authority: Authority, sha256: str) -> PublishedReport | None:
    return db.session.scalars(
        select(PublishedReport).where(
            PublishedReport.authority_id == authority.id, PublishedReport.file_sha256 == sha256
        )
    ).one_or_none()


def doubtful_of_file(authority: Authority, sha256: str) -> DoubtfulReport | None:
    return db.session.scalars(
        select(DoubtfulReport).where(DoubtfulReport.authority_id == authority.id, DoubtfulReport.file_sha256 == sha256)
    ).one_or_none()


def inspection(inspection_id: UUID) -> Inspection:
    """A recorded inspection with all that it says."""
    return db.session.scalars(_inspections().where(Inspection.id == inspection_id)).one()


def inspections_not_held(authority: Authority) -> Sequence[Inspection]:
    """The authority's inspections that cannot be searched yet, earliest first."""
    held = select(PublishedReport.inspection_id).where(PublishedReport.inspection_id == Inspection.id)
    return db.session.scalars(
        _inspections().where(Inspection.authority_id == authority.id, ~held.exists()).order_by(Inspection.number)
    ).all()


def _inspections() -> Select[Inspection]:
    return select(Inspection).options(
        selectinload(Inspection.judgements), selectinload(Inspection.paragraphs), selectinload(Inspection.items)
    )


def page_sizes_of(inspection: Inspection) -> Sequence[Sequence[float]]:
    """Of the pages of its file, as they were read; none for an inspection that no file was read for."""
    found = db.session.scalars(
        select(Review)
        .where(Review.authority_id == inspection.authority_id, Review.file_sha256 == inspection.file_sha256)
        .limit(1)
    ).first()
    return found.reading["page_sizes"] if found is not None else []


def _hits(wanted: Wanted) -> Subquery | None:
    """What the database's full text finds; None where no words are asked for."""
    phrases = wanted.question.wanted
    return WORDS.hits(phrases, every=wanted.every).subquery("hits") if phrases else None


def _found(statement: Passages, authority: Authority, wanted: Wanted, hits: Subquery | None) -> Passages:
    """``statement`` of passages and their reports, kept to what is wanted."""
    found = statement.join(Passage.report).where(PublishedReport.authority_id == authority.id, *_conditions(wanted))
    return found if hits is None else found.join(hits, hits.c.word_key == Passage.word_key)


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    for column, value in (
        (Passage.kind, wanted.kind),
        (Passage.grade_code, wanted.grade),
        (PublishedReport.year, wanted.year),
        (PublishedReport.about, wanted.about),
    ):
        if value is not None:
            yield column == value
    if wanted.areas:
        yield Passage.area_code.in_(sorted(wanted.areas))
    if wanted.theme is not None:
        yield Passage.themes.any(PassageTheme.theme_code == wanted.theme)
    if wanted.question.unwanted:
        unwanted = WORDS.hits(wanted.question.unwanted, every=False).subquery("unwanted")
        yield Passage.word_key.not_in(select(unwanted.c.word_key))
