"""What is found of inspections, measures, the self-evaluation and packs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from tracker.evidence.places import area_name
from tracker.indicators.difference.models import Pathway
from tracker.indicators.models import Measure
from tracker.indicators.surveys.models import Question, SchemeFinding, Survey
from tracker.inspections.models import Inspection, Paragraph
from tracker.packs.models import Pack
from tracker.packs.rules import FOR_WHO_RUNS_A_WEEK
from tracker.platform import clock
from tracker.platform.db import db
from tracker.search.rules import Entry, Found, text_of
from tracker.search.sources.source import Ids, Source, at, grouped
from tracker.self_evaluation.models import AreaView, SelfEvaluation, Statement


def _inspections(ids: Ids) -> Iterator[Entry]:
    found = select(
        Inspection.id,
        Inspection.authority_id,
        Inspection.number,
        Inspection.title,
        Inspection.authority_as_printed,
        Inspection.dates_as_printed,
        Inspection.lead_inspector,
        Inspection.fieldwork_from,
    ).where(Inspection.id.in_(ids))
    paragraphs = _paragraphs_of(ids)
    for row in db.session.execute(found):
        common: dict[str, Any] = {
            "authority_id": row.authority_id,
            "root_id": row.id,
            "number": row.number,
            "dated": row.fieldwork_from,
        }
        yield Entry(
            kind=Found.INSPECTION,
            thing_id=row.id,
            title=f"{row.title}, {row.dates_as_printed}",
            text=text_of(row.authority_as_printed, row.lead_inspector),
            **common,
        )
        for paragraph in paragraphs.get(row.id, ()):
            yield _paragraph(paragraph, row.dates_as_printed, common)


def _paragraphs_of(ids: Ids) -> Any:
    return grouped(
        db.session.execute(
            select(
                Paragraph.inspection_id,
                Paragraph.id,
                Paragraph.position,
                Paragraph.printed_number,
                Paragraph.page,
                Paragraph.area_code,
                Paragraph.heading,
                Paragraph.text,
            ).where(Paragraph.inspection_id.in_(ids))
        )
    )


def _paragraph(row: Any, dates: str, common: dict[str, Any]) -> Entry:
    called = f"Paragraph {row.printed_number}" if row.printed_number else f"Page {row.page}"
    return Entry(
        kind=Found.PARAGRAPH,
        thing_id=row.id,
        title=f"{called}, {dates}",
        text=text_of(row.heading, row.text),
        anchor=f"p{row.position + 1}",
        **common,
        **at(row.area_code),
    )


def _surveys(ids: Ids) -> Iterator[Entry]:
    """A survey with its questions and what a scheme found, in its own text."""
    words: dict[Any, list[str]] = defaultdict(list)
    for model in (Question, SchemeFinding):
        told = select(model.survey_id, model.text).where(model.survey_id.in_(ids)).order_by(model.position)
        for survey_id, text in db.session.execute(told):
            words[survey_id].append(text)
    for survey in _rows(Survey, ids):
        yield Entry(
            authority_id=survey.authority_id,
            kind=Found.SURVEY,
            root_id=survey.id,
            thing_id=survey.id,
            number=survey.number,
            title=survey.name,
            text=text_of(survey.about, survey.said_by, survey.scheme, survey.level, *words[survey.id]),
            dated=survey.accredited_on,
            **at(survey.area_code, survey.theme_code),
        )


def _measures(ids: Ids) -> Iterator[Entry]:
    for measure in _rows(Measure, ids):
        yield Entry(
            authority_id=measure.authority_id,
            kind=Found.MEASURE,
            root_id=measure.id,
            thing_id=measure.id,
            number=measure.number,
            title=measure.name,
            text=text_of(
                measure.short_name,
                measure.definition,
                measure.basis,
                measure.counts,
                measure.out_of,
                measure.of_whom,
                measure.origin,
            ),
            **at(measure.area_code, measure.theme_code),
        )


def _pathways(ids: Ids) -> Iterator[Entry]:
    for pathway in _rows(Pathway, ids):
        names = [one["name"] for one in (*pathway.stages, *pathway.groups)]
        yield Entry(
            authority_id=pathway.authority_id,
            kind=Found.PATHWAY,
            root_id=pathway.id,
            thing_id=pathway.id,
            number=pathway.number,
            title=f"{pathway.name}, by {pathway.characteristic}",
            text=text_of("Who is treated differently. Disproportionality, relative rate index", ", ".join(names)),
            **at(pathway.area_code, pathway.theme_code),
        )


def _statements(ids: Ids) -> Iterator[Entry]:
    for statement in _rows(Statement, ids):
        yield Entry(
            authority_id=statement.authority_id,
            kind=Found.STATEMENT,
            root_id=statement.id,
            thing_id=statement.id,
            number=statement.number,
            title=statement.title,
            text=text_of(statement.text),
            dated=statement.saved_at.astimezone(clock.LONDON).date(),
            owner_id=statement.author_id,
            **at(statement.area_code),
        )


def _self_grades(ids: Ids) -> Iterator[Entry]:
    found = (
        select(AreaView, SelfEvaluation)
        .join(SelfEvaluation, SelfEvaluation.id == AreaView.self_evaluation_id)
        .where(SelfEvaluation.id.in_(ids))
        .execution_options(populate_existing=True)
    )
    for view, version in db.session.execute(found).unique():
        yield Entry(
            authority_id=version.authority_id,
            kind=Found.SELF_GRADE,
            root_id=version.id,
            thing_id=view.id,
            number=version.edition,
            title=f"{area_name(view.area_code)}, {version.title}",
            text=text_of(view.reason, view.not_sure_of),
            anchor=view.area_code,
            dated=version.started_on,
            **at(view.area_code),
        )


def _packs(ids: Ids) -> Iterator[Entry]:
    found = select(Pack.id, Pack.authority_id, Pack.number, Pack.title, Pack.kind, Pack.asked_at, Pack.asked_by_id)
    for row in db.session.execute(found.where(Pack.id.in_(ids))):
        yield Entry(
            authority_id=row.authority_id,
            kind=Found.BRIEF if row.kind in FOR_WHO_RUNS_A_WEEK else Found.PACK,
            root_id=row.id,
            thing_id=row.id,
            number=row.number,
            title=row.title,
            text="",
            dated=row.asked_at.astimezone(clock.LONDON).date(),
            owner_id=row.asked_by_id,
        )


def _rows(model: type[Any], ids: Ids) -> Any:
    """As they are in the database now, whatever this session has seen of them."""
    table = model.__table__
    return db.session.execute(select(table).where(table.c.id.in_(ids)))


SOURCES: Sequence[Source] = (
    Source(Inspection, frozenset({Found.INSPECTION, Found.PARAGRAPH}), _inspections, {Paragraph: "inspection_id"}),
    Source(Measure, frozenset({Found.MEASURE}), _measures),
    Source(Survey, frozenset({Found.SURVEY}), _surveys, {Question: "survey_id", SchemeFinding: "survey_id"}),
    Source(Pathway, frozenset({Found.PATHWAY}), _pathways),
    Source(Statement, frozenset({Found.STATEMENT}), _statements),
    Source(SelfEvaluation, frozenset({Found.SELF_GRADE}), _self_grades, {AreaView: "self_evaluation_id"}),
    Source(Pack, frozenset({Found.PACK, Found.BRIEF}), _packs),
)
