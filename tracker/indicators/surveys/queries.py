"""Every question about surveys. The authority comes first: nothing is found across authorities."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.improvements.models import ImprovementItem
from tracker.indicators.models import Measure
from tracker.indicators.surveys import rules
from tracker.indicators.surveys.models import Question, SchemeFinding, Survey, Wave
from tracker.indicators.surveys.rules import Share
from tracker.people.models import Authority
from tracker.platform.db import db


def surveys(authority: Authority) -> Sequence[Survey]:
    """All of an authority by name, with their waves and findings: three statements."""
    return db.session.scalars(
        select(Survey)
        .where(Survey.authority_id == authority.id)
        .options(selectinload(Survey.waves), selectinload(Survey.findings))
        .order_by(Survey.name, Survey.number)
    ).all()


def survey(authority: Authority, number: int) -> Survey | None:
    """One survey with all that its page shows of this room."""
    findings = selectinload(Survey.findings)
    return db.session.scalars(
        select(Survey)
        .where(Survey.authority_id == authority.id, Survey.number == number)
        .options(
            selectinload(Survey.waves).selectinload(Wave.answers),
            selectinload(Survey.questions).joinedload(Question.measure),
            findings.joinedload(SchemeFinding.item).lazyload(ImprovementItem.mappings),
            findings.joinedload(SchemeFinding.action),
        )
    ).one_or_none()


def wave(survey: Survey, wave_id: UUID) -> Wave | None:
    return next((one for one in survey.waves if one.id == wave_id), None)


def question(survey: Survey, question_id: UUID) -> Question | None:
    return next((one for one in survey.questions if one.id == question_id), None)


def finding(survey: Survey, finding_id: UUID) -> SchemeFinding | None:
    return next((one for one in survey.findings if one.id == finding_id), None)


def counted_as(measure: Measure) -> Question | None:
    """The question whose share a measure counts, with its survey and waves."""
    survey = joinedload(Question.survey)
    return db.session.scalars(
        select(Question).where(Question.measure_id == measure.id).options(survey.selectinload(Survey.waves))
    ).one_or_none()


def open_items(authority: Authority) -> Sequence[ImprovementItem]:
    """Items that an action can be promised for, by number."""
    from_here = select(ImprovementItem).where(ImprovementItem.authority_id == authority.id)
    return [one for one in db.session.scalars(from_here.order_by(ImprovementItem.number)) if one.is_open]


@dataclass(frozen=True)
class Result:
    """One question in one wave."""

    wave: Wave
    counts: Sequence[int]
    share: Share | None
    moved: str
    """How its share compares with the wave before in which it was asked; empty for the first."""


def results(survey: Survey, question: Question, smallest: int) -> Sequence[Result]:
    """What was answered, newest wave first, without those waves in which fewer than ``smallest`` answered it."""
    found: list[Result] = []
    for wave in survey.waves:
        counts = next((one.counts for one in wave.answers if one.question_id == question.id), None)
        if counts is None or rules.is_small(counts, smallest):
            continue
        share, before = rules.share(counts, question.favourable), found[-1] if found else None
        moved = rules.moved(share, before.share, before.wave.when) if share and before and before.share else ""
        found.append(Result(wave, counts, share, moved))
    return found[::-1]
