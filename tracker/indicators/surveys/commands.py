"""Every way a survey changes. Each command checks, changes and flushes; the edge commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten
from uuid import UUID

from sqlalchemy import func, select

from tracker.actions import commands as actions
from tracker.actions.models import Action
from tracker.frameworks.queries import library
from tracker.improvements import commands as improvements
from tracker.improvements.mapping import commands as mapping
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo, Source, title_from
from tracker.improvements.sources.rules import Origin
from tracker.indicators import commands as indicators
from tracker.indicators.commands import Figure, Meaning
from tracker.indicators.models import Measure
from tracker.indicators.rules import MOST_COUNTED, Direction, Period, Unit
from tracker.indicators.surveys import rules
from tracker.indicators.surveys.models import Answers, Question, SchemeFinding, Survey, Wave
from tracker.indicators.surveys.rules import Asked, Asking, FindingKind
from tracker.people.models import Authority, Person
from tracker.platform import child_data, history
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused

QUOTED = 80
"""Characters of a finding that the history quotes. Our choice."""


@dataclass(frozen=True, kw_only=True)
class Described:
    """What is said of a survey; the scheme and what follows are of an accreditation."""

    name: str
    asked: Asked
    area_code: str
    theme_code: str | None = None
    about: str = ""
    said_by: str = ""
    scheme: str = ""
    level: str = ""
    accredited_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class WaveSaid:
    first_day: date
    last_day: date
    invited: int
    answered: int
    origin: str = ""


def add(authority: Authority, *, says: Described) -> Survey:
    _require_described(says)
    survey = Survey(authority=authority)
    _describe(survey, says)
    db.session.add(survey)
    db.session.flush()
    return survey


def describe(survey: Survey, *, version: int, says: Described) -> None:
    _require_version(survey.reference, survey.version, version)
    _require_described(says)
    _describe(survey, says)
    db.session.flush()


def add_wave(survey: Survey, *, says: WaveSaid, on: date) -> Wave:
    """Say that it was asked, of how many, and how many answered."""
    _require_wave(survey, says, on)
    wave = Wave(survey=survey, **vars(says))
    db.session.add(wave)
    history.record(survey, f"asked in {wave.when}: {wave.response.words}")
    return wave


def correct_wave(wave: Wave, *, version: int, says: WaveSaid, on: date) -> None:
    """Put right when it was asked and how many answered. Its days stay once answers are counted."""
    _require_version(f"This wave of {wave.survey.reference}", wave.version, version)
    _require_wave(wave.survey, says, on, besides=wave)
    if wave.answers and (says.first_day, says.last_day) != (wave.first_day, wave.last_day):
        raise Refused("Answers of this wave are counted, so its days stay as they are.")
    most = max((sum(one.counts) for one in wave.answers), default=0)
    if most > says.answered:
        raise Refused(f"{most:,} answers to one question are counted already, so at least {most:,} people answered.")
    before = wave.response.words
    for name, value in vars(says).items():
        setattr(wave, name, value)
    db.session.flush()
    history.record(wave.survey, f"{wave.when} put right: {wave.response.words}; before, {before}")


def add_question(survey: Survey, *, text: str, options: Sequence[str]) -> Question:
    """A question with the answers it offers, in the order of the scale."""
    text, offered = text.strip(), [one.strip() for one in options if one.strip()]
    if not text:
        raise Refused("Enter the question.")
    if any(one.text.casefold() == text.casefold() for one in survey.questions):
        raise Refused("This question is there already.")
    if why_not := rules.why_not_options(offered):
        raise Refused(why_not)
    child_data.check({"Question": text, "Answers": "\n".join(offered)}, reason="")
    position = max((one.position for one in survey.questions), default=0) + 1
    question = Question(survey=survey, position=position, text=text, options=offered, favourable=[])
    db.session.add(question)
    history.record(survey, f"question {position} added")
    return question


def count(wave: Wave, *, counts: Mapping[UUID, Sequence[int]], smallest: int, reason: str = "", on: date) -> None:
    """Record how many chose each answer, by the id of a question: all of them or none.

    A question that is counted as a measure gives it a figure of the wave's last day, unless fewer than ``smallest``
    answered. What was recorded before changes for a ``reason`` only.
    """
    there = {one.question_id: one for one in wave.answers}
    changed = [key for key, numbers in counts.items() if key in there and list(there[key].counts) != list(numbers)]
    if changed and not reason.strip():
        raise Refused("Answers of this wave are recorded already. Say why they change.")
    with history.because(reason):
        for question in wave.survey.questions:
            if question.id in counts:
                _require_counts(question, wave, counts[question.id])
                _put(wave, question, there.get(question.id), list(counts[question.id]))
        db.session.flush()
        for question in wave.survey.questions:
            if question.id in counts:
                _record(question, wave, list(counts[question.id]), smallest, reason, on)
        history.record(wave.survey, f"answers of {wave.when} recorded for {len(counts)} questions")


def bring_in(wave: Wave, *, asked: Sequence[Asking], smallest: int, reason: str, on: date) -> None:
    """The same from a table: questions that are new are added with their scale, all or nothing."""
    known = {one.text.casefold(): one for one in wave.survey.questions}
    counts: dict[UUID, Sequence[int]] = {}
    for one in asked:
        question = known.get(one.text.casefold())
        if question is None:
            question = add_question(wave.survey, text=one.text, options=list(one.counts))
            known[one.text.casefold()] = question
        counts[question.id] = in_order(question, one)
    count(wave, counts=counts, smallest=smallest, reason=reason, on=on)


def why_not_counted(survey: Survey, wave: Wave, one: Asking) -> str:
    """Why a row of a table could not be recorded; empty if it could."""
    question = next((each for each in survey.questions if each.text.casefold() == one.text.casefold()), None)
    try:
        child_data.check({"Question": one.text, "Answers": "\n".join(one.counts)}, reason="")
        counts = list(one.counts.values()) if question is None else in_order(question, one)
    except Refused as refused:
        return str(refused)
    return rules.why_not_counts(counts, wave.answered)


def in_order(question: Question, one: Asking) -> list[int]:
    """Counts in the order of a question's scale. Raises Refused where the answers are not those it offers."""
    numbers = {option.casefold(): number for option, number in one.counts.items()}
    scale = [option.casefold() for option in question.options]
    if set(numbers) - set(scale):
        offered = ", ".join(question.options)
        raise Refused(f"“{question.text}” offers other answers here: {offered}. A new scale is a new question.")
    return [numbers.get(option, 0) for option in scale]


def say_favourable(question: Question, *, version: int, favourable: Sequence[int]) -> None:
    """Say which answers are favourable. Once its share is a measure they stay, so that the series keeps its meaning."""
    _require_version(f"The question “{question.text}”", question.version, version)
    places = sorted(set(favourable))
    if not places or len(places) == len(question.options):
        raise Refused("Choose at least one answer that is favourable, and leave one that is not.")
    if places == list(question.favourable):
        return
    if question.measure is not None:
        raise Refused(
            f"{question.measure.reference} counts {question.favourable_words}. Its series keeps its meaning: "
            "to count other answers, add the question anew."
        )
    question.favourable = places
    history.record(question.survey, f"favourable in question {question.position}: {question.favourable_words}")


def count_as_measure(question: Question, *, short_name: str, smallest: int, on: date) -> Measure:
    """Let the favourable share of a question be a measure, with a figure for every wave so far."""
    if question.measure is not None:
        raise Refused(f"{question.measure.reference} counts this question already.")
    if not question.favourable:
        raise Refused("Say first which answers are favourable.")
    survey = question.survey
    measure = indicators.add_own(
        survey.authority,
        means=Meaning(
            name=f"{survey.name}: {question.text}"[:200],
            short_name=short_name.strip(),
            definition=f"Those who answered “{question.text}” with {question.favourable_words}.",
            unit=Unit.PER_CENT,
            basis=f"of those who answered question {question.position} of {survey.reference}, on its last day",
            direction=Direction.HIGHER,
            period=Period.DAY,
            area_code=survey.area_code,
            theme_code=survey.theme_code,
            counts=f"answered {question.favourable_words}"[:200],
            out_of=f"answered question {question.position} of {survey.reference}",
            of_whom="answers",
            origin=f"{survey.reference} {survey.name}"[:200],
        ),
    )
    question.measure = measure
    db.session.flush()
    for wave in survey.waves:
        for answers in wave.answers:
            if answers.question_id == question.id:
                _record(question, wave, answers.counts, smallest, "", on)
    history.record(survey, f"question {question.position} is counted as {measure.reference}")
    return measure


def add_finding(survey: Survey, *, kind: FindingKind, text: str) -> SchemeFinding:
    """A strength or an area for development, as the scheme says it."""
    if not text.strip():
        raise Refused("Say what was found.")
    child_data.check({kind.value: text}, reason="")
    last = db.session.scalar(select(func.max(SchemeFinding.position)).where(SchemeFinding.survey_id == survey.id))
    finding = SchemeFinding(survey=survey, position=(last or 0) + 1, kind=kind, text=text.strip())
    db.session.add(finding)
    history.record(survey, f"{kind.value.lower()} added: {_short(finding)}")
    return finding


def _short(finding: SchemeFinding) -> str:
    """As the history quotes it."""
    return shorten(finding.text.rstrip("."), QUOTED, placeholder="…")


def remove_finding(finding: SchemeFinding) -> None:
    """Take one out that was not meant. Refused where something was made of it."""
    made = finding.item or finding.action
    if made is not None:
        raise Refused(f"{made.reference} was made of it, so it stays.")
    survey = finding.survey
    survey.findings.remove(finding)
    db.session.delete(finding)
    history.record(survey, f"{finding.kind.value.lower()} taken out: {_short(finding)}")


def make_item(finding: SchemeFinding, *, by: Person, on: date) -> ImprovementItem:
    """Make an improvement item of an area for development; the survey is named as its source."""
    _require_to_make(finding)
    survey = finding.survey
    item = improvements.add_item(
        survey.authority,
        wording=finding.text,
        title=title_from(finding.text),
        source=Source.OURSELVES,
        raised_on=min(_said_on(survey, on), on),
        today=on,
        origin=_origin(finding, on),
    )
    mapping.add_by_hand(item, to=MappedTo.AREA, code=survey.area_code, by=by, reason="The area of the survey")
    if survey.theme_code:
        mapping.add_by_hand(item, to=MappedTo.THEME, code=survey.theme_code, by=by, reason="The theme of the survey")
    finding.item = item
    history.record(survey, f"{item.reference} made of area for development {finding.position}")
    return item


def make_action(
    finding: SchemeFinding, *, item: ImprovementItem, title: str, lead: Person, due_on: date, by: Person, on: date
) -> Action:
    """Promise to do something about an area for development, for an item that is there."""
    _require_to_make(finding)
    if item.authority_id != finding.survey.authority_id:
        raise Refused(f"{item.reference} belongs to another authority.")
    action = actions.add_action(item, title=title, lead=lead, due_on=due_on, by=by, on=on)
    finding.action = action
    history.record(finding.survey, f"{action.reference} made of area for development {finding.position}")
    return action


def _origin(finding: SchemeFinding, on: date) -> Origin:
    survey = finding.survey
    document = f"{survey.reference} {survey.scheme or survey.name}"
    said_by = survey.said_by or survey.scheme or f"{survey.asked.value} who answered"
    return Origin(document, min(_said_on(survey, on), on), f"area for development {finding.position}", said_by)


def _said_on(survey: Survey, on: date) -> date:
    """The day of the accreditation, else of the newest wave."""
    return survey.accredited_on or max((wave.last_day for wave in survey.waves), default=on)


def _describe(survey: Survey, says: Described) -> None:
    for name, value in vars(says).items():
        setattr(survey, name, value.strip() if type(value) is str else value)


def _put(wave: Wave, question: Question, there: Answers | None, counts: list[int]) -> None:
    if there is None:
        db.session.add(Answers(wave=wave, question=question, counts=counts))
    else:
        there.counts = counts


def _record(question: Question, wave: Wave, counts: Sequence[int], smallest: int, reason: str, on: date) -> None:
    """The figure of its measure, if it has one and enough answered. One that is there already stays as it is."""
    share = rules.share(counts, question.favourable)
    if question.measure is None or share is None or rules.is_small(counts, smallest):
        return
    there = next((one for one in question.measure.values if one.period_end == wave.last_day), None)
    if there is not None and (there.numerator, there.denominator) == (share.part, share.whole):
        return
    indicators.record_value(
        question.measure,
        period_start=wave.last_day,
        period_end=wave.last_day,
        figure=Figure(numerator=share.part, denominator=share.whole),
        reason=reason,
        on=on,
    )


def _require_counts(question: Question, wave: Wave, counts: Sequence[int]) -> None:
    if len(counts) != len(question.options):
        raise Refused(f"“{question.text}” offers {len(question.options)} answers. Count each of them.")
    if why_not := rules.why_not_counts(counts, wave.answered):
        raise Refused(f"“{question.text}”: {why_not[0].lower()}{why_not[1:]}")


def _require_described(says: Described) -> None:
    if not says.name.strip():
        raise Refused("Enter a name.")
    if says.area_code not in {area.code for one in library().frameworks.values() for area in one.areas}:
        raise Refused("Choose a judgement area from the list.")
    if says.theme_code:
        library().theme(says.theme_code)
    texts = {"Name": says.name, "What it wanted to know": says.about, "Who ran it": says.said_by}
    child_data.check(texts, reason="")
    if says.accredited_on and not says.scheme.strip():
        raise Refused("Say which scheme gave the accreditation.")
    if says.ends_on and not says.accredited_on:
        raise Refused("Enter the day of the accreditation that ends.")
    if says.ends_on and says.accredited_on and says.ends_on < says.accredited_on:
        raise Refused("The accreditation ends before it begins. Change one of its days.")


def _require_wave(survey: Survey, says: WaveSaid, on: date, *, besides: Wave | None = None) -> None:
    if says.first_day > says.last_day:
        raise Refused("It ends before it begins. Change one of its days.")
    if says.last_day > on:
        raise Refused("Its last day is in the future. Enter it once the answers are in.")
    if any(one.last_day == says.last_day for one in survey.waves if one is not besides):
        raise Refused(f"Answers up to {says.last_day:%-d %B %Y} are there already. Open that wave.")
    if says.invited < 1:
        raise Refused("Say how many were asked: at least one.")
    if not 0 <= says.answered <= says.invited:
        raise Refused(f"{says.answered:,} of {says.invited:,} cannot have answered. Check both.")
    if says.invited > MOST_COUNTED:
        raise Refused("These counts are too large to be counts. Check both.")
    child_data.check({"Where its counts come from": says.origin}, reason="")


def _require_to_make(finding: SchemeFinding) -> None:
    made = finding.item or finding.action
    if finding.kind is FindingKind.STRENGTH:
        raise Refused("This is a strength. Only an area for development becomes an item or an action.")
    if made is not None:
        raise Refused(f"{made.reference} was made of it already.")


def _require_version(name: str, now: int, version: int) -> None:
    if now != version:
        raise Conflict(
            f"{name} was changed by somebody else, or in another window, after you opened it. "
            "Look at what is there now, then make your change again."
        )
