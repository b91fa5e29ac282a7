"""Every way a self-evaluation changes. What is signed off is frozen: nothing changes it again."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES, Framework
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority, Person
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import Conflict, NotAllowed, Refused
from tracker.self_evaluation import queries, rules
from tracker.self_evaluation.models import AreaView, Citation, SelfEvaluation, Statement
from tracker.self_evaluation.rules import Confidence, Question, StatementState, VersionState
from tracker.self_evaluation.sentences import references, tidied


def start_version(authority: Authority, *, title: str, framework_id: str, on: date) -> SelfEvaluation:
    """Begin the next version, with a view to be given on each graded area of the framework.

    Raises Refused while an earlier version is not signed off.
    """
    newest = queries.newest(authority)
    if newest is not None and newest.state is not VersionState.SIGNED_OFF:
        raise Refused(f"Version {newest.edition} is not signed off yet. Finish it before you start another.")
    started = SelfEvaluation(
        authority=authority,
        edition=1 if newest is None else newest.edition + 1,
        title=title.strip(),
        framework_id=framework_id,
        started_on=on,
    )
    areas = frameworks.library().framework(framework_id).graded_areas
    started.views = [AreaView(position=place, area_code=area.code) for place, area in enumerate(areas)]
    db.session.add(started)
    db.session.flush()
    return started


def roll_forward(authority: Authority, *, title: str, on: date, at: datetime) -> SelfEvaluation:
    """Begin the next version with every statement and view of the last, all to be looked at again.

    Where the framework has changed since, each goes to the area that carries its own on; a statement whose area
    nothing carries on stays behind, in the version that was signed.
    """
    newest = queries.newest(authority)
    last = queries.version(authority, newest.edition) if newest else None
    if last is None:
        raise Refused("There is no version to carry forward. Start the first one.")
    current = frameworks.library().current(CHILDRENS_SERVICES, on)
    started = start_version(authority, title=title, framework_id=current.id, on=on)
    _carry_views(last, into=started)
    for statement in last.statements:
        area_code = _carried_on_by(statement.area_code, current)
        if area_code is not None:
            _carry_statement(statement, into=started, area_code=area_code, at=at)
    return started


def _carry_views(last: SelfEvaluation, *, into: SelfEvaluation) -> None:
    earlier = {view.area_code: view for view in last.views}
    for view in into.views:
        if before := earlier.get(view.area_code):
            view.grade_code, view.confidence = before.grade_code, before.confidence
            view.reason, view.not_sure_of = before.reason, before.not_sure_of


def _carried_on_by(area_code: str, framework: Framework) -> str | None:
    """The area of a framework that is this one, or that continues it."""
    for area in framework.graded_areas:
        if area_code in (area.code, *area.continues):
            return area.code
    return None


def _carry_statement(statement: Statement, *, into: SelfEvaluation, area_code: str, at: datetime) -> None:
    copy = add_statement(
        into,
        area_code=area_code,
        question=statement.question,
        title=statement.title,
        text=statement.text,
        author=statement.author,
        item=statement.item,
        at=at,
    )
    copy.carried_from, copy.saved_by = statement, statement.saved_by


def add_statement(
    self_evaluation: SelfEvaluation,
    *,
    area_code: str,
    question: Question,
    title: str,
    text: str,
    author: Person | None,
    at: datetime,
    item: ImprovementItem | None = None,
) -> Statement:
    _check_open(self_evaluation)
    words = _kept(text)
    if area_code not in {view.area_code for view in self_evaluation.views}:
        raise Refused("That judgement area is not part of this version's framework")
    statement = Statement(
        authority_id=self_evaluation.authority_id,
        self_evaluation=self_evaluation,
        area_code=area_code,
        question=question,
        position=queries.next_position(self_evaluation, area_code),
        title=tidied(title),
        text=words,
        author=author,
        saved_by=author,
        item=item,
        saved_at=at,
    )
    db.session.add(statement)
    _cite(statement)
    db.session.flush()
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
) -> None:
    """Keep a new wording. ``version`` is what the writer opened: Conflict when somebody saved since.

    A statement in review goes back to draft, since nobody has reviewed the new words.
    """
    _check_open(statement.self_evaluation)
    words = _kept(text)
    if statement.version != version:
        raise Conflict(
            f"{statement.reference} was saved by somebody else while you were writing. "
            "Both texts are below: put together what should stand, and save again."
        )
    statement.title, statement.text, statement.question = tidied(title), words, question
    statement.item, statement.author = item, statement.author or by
    statement.state, statement.saved_at, statement.saved_by = StatementState.DRAFT, at, by
    _cite(statement)
    db.session.flush()


def send_for_review(statement: Statement) -> None:
    """Ask a colleague to look at it, marks and all."""
    _check_open(statement.self_evaluation)
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
    _check_open(statement.self_evaluation)
    if by.id in {statement.author_id, statement.saved_by_id}:
        raise NotAllowed(f"You wrote {statement.reference}. Somebody else has to sign it off.")
    if version is not None and statement.version != version:
        raise Conflict(f"{statement.reference} was saved by somebody else since you opened it. Read it again first.")
    if statement.state is not StatementState.IN_REVIEW:
        raise Refused(f"{statement.reference} is {statement.state.lower()}. It can be signed off once it is in review.")
    _refuse_claims([statement], on)
    statement.state = StatementState.SIGNED_OFF
    db.session.flush()


def send_back(statement: Statement, *, reason: str) -> None:
    """Back to draft, with what should change."""
    _check_open(statement.self_evaluation)
    if statement.state is StatementState.DRAFT:
        raise Refused(f"{statement.reference} is a draft already")
    if not reason.strip():
        raise Refused("Say what should change, so that the author knows.")
    with history.because(reason.strip()):
        statement.state = StatementState.DRAFT
        db.session.flush()


def remove_statement(statement: Statement, *, reason: str) -> None:
    _check_open(statement.self_evaluation)
    if not reason.strip():
        raise Refused("Say why it is no longer needed.")
    with history.because(reason.strip()):
        db.session.delete(statement)
        db.session.flush()


def judge_area(
    view: AreaView,
    *,
    version: int,
    grade_code: str | None,
    confidence: Confidence | None,
    reason: str,
    not_sure_of: str,
) -> None:
    """Say what we think of one area, how sure we are, and what we are not yet sure of."""
    _check_open(view.self_evaluation)
    if view.version != version:
        raise Conflict("Somebody else saved this area's view while you had it open. Look at theirs, and save again.")
    known = {grade.code for grade in frameworks.library().framework(view.self_evaluation.framework_id).scale}
    if grade_code is not None and grade_code not in known:
        raise Refused("That grade is not on this framework's scale")
    if grade_code is not None and confidence is None:
        raise Refused("Say how confident you are in that grade")
    view.grade_code, view.confidence = grade_code, confidence
    view.reason, view.not_sure_of = tidied(reason), tidied(not_sure_of)
    view.agreed = False
    db.session.flush()


def agree_area(view: AreaView, *, version: int | None = None) -> None:
    """The director agrees with an area's view; ``version`` is what she had before her."""
    _check_open(view.self_evaluation)
    if view.grade_code is None:
        raise Refused("There is no self-grade to agree with yet")
    if version is not None and view.version != version:
        raise Conflict("Somebody else saved this area's view since you opened it. Look at it again, then agree it.")
    view.agreed = True
    db.session.flush()


def send_version_for_review(self_evaluation: SelfEvaluation) -> None:
    if not self_evaluation.statements:
        raise Refused("There is no statement in it yet. Write one before you send it for review.")
    _move(self_evaluation, VersionState.IN_REVIEW)


def send_version_back(self_evaluation: SelfEvaluation, *, reason: str) -> None:
    """Back to draft, with what should change."""
    if not reason.strip():
        raise Refused("Say what should change, so that the authors know.")
    with history.because(reason.strip()):
        _move(self_evaluation, VersionState.DRAFT)


def sign_off_version(self_evaluation: SelfEvaluation, *, by: Person, on: date, read: str | None = None) -> None:
    """The director puts her name to it. Everything is frozen with its hash, and never changes again.

    Refused while an area has no agreed view, or a sentence claims without evidence. ``read`` is the digest of the
    words that were before her: Conflict when they changed since.
    """
    _check_open(self_evaluation)
    if self_evaluation.state is not VersionState.IN_REVIEW:
        raise Refused(f"Version {self_evaluation.edition} is a draft. It has to be sent for review first.")
    if read is not None and read != digest(words_of(self_evaluation)):
        raise Conflict("Somebody changed this version since you opened it. Read what changed, then sign it.")
    _refuse_not_agreed(self_evaluation)
    _refuse_claims(self_evaluation.statements, on)
    for statement in self_evaluation.statements:
        statement.state = StatementState.SIGNED_OFF
    _move(self_evaluation, VersionState.SIGNED_OFF, signed_by=by, signed_on=on)
    signature = {"signed_on": str(on), "signed_by": by.name}
    self_evaluation.frozen = words_of(self_evaluation) | signature
    self_evaluation.frozen_sha256 = digest(self_evaluation.frozen)
    db.session.flush()


def _refuse_not_agreed(self_evaluation: SelfEvaluation) -> None:
    for view in self_evaluation.views:
        name = frameworks.library().area(self_evaluation.framework_id, view.area_code).short_name.lower()
        if view.grade_code is None:
            raise Refused(f"There is no self-grade for {name} yet. Give one and agree it, then sign off.")
        if not view.agreed:
            raise Refused(f"The self-grade for {name} is not agreed yet. Agree it, then sign off.")


def words_of(self_evaluation: SelfEvaluation) -> dict[str, Any]:
    """All that a signature stands for: views and statements, word for word."""
    return {
        "edition": self_evaluation.edition,
        "title": self_evaluation.title,
        "framework": self_evaluation.framework_id,
        "views": [
            {"area": view.area_code, "grade": view.grade_code, "confidence": view.confidence, "reason": view.reason,
             "not_sure_of": view.not_sure_of}
            for view in self_evaluation.views
        ],
        "statements": [
            {"reference": s.reference, "area": s.area_code, "question": s.question, "title": s.title, "text": s.text}
            for s in self_evaluation.statements
        ],
    }  # fmt: skip


def digest(frozen: dict[str, Any]) -> str:
    """SHA-256 of frozen contents, over their canonical JSON."""
    text = json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _move(self_evaluation: SelfEvaluation, to: VersionState, **signature: Any) -> None:
    _check_open(self_evaluation)
    if not rules.may_move(self_evaluation.state, to):
        raise Refused(f"Version {self_evaluation.edition} is {_called(self_evaluation.state)} already")
    self_evaluation.state = to
    for field, value in signature.items():
        setattr(self_evaluation, field, value)
    db.session.flush()


def _called(state: VersionState) -> str:
    return "a draft" if state is VersionState.DRAFT else state.lower()


def _check_open(self_evaluation: SelfEvaluation) -> None:
    if self_evaluation.state is VersionState.SIGNED_OFF:
        raise Refused(
            f"Version {self_evaluation.edition} was signed off on {self_evaluation.signed_on:%-d %B %Y} and cannot "
            "change. Carry it forward to a new version to change its words."
        )


def _kept(text: str) -> str:
    """The text as it is kept; refused when nobody would read so long a one."""
    words = tidied(text)
    if len(words) > rules.LONGEST_STATEMENT:
        raise Refused(
            f"The statement has {len(words):,} characters; it may have {rules.LONGEST_STATEMENT:,}. "
            "Make it two statements."
        )
    return words


def _refuse_claims(statements: Sequence[Statement], today: date) -> None:
    claims = queries.claims(statements, today)
    if claims:
        listed = ", ".join(claims)
        raise Refused(f"These make a claim without evidence: {listed}. Cite evidence or change the words first.")


def _cite(statement: Statement) -> None:
    """Keep where the text cites what, so that a thing can say where it is cited."""
    wanted = references(statement.text)
    statement.citations.clear()
    db.session.flush()
    statement.citations.extend(Citation(place=place, reference=found) for place, found in enumerate(wanted, start=1))
