"""Writing statements, and agreeing them one by one."""

from datetime import date, datetime

from tracker.improvements.models import ImprovementItem
from tracker.people.models import Person
from tracker.platform import history, windows
from tracker.platform.db import db
from tracker.platform.errors import Conflict, NotAllowed, Refused
from tracker.self_evaluation import queries
from tracker.self_evaluation.commands.checks import check_open, kept, refuse_claims, review_again
from tracker.self_evaluation.models import Citation, SelfEvaluation, Statement
from tracker.self_evaluation.remarks import queries as remarks
from tracker.self_evaluation.rules import Kind, Question, StatementState
from tracker.self_evaluation.sentences import references, tidied
from tracker.self_evaluation.turns import commands as turns
from tracker.self_evaluation.wordings import commands as wordings
from tracker.self_evaluation.wordings import queries as wording_of
from tracker.self_evaluation.wordings.models import Wording
from tracker.self_evaluation.wordings.rules import How


def add_statement(
    self_evaluation: SelfEvaluation,
    *,
    area_code: str,
    question: Question,
    title: str,
    text: str,
    author: Person | None,
    at: datetime,
    kind: Kind | None = None,
    item: ImprovementItem | None = None,
    how: How = How.WRITTEN,
) -> Statement:
    check_open(self_evaluation)
    words = kept(text, called=f"“{tidied(title)}”")
    if area_code not in {view.area_code for view in self_evaluation.views}:
        raise Refused("That judgement area is not part of this version's framework")
    statement = Statement(
        authority_id=self_evaluation.authority_id,
        self_evaluation=self_evaluation,
        area_code=area_code,
        question=question,
        kind=_kind(kind, question),
        position=queries.next_position(self_evaluation, area_code),
        title=tidied(title),
        text=words,
        author=author,
        saved_by=author,
        item=item,
        saved_at=at,
    )
    db.session.add(statement)
    review_again(self_evaluation)
    _cite(statement)
    db.session.flush()
    wordings.keep(statement, how=how, by=author, at=at)
    return statement


def save_statement(
    statement: Statement,
    *,
    version: int,
    title: str,
    text: str,
    question: Question,
    item: ImprovementItem | None,
    by: Person,
    at: datetime,
    kind: Kind | None = None,
    window: str = "",
    how: How = How.WRITTEN,
) -> None:
    """Keep a new wording. ``version`` is what the writer opened: Conflict when somebody saved since.

    A page that saves itself names its ``window``, so that it never stands in its own way. A statement in review goes
    back to draft, since nobody has reviewed the new words. Refused while somebody else is writing in it.
    """
    check_open(statement.self_evaluation)
    words = kept(text, called=statement.reference)
    _check_nobody_saved(statement, version, window)
    turns.refuse_while_another_writes(statement, by=by, at=at)
    statement.question, statement.kind, statement.item = question, _kind(kind, question), item
    statement.author, statement.window = statement.author or by, window[: windows.LONGEST]
    _put_in(statement, title=tidied(title), text=words, by=by, at=at, how=how)


def put_back(statement: Statement, wording: Wording, *, version: int, by: Person, at: datetime) -> None:
    """Let a statement read again as it once did. What it read until now stays among its wordings."""
    check_open(statement.self_evaluation)
    _check_nobody_saved(statement, version)
    turns.refuse_while_another_writes(statement, by=by, at=at)
    with history.because(f"Version {wording.number} put back"):
        _put_in(statement, title=wording.title, text=wording.text, by=by, at=at, how=How.PUT_BACK)


def put_in_suggested(statement: Statement, text: str, *, suggested_by: Person, agreed_by: Person, at: datetime) -> None:
    """Take somebody's suggestion into the text: the words are hers, and so neither of the two may sign them off."""
    check_open(statement.self_evaluation)
    words = kept(text, called=statement.reference)
    turns.refuse_while_another_writes(statement, by=agreed_by, at=at)
    with history.because(f"Suggested by {suggested_by.name}"):
        _put_in(statement, title=statement.title, text=words, by=suggested_by, at=at, how=How.SUGGESTED)
    newest = wording_of.newest(statement)
    if newest is not None:
        newest.agreed_by = agreed_by
        db.session.flush()


def _put_in(statement: Statement, *, title: str, text: str, by: Person, at: datetime, how: How) -> None:
    review_again(statement.self_evaluation)
    statement.aged = statement.aged if text == statement.text else ""
    statement.title, statement.text = title, text
    statement.state, statement.saved_at, statement.saved_by = StatementState.DRAFT, at, by
    _cite(statement)
    db.session.flush()
    wordings.keep(statement, how=how, by=by, at=at)


def _check_nobody_saved(statement: Statement, version: int, window: str = "") -> None:
    if statement.version != version and not windows.follows(statement.window, window):
        raise Conflict(
            f"{statement.reference} was saved by somebody else, or in another window, while you were writing. "
            "Both texts are below: put together what should stand, and save again."
        )


def _kind(kind: Kind | None, question: Question) -> Kind | None:
    """A plan is neither a strength nor what has to become better."""
    return None if question is Question.PLANS else kind


def send_for_review(statement: Statement) -> None:
    """Ask a colleague to look at it, marks and all."""
    check_open(statement.self_evaluation)
    if not statement.text:
        raise Refused(f"{statement.reference} has no text yet. Write it before you send it for review.")
    if statement.state is not StatementState.DRAFT:
        raise Refused(f"{statement.reference} is {statement.state.lower()} already")
    statement.state = StatementState.IN_REVIEW
    db.session.flush()


def sign_off_statement(statement: Statement, *, by: Person, on: date, version: int | None = None) -> None:
    """Agree the words; refused to who wrote them, and while a sentence claims without evidence.

    ``version`` is what the reader had before her: Conflict when it was saved since.
    """
    check_open(statement.self_evaluation)
    if by.id in {statement.author_id, statement.saved_by_id, *wording_of.writers(statement)}:
        raise NotAllowed(f"You wrote {statement.reference}. Somebody else has to sign it off.")
    if version is not None and statement.version != version:
        raise Conflict(
            f"{statement.reference} was saved by somebody else, or in another window, since you opened it. "
            "Read it again first."
        )
    if statement.state is not StatementState.IN_REVIEW:
        raise Refused(f"{statement.reference} is {statement.state.lower()}. It can be signed off once it is in review.")
    _refuse_open_remarks(statement)
    refuse_claims([statement], on)
    statement.state = StatementState.SIGNED_OFF
    db.session.flush()


def send_back(statement: Statement, *, reason: str) -> None:
    """Back to draft, with what should change."""
    check_open(statement.self_evaluation)
    if statement.state is StatementState.DRAFT:
        raise Refused(f"{statement.reference} is a draft already")
    if not reason.strip():
        raise Refused("Say what should change, so that the author knows.")
    with history.because(reason.strip()):
        statement.state = StatementState.DRAFT
        db.session.flush()


def remove_statement(statement: Statement, *, reason: str) -> None:
    check_open(statement.self_evaluation)
    if not reason.strip():
        raise Refused("Say why it is no longer needed.")
    with history.because(reason.strip()):
        review_again(statement.self_evaluation)
        db.session.delete(statement)
        db.session.flush()


def _refuse_open_remarks(statement: Statement) -> None:
    waiting = remarks.count_open(statement)
    if waiting:
        raise Refused(
            f"{statement.reference} has {waiting} {'remark' if waiting == 1 else 'remarks'} of colleagues that nobody "
            "has settled. Settle each first."
        )


def _cite(statement: Statement) -> None:
    """Keep where the text cites what, so that a thing can say where it is cited."""
    wanted = references(statement.text)
    statement.citations.clear()
    db.session.flush()
    statement.citations.extend(Citation(place=place, reference=found) for place, found in enumerate(wanted, start=1))
