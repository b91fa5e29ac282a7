"""The page of one survey: its answers by wave, what it found, and the voices that were heard in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from tracker.evidence import commands as evidence
from tracker.evidence.commands import Description
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Strength, VoiceOf
from tracker.improvements.models import ImprovementItem
from tracker.indicators.surveys import queries, rules
from tracker.indicators.surveys.models import Question, SchemeFinding, Survey, SurveyVoice, Wave
from tracker.indicators.surveys.queries import Result
from tracker.indicators.surveys.rules import Asked, FindingKind
from tracker.people.models import Person
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import Refused

VOICES_OF: Mapping[Asked, Sequence[VoiceOf]] = {
    Asked.CHILDREN: (VoiceOf.CHILD, VoiceOf.YOUNG_PERSON),
    Asked.PARENTS: (VoiceOf.PARENT, VoiceOf.CARER),
    Asked.STAFF: (VoiceOf.PRACTITIONER,),
    Asked.PARTNERS: (VoiceOf.PARTNER,),
}
"""Whose voices can be heard in a survey, by who was asked."""


@dataclass(frozen=True)
class Answered:
    """One question with its answers, newest wave first."""

    question: Question
    results: Sequence[Result]


@dataclass(frozen=True)
class SurveyPage:
    survey: Survey
    today: date
    answered: Sequence[Answered]
    voices: Sequence[Evidence]
    """Those that stand, newest first."""
    few: Mapping[UUID, bool]
    """Wave to whether so few answered that nothing of it is shown."""

    @property
    def newest(self) -> Wave | None:
        return self.survey.waves[-1] if self.survey.waves else None

    @property
    def standing(self) -> rules.Standing:
        return self.survey.standing(self.today)

    @property
    def strengths(self) -> Sequence[SchemeFinding]:
        return [one for one in self.survey.findings if one.kind is FindingKind.STRENGTH]

    @property
    def areas(self) -> Sequence[SchemeFinding]:
        return [one for one in self.survey.findings if one.kind is FindingKind.AREA]


def page(survey: Survey, today: date, *, smallest: int) -> SurveyPage:
    return SurveyPage(
        survey=survey,
        today=today,
        answered=[Answered(one, queries.results(survey, one, smallest)) for one in survey.questions],
        voices=_voices(survey),
        few={wave.id: wave.answered < smallest for wave in survey.waves},
    )


def add_voice(
    wave: Wave,
    *,
    words: str,
    voice_of: VoiceOf,
    shows: str,
    strength: Strength,
    consent: str,
    item: ImprovementItem | None,
    smallest: int,
    by: Person,
    on: date,
) -> Evidence:
    """Put what somebody wrote in a survey into the register as a voice, for an item or for the survey's area.

    Raises Refused where fewer than ``smallest`` answered: whoever knows who was asked could tell whose words they are.
    """
    survey = wave.survey
    if wave.answered < smallest:
        raise Refused(
            f"Fewer than {smallest} answered, so whoever wrote this could be recognised. Nothing of it can be quoted."
        )
    voice = evidence.add_evidence(
        survey.authority,
        kind=Kind.VOICE,
        says=Description(
            title=f"{survey.name}, {wave.when}"[:200],
            dated=wave.last_day,
            period_from=wave.first_day if wave.first_day < wave.last_day else None,
            period_to=wave.last_day if wave.first_day < wave.last_day else None,
            shows=shows,
            strength=strength,
            origin=f"{survey.reference} {survey.name}",
            words=words,
            voice_of=voice_of,
            setting=f"Survey, {wave.response.words}",
            consent=consent,
        ),
        by=by,
        on=on,
    )
    if item is not None:
        evidence.link_to_item(voice, item=item)
    elif survey.theme_code:
        evidence.link_to_theme(voice, theme_code=survey.theme_code)
    else:
        evidence.link_to_area(voice, area_code=survey.area_code)
    db.session.add(SurveyVoice(wave=wave, evidence_id=voice.id))
    history.record(survey, f"{voice.reference} heard in {wave.when}")
    return voice


def _voices(survey: Survey) -> Sequence[Evidence]:
    return db.session.scalars(
        select(Evidence)
        .join(SurveyVoice, SurveyVoice.evidence_id == Evidence.id)
        .where(
            Evidence.authority_id == survey.authority_id,
            SurveyVoice.wave_id.in_([wave.id for wave in survey.waves]),
            Evidence.withdrawn_on.is_(None),
        )
        .order_by(Evidence.dated.desc(), Evidence.number.desc())
    ).all()
