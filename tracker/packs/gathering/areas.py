"""A chapter for each judgement area: our view, the three questions, and what each rests on."""

from datetime import date

from reports.contents import Area, KeyFigure, OwnView, Question, Quotation, Statement, Word
from tracker.frameworks.schema import Area as JudgementArea
from tracker.frameworks.schema import Grade
from tracker.improvements.rules import ItemState, MappedTo
from tracker.packs.gathering import agreement, audits, measures
from tracker.packs.gathering.known import Known
from tracker.self_evaluation.citing import CitedThing
from tracker.self_evaluation.models import AreaView
from tracker.self_evaluation.queries import Reading
from tracker.self_evaluation.rules import QUESTIONS, Mark
from tracker.self_evaluation.rules import Question as Asked

MOST_QUOTATIONS = 4
"""How many of the inspectors' paragraphs a chapter quotes. Source: our choice; more would hide the statements."""

RELIED_ON = ("E", "Q", "M")
"""Kinds of reference whose age says how new our knowledge is: evidence, audits and measures."""

ASKED_OF_MARKS = {
    Mark.NO_EVIDENCE: "A sentence cites no evidence",
    Mark.WITHDRAWN: "Cites something that was withdrawn",
    Mark.NOT_FOUND: "Cites something that is not there",
    Mark.STALE: "Rests on stale evidence",
    Mark.ACTIVITY_ONLY: "Shows activity, not yet difference",
}


def chapters(known: Known) -> tuple[Area, ...]:
    return tuple(_chapter(known, area) for area in known.framework.graded_areas)


def _chapter(known: Known, area: JudgementArea) -> Area:
    view = next((v for v in known.version.views if v.area_code == area.code), None) if known.version else None
    return Area(
        code=area.code,
        title=area.short_name,
        own_view=_own_view(known, area, view),
        figures=_figures(known, area),
        know=_question(known, area, Asked.KNOW),
        how=_question(known, area, Asked.HOW),
        plans=_question(known, area, Asked.PLANS),
        inspectors_said=quotations(known, area),
        agreements=agreement.of_area(known, area),
        audits=audits.grades_of_area(known, area),
        audits_show=audits.sentence(known, area),
        measures=measures.of_area(known, area),
    )


def _own_view(known: Known, area: JudgementArea, view: AreaView | None) -> OwnView:
    grade = known.grades.get(view.grade_code or "") if view else None
    if view is None or grade is None:
        return OwnView(grade="Not yet graded by us")
    return OwnView(
        grade=grade.short_label,
        grade_note="Agreed by the director" if view.agreed else "Not yet agreed by the director",
        confidence=str(view.confidence) if view.confidence else "Not stated",
        reasons=view.reason,
    )


def judged(known: Known, area: JudgementArea) -> list[tuple[Grade, date]]:
    """Every grade that inspectors gave this area by itself, the latest first."""
    return [
        (grade, inspection.fieldwork_from)
        for inspection in known.inspections
        for judgement in inspection.judgements
        if judgement.area_code == area.code and (grade := known.grades.get(judgement.grade_code or "")) is not None
    ]


def _figures(known: Known, area: JudgementArea) -> tuple[KeyFigure, ...]:
    return tuple(figure for figure in (_inspected(known, area), _newest(known, area)) if figure)


def _inspected(known: Known, area: JudgementArea) -> KeyFigure | None:
    grades = judged(known, area)
    if not grades:
        return None
    (last, began), *earlier = grades
    note = "; ".join(f"{grade.short_label} in {when:%Y}" for grade, when in earlier[:2])
    return KeyFigure(label=f"Ofsted, {began:%B %Y}", value=last.short_label, note=note)


def _relied_on(thing: CitedThing, today: date) -> date | None:
    """The day of what a statement rests on; None for a plan, for what was withdrawn and for what is yet to come."""
    if thing.dated is None or thing.dated > today or thing.reference[0] not in RELIED_ON or thing.bears.withdrawn:
        return None
    return thing.dated


def _newest(known: Known, area: JudgementArea) -> KeyFigure | None:
    """How new and how old is what the statements of this area rest on."""
    dates = sorted(
        dated
        for reading in known.readings.values()
        if reading.statement.area_code == area.code
        for thing in reading.cited
        if (dated := _relied_on(thing, known.today)) is not None
    )
    if not dates:
        return None
    oldest = f"Oldest relied on: {dates[0]:%-d %B %Y}" if dates[0] != dates[-1] else ""
    return KeyFigure(label="Newest evidence", value=f"{dates[-1]:%-d %B %Y}", note=oldest)


def _question(known: Known, area: JudgementArea, asked: Asked) -> Question:
    readings = [
        reading
        for reading in known.readings.values()
        if reading.statement.area_code == area.code and reading.statement.question is asked
    ]
    return Question(words=QUESTIONS[asked], statements=tuple(_statement(reading) for reading in readings))


def _statement(reading: Reading) -> Statement:
    statement = reading.statement
    claim = not reading.cited and asked_to_prove(statement.question)
    marks = dict.fromkeys(ASKED_OF_MARKS[marked.mark] for marked in reading.marks if marked.mark and not claim)
    return Statement(
        reference=statement.reference,
        title=reading.glossary.shown(statement.title),
        text=reading.glossary.shown(statement.text),
        word=Word(text=str(statement.state)),
        notes=(*([statement.kind.value] if statement.kind else []), *marks),
        claim=claim,
    )


def asked_to_prove(question: Asked) -> bool:
    """Plans are promises; the other two questions are answered with claims."""
    return question is not Asked.PLANS


def quotations(known: Known, area: JudgementArea) -> tuple[Quotation, ...]:
    """Paragraphs of this area that people tied to items which are still open."""
    paragraphs = [
        mapping.paragraph
        for item in known.items
        if item.state is ItemState.OPEN
        for mapping in item.mappings
        if mapping.to is MappedTo.PARAGRAPH and mapping.paragraph and mapping.paragraph.area_code == area.code
    ]
    reports = {inspection.id: inspection for inspection in known.inspections}
    once = {paragraph.id: paragraph for paragraph in paragraphs}
    return tuple(
        Quotation(
            words=paragraph.text,
            source=_source(reports[paragraph.inspection_id].published_on),
            reference=reports[paragraph.inspection_id].reference,
            page=paragraph.page,
            paragraph=str(paragraph.printed_number or ""),
        )
        for paragraph in list(once.values())[:MOST_QUOTATIONS]
    )


def _source(published_on: object) -> str:
    return f"Ofsted, published {published_on:%-d %B %Y}" if published_on else "Ofsted"
