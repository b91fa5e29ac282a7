"""A version from its start to the director's name."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES, Framework
from tracker.indicators.models import Measure
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.self_evaluation import queries
from tracker.self_evaluation.commands.statements import add_statement
from tracker.self_evaluation.marks import carrying as marks
from tracker.self_evaluation.models import AreaView, SelfEvaluation, Statement
from tracker.self_evaluation.queries import Reading
from tracker.self_evaluation.rules import Mark, VersionState
from tracker.self_evaluation.wordings.rules import How

AGE_SHOWS = frozenset({Mark.STALE, Mark.WITHDRAWN, Mark.NOT_FOUND})


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

    A statement that rests on what has aged since says so.

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
    read = queries.readings(authority, last.statements, on)
    for statement in last.statements:
        area_code = _carried_on_by(statement.area_code, current)
        if area_code is not None:
            aged = _aged(read[statement.reference])
            _carry_statement(statement, into=started, area_code=area_code, at=at, aged=aged)
    return started


def _aged(reading: Reading) -> str:
    """What a statement rests on that has gone, gone stale, or has been overtaken by a newer figure; in a sentence."""
    since = reading.statement.saved_at.date()
    reasons = [marked.because for marked in reading.all_marks if marked.mark in AGE_SHOWS]
    reasons += [
        f"{thing.reference} has a newer figure, of {thing.dated:%-d %B %Y}"
        for thing in reading.cited
        if thing.reference.startswith(Measure.prefix) and thing.dated and thing.dated > since
    ]
    return "; ".join(dict.fromkeys(reasons))


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


def _carry_statement(statement: Statement, *, into: SelfEvaluation, area_code: str, at: datetime, aged: str) -> None:
    copy = add_statement(
        into,
        area_code=area_code,
        question=statement.question,
        title=statement.title,
        text=statement.text,
        author=statement.author,
        item=statement.item,
        kind=statement.kind,
        at=at,
        how=How.CARRIED,
    )
    copy.carried_from, copy.saved_by, copy.aged = statement, statement.saved_by, aged
    marks.carry(statement, into=copy)


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
            {"reference": s.reference, "area": s.area_code, "question": s.question, "kind": s.kind, "title": s.title,
             "text": s.text}
            for s in self_evaluation.statements
        ],
    }  # fmt: skip


def digest(frozen: dict[str, Any]) -> str:
    """SHA-256 of frozen contents, over their canonical JSON."""
    text = json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
