"""Two versions of the self-evaluation: one signed off, and the current draft in new words."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from tracker.demonstration.stage import Scene, Stage
from tracker.demonstration.statement_schema import Answered, Claim, Noted, Remarked, Signature, VersionFile, View
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.improvements.models import ImprovementItem
from tracker.platform import clock
from tracker.self_evaluation import commands, queries
from tracker.self_evaluation.glossary import commands as glossary
from tracker.self_evaluation.marks import commands as marks
from tracker.self_evaluation.models import AreaView, SelfEvaluation, Statement
from tracker.self_evaluation.remarks import commands as remarks

DIRECTOR, REVIEWER = "dana", "samira"
FIRST, CURRENT = "first version", "current version"
SEASONS = ("Winter", "Spring", "Summer", "Autumn")


def first(stage: Stage, told: VersionFile) -> Iterator[Scene]:
    yield Scene(told.starts, DIRECTOR, partial(_start, stage, told.starts))
    for claim in told.statements:
        yield Scene(claim.day, claim.author, partial(_add, stage, FIRST, claim))
    yield from _views(stage, FIRST, told)
    if told.sent is not None and told.signed is not None:
        yield Scene(told.sent, DIRECTOR, lambda: commands.send_version_for_review(stage.get(SelfEvaluation, FIRST)))
        yield Scene(told.sent, REVIEWER, partial(_pass_on, stage, told.sent))
        yield Scene(told.signed.day, told.signed.by, partial(_sign_version, stage, told.signed))
        if told.noted is not None:
            yield Scene(told.noted.day, REVIEWER, partial(_note, stage, told.noted))
        if told.published is not None:
            yield Scene(told.published.day, REVIEWER, partial(_publish, stage, told.published))


def current(stage: Stage, told: VersionFile, earlier: VersionFile) -> Iterator[Scene]:
    """Carried forward from the first, then written anew, statement by statement."""
    before = {claim.key for claim in earlier.statements}
    yield Scene(told.starts, DIRECTOR, partial(_carry_forward, stage, told.starts, earlier))
    for written, shown in told.words.items():
        yield Scene(told.starts, DIRECTOR, partial(_say, stage, written, shown))
    for claim in told.statements:
        write = _rewrite if claim.key in before else _add
        yield Scene(claim.day, claim.author, partial(write, stage, CURRENT, claim))
        yield from _review(stage, claim)
        yield from _said_of(stage, claim)
    yield from _views(stage, CURRENT, told)


def season(day: date) -> str:
    """The name of a round.

    >>> season(date(2026, 3, 5)), season(date(2026, 12, 24))
    ('Spring 2026', 'Winter 2026')
    """
    return f"{SEASONS[day.month % 12 // 3]} {day.year}"


def _say(stage: Stage, written: str, shown: str) -> None:
    glossary.say(stage.council, written=written, shown=shown)


def _key(version: str, statement: str) -> str:
    return f"{version}: {statement}"


def _start(stage: Stage, offset: int) -> None:
    on = stage.day(offset)
    framework = frameworks.library().current(CHILDRENS_SERVICES, on)
    started = commands.start_version(stage.council, title=season(on), framework_id=framework.id, on=on)
    stage.keep(FIRST, started)


def _carry_forward(stage: Stage, offset: int, earlier: VersionFile) -> None:
    on = stage.day(offset)
    started = commands.roll_forward(stage.council, title=season(on), on=on, at=clock.now())
    stage.keep(CURRENT, started)
    keys = {(claim.area, claim.title): claim.key for claim in earlier.statements}
    for statement in started.statements:
        stage.keep(_key(CURRENT, keys[statement.area_code, statement.title]), statement)


def _add(stage: Stage, version: str, claim: Claim) -> None:
    added = commands.add_statement(
        stage.get(SelfEvaluation, version),
        area_code=claim.area,
        question=claim.question,
        kind=claim.kind,
        title=claim.title,
        text=stage.with_references(claim.text, brackets=True),
        author=stage.person(claim.author),
        item=_item(stage, claim),
        at=clock.now(),
    )
    stage.keep(_key(version, claim.key), added)


def _rewrite(stage: Stage, version: str, claim: Claim) -> None:
    statement = stage.get(Statement, _key(version, claim.key))
    commands.save_statement(
        statement,
        version=statement.version,
        title=claim.title,
        text=stage.with_references(claim.text, brackets=True),
        question=claim.question,
        kind=claim.kind,
        item=_item(stage, claim),
        by=stage.person(claim.author),
        at=clock.now(),
    )


def _item(stage: Stage, claim: Claim) -> ImprovementItem | None:
    return stage.get(ImprovementItem, claim.item) if claim.item else None


def _review(stage: Stage, claim: Claim) -> Iterator[Scene]:
    key = _key(CURRENT, claim.key)
    if claim.review is not None:
        yield Scene(claim.review, claim.author, lambda: commands.send_for_review(stage.get(Statement, key)))
    if claim.signed is not None:
        yield Scene(claim.signed.day, claim.signed.by, partial(_sign, stage, key, claim.signed))


def _said_of(stage: Stage, claim: Claim) -> Iterator[Scene]:
    for told in claim.remarks:
        yield Scene(told.day, told.by, partial(_remark, stage, claim, told))
    if claim.answer is not None:
        yield Scene(claim.answer.day, claim.answer.by, partial(_answer, stage, claim, claim.answer))


def _remark(stage: Stage, claim: Claim, told: Remarked) -> None:
    statement, by = stage.get(Statement, _key(CURRENT, claim.key)), stage.person(told.by)
    if told.instead:
        text = statement.text.replace(told.about, told.instead)
        remarks.suggest(statement, opened=statement.text, text=text, words=told.words, by=by, at=clock.now())
    else:
        remarks.comment(statement, words=told.words, about=told.about, by=by, at=clock.now())


def _answer(stage: Stage, claim: Claim, told: Answered) -> None:
    statement = stage.get(Statement, _key(CURRENT, claim.key))
    (marked,) = queries.readings(stage.council, [statement], clock.today())[statement.reference].marks
    marks.answer(statement, marked, words=told.words, by=stage.person(told.by), at=clock.now())


def _sign(stage: Stage, key: str, signed: Signature) -> None:
    commands.sign_off_statement(stage.get(Statement, key), by=stage.person(signed.by), on=stage.day(signed.day))


def _pass_on(stage: Stage, offset: int) -> None:
    version = stage.get(SelfEvaluation, FIRST)
    commands.pass_to_director(version, by=stage.person(REVIEWER), on=stage.day(offset))


def _note(stage: Stage, told: Noted) -> None:
    version, on = stage.get(SelfEvaluation, FIRST), stage.day(told.day)
    commands.note_by_lead_member(version, on=on, where=told.where, today=on)


def _publish(stage: Stage, told: Noted) -> None:
    version, on = stage.get(SelfEvaluation, FIRST), stage.day(told.day)
    commands.publish(version, on=on, where=told.where, today=on)


def _sign_version(stage: Stage, signed: Signature) -> None:
    commands.sign_off_version(stage.get(SelfEvaluation, FIRST), by=stage.person(signed.by), on=stage.day(signed.day))


def _views(stage: Stage, version: str, told: VersionFile) -> Iterator[Scene]:
    for view in told.views:
        yield Scene(view.day, view.by, partial(_judge, stage, version, view))
        if view.agreed is not None:
            yield Scene(view.agreed, DIRECTOR, partial(_agree, stage, version, view.area))


def _judge(stage: Stage, version: str, view: View) -> None:
    given = _view(stage, version, view.area)
    commands.judge_area(
        given,
        version=given.version,
        grade_code=view.grade,
        confidence=view.confidence,
        reason=view.reason,
        not_sure_of="\n".join(view.not_sure),
    )


def _agree(stage: Stage, version: str, area: str) -> None:
    commands.agree_area(_view(stage, version, area))


def _view(stage: Stage, version: str, area: str) -> AreaView:
    views = stage.get(SelfEvaluation, version).views
    return next(view for view in views if view.area_code == area)
