"""Saying something of a statement, and settling what was said. Nothing that was said is ever thrown away."""

from collections.abc import Sequence
from datetime import datetime

from tracker.people.models import Person
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import Conflict, NotAllowed, Refused
from tracker.self_evaluation import commands
from tracker.self_evaluation.commands.checks import check_open, kept
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.remarks import rules
from tracker.self_evaluation.remarks.models import Remark
from tracker.self_evaluation.remarks.rules import RemarkKind, RemarkState
from tracker.self_evaluation.sentences import tidied


def comment(statement: Statement, *, words: str, about: str, by: Person, at: datetime) -> Remark:
    """Say something of a statement, or of ``about``, words that stand in it."""
    check_open(statement.self_evaluation)
    said = tidied(words)
    if not said:
        raise Refused("Write the comment")
    if len(said) > rules.LONGEST:
        raise Refused(f"The comment has {len(said):,} characters; it may have {rules.LONGEST:,}.")
    quoted = about.strip()
    place = statement.text.find(quoted) if quoted else 0
    if place < 0:
        raise Refused(f"These words are not in {statement.reference}: “{quoted[:80]}”. Copy them from its text.")
    remark = Remark(
        authority_id=statement.authority_id,
        statement_id=statement.id,
        kind=RemarkKind.COMMENT,
        by=by,
        made_at=at,
        about=quoted,
        place=place,
        words=said,
    )
    db.session.add(remark)
    db.session.flush()
    return remark


def suggest(statement: Statement, *, opened: str, text: str, words: str, by: Person, at: datetime) -> Sequence[Remark]:
    """Suggest a text instead of ``opened``, what she had before her: a suggestion for each passage that differs.

    The statement stays as it is until somebody accepts them, one by one.
    """
    check_open(statement.self_evaluation)
    found = rules.suggested(opened, kept(text, called=statement.reference))
    if not found:
        raise Refused("Nothing differs from the text. Change what you would have otherwise, then send it.")
    made = [
        Remark(
            authority_id=statement.authority_id,
            statement_id=statement.id,
            kind=RemarkKind.SUGGESTION,
            by=by,
            made_at=at,
            about=each.base,
            place=each.place,
            suggested=each.words,
            words=tidied(words)[: rules.LONGEST],
        )
        for each in found
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


def accept(remark: Remark, *, by: Person, at: datetime) -> None:
    """Put a suggestion into the text, in the name of who made it.

    Conflict where the words that it would change have changed since: nothing is overwritten.
    """
    _check_waits(remark)
    if remark.by_id == by.id:
        raise NotAllowed("You suggested this. A colleague accepts it; or write it into the statement yourself.")
    statement = remark.statement
    text = rules.put_in(statement.text, remark.suggestion)
    if text is None:
        raise Conflict(
            f"The words that {remark.by.name} would change have changed since, so nothing was put in. "
            f"Write it into {statement.reference} by hand, or reject it."
        )
    commands.put_in_suggested(statement, text, suggested_by=remark.by, agreed_by=by, at=at)
    _settle(remark, RemarkState.ACCEPTED, by=by, at=at)


def reject(remark: Remark, *, reason: str, by: Person, at: datetime) -> None:
    """Leave the text as it is. The suggestion is kept with the reason, and the statement's history says so."""
    _check_waits(remark)
    why = tidied(reason)
    if not why:
        raise Refused(f"Say why, so that {remark.by.name} knows.")
    _settle(remark, RemarkState.REJECTED, by=by, at=at, because=why)
    history.record(
        remark.statement, f"kept as it is: a change that {remark.by.name} suggested was rejected by", why=why
    )


def resolve(remark: Remark, *, answer: str, by: Person, at: datetime) -> None:
    """A comment is dealt with; ``answer`` may say how."""
    _check_waits(remark)
    _settle(remark, RemarkState.RESOLVED, by=by, at=at, because=tidied(answer))


def take_back(remark: Remark, *, by: Person, at: datetime) -> None:
    _check_waits(remark)
    if remark.by_id != by.id:
        raise NotAllowed(f"{remark.by.name} said this. Settle it instead.")
    _settle(remark, RemarkState.TAKEN_BACK, by=by, at=at)


def _check_waits(remark: Remark) -> None:
    check_open(remark.statement.self_evaluation)
    if remark.state is not RemarkState.OPEN:
        raise Conflict(f"This was settled already: {remark.state.lower()}. Nothing was changed.")


def _settle(remark: Remark, state: RemarkState, *, by: Person, at: datetime, because: str = "") -> None:
    remark.state, remark.settled_by, remark.settled_at, remark.settled_because = state, by, at, because
    db.session.flush()
