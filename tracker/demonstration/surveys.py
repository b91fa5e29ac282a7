"""The surveys of the demonstration: waves, answers, a measure, a voice, and a scheme with what it found."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Literal

from tracker.demonstration.schema import Day, Past, Told
from tracker.demonstration.stage import Scene, Stage
from tracker.evidence.rules import Strength, VoiceOf
from tracker.indicators.surveys import commands
from tracker.indicators.surveys.commands import Described, WaveSaid
from tracker.indicators.surveys.models import Survey, Wave
from tracker.indicators.surveys.rules import Asked, FindingKind
from tracker.overview import survey as voices

SMALLEST = 5


class WaveTold(Told):
    first: Past
    last: Past
    invited: int
    answered: int
    origin: str


class QuestionTold(Told):
    text: str
    options: tuple[str, ...]
    favourable: tuple[int, ...]
    measure: str = ""
    """Short name of the measure that counts it; empty: none does."""
    counts: tuple[tuple[int, ...], ...]
    """For each wave, in its order."""


class VoiceTold(Told):
    words: str
    shows: str
    consent: str
    day: Past


class SurveyTold(Told):
    name: str
    asked: Literal["children", "parents", "staff", "partners"]
    about: str
    by: str
    area: str
    theme: str | None = None
    added: Past
    person: str
    """Who records it."""
    scheme: str = ""
    level: str = ""
    accredited: Past | None = None
    ends: Day | None = None
    waves: tuple[WaveTold, ...] = ()
    questions: tuple[QuestionTold, ...] = ()
    strengths: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    voices: tuple[VoiceTold, ...] = ()


class SurveysFile(Told):
    surveys: tuple[SurveyTold, ...]


def scenes(stage: Stage, told: SurveysFile) -> Iterator[Scene]:
    for one in told.surveys:
        yield Scene(one.added, one.person, partial(_add, stage, one))
        for place, wave in enumerate(one.waves):
            yield Scene(wave.last + 3, one.person, partial(_count, stage, one, place))
        for voice in one.voices:
            yield Scene(voice.day, one.person, partial(_hear, stage, one, voice))


def _add(stage: Stage, one: SurveyTold) -> None:
    says = Described(
        name=one.name,
        asked=Asked[one.asked.upper()],
        area_code=one.area,
        theme_code=one.theme,
        about=one.about,
        said_by=one.by,
        scheme=one.scheme,
        level=one.level,
        accredited_on=_day(stage, one.accredited),
        ends_on=_day(stage, one.ends),
    )
    survey = stage.keep(_key(one), commands.add(stage.council, says=says))
    for question in one.questions:
        commands.add_question(survey, text=question.text, options=question.options)
    for kind, texts in ((FindingKind.STRENGTH, one.strengths), (FindingKind.AREA, one.areas)):
        for text in texts:
            commands.add_finding(survey, kind=kind, text=text)


def _count(stage: Stage, one: SurveyTold, place: int) -> None:
    survey, told = stage.get(Survey, _key(one)), one.waves[place]
    on = stage.day(told.last + 3)
    says = WaveSaid(
        first_day=stage.day(told.first),
        last_day=stage.day(told.last),
        invited=told.invited,
        answered=told.answered,
        origin=told.origin,
    )
    wave = stage.keep(f"{_key(one)}_{place}", commands.add_wave(survey, says=says, on=on))
    pairs = list(zip(survey.questions, one.questions, strict=True))
    counts = {question.id: said.counts[place] for question, said in pairs}
    commands.count(wave, counts=counts, smallest=SMALLEST, on=on)
    for question, said in pairs if place == 0 else ():
        commands.say_favourable(question, version=question.version, favourable=said.favourable)
        if said.measure:
            commands.count_as_measure(question, short_name=said.measure, smallest=SMALLEST, on=on)


def _hear(stage: Stage, one: SurveyTold, voice: VoiceTold) -> None:
    voices.add_voice(
        stage.get(Wave, f"{_key(one)}_{len(one.waves) - 1}"),
        words=voice.words,
        voice_of=VoiceOf.YOUNG_PERSON,
        shows=voice.shows,
        strength=Strength.OUTCOME,
        consent=voice.consent,
        item=None,
        smallest=SMALLEST,
        by=stage.person(one.person),
        on=stage.day(voice.day),
    )


def _key(one: SurveyTold) -> str:
    return f"survey_{one.name}"


def _day(stage: Stage, offset: int | None) -> date | None:
    return None if offset is None else stage.day(offset)
