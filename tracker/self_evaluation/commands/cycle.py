"""A version on its way: a head of service reviews it, the director signs, the lead member notes, it is published."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tracker.frameworks import queries as frameworks
from tracker.people.models import Person
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.self_evaluation import queries, rules
from tracker.self_evaluation.commands.checks import check_open, refuse_claims
from tracker.self_evaluation.commands.versions import digest, words_of
from tracker.self_evaluation.models import SelfEvaluation, Statement
from tracker.self_evaluation.remarks import queries as remarks
from tracker.self_evaluation.rules import StatementState, VersionState


def send_version_for_review(self_evaluation: SelfEvaluation) -> None:
    """Ask a head of service to look at all of it."""
    if not self_evaluation.statements:
        raise Refused("There is no statement in it yet. Write one before you send it for review.")
    _move(self_evaluation, VersionState.IN_REVIEW)


def send_standing_for_review(self_evaluation: SelfEvaluation, today: date) -> Sequence[Statement]:
    """Say of every statement that was carried forward, still stands and has no open mark that it is still true."""
    check_open(self_evaluation)
    read = queries.readings(self_evaluation.authority, self_evaluation.statements, today)
    standing = [
        each
        for each in self_evaluation.statements
        if each.still_stands and each.state is StatementState.DRAFT and not read[each.reference].marks
    ]
    if not standing:
        raise Refused("There is none that was carried forward, still stands and is a draft.")
    for each in standing:
        each.state = StatementState.IN_REVIEW
    db.session.flush()
    return standing


def pass_to_director(self_evaluation: SelfEvaluation, *, by: Person, on: date, read: str | None = None) -> None:
    """A head of service has read it and puts it before the director. ``read`` as in ``sign_off_version``."""
    check_open(self_evaluation)
    _check_read(self_evaluation, read)
    if self_evaluation.state is VersionState.DRAFT:
        raise Refused(f"Version {self_evaluation.edition} is a draft. It has to be sent for review first.")
    _move(self_evaluation, VersionState.WITH_DIRECTOR, reviewed_by=by, reviewed_on=on)


def send_version_back(self_evaluation: SelfEvaluation, *, reason: str) -> None:
    """Back to draft, with what should change."""
    if not reason.strip():
        raise Refused("Say what should change, so that the authors know.")
    with history.because(reason.strip()):
        _move(self_evaluation, VersionState.DRAFT, reviewed_by=None, reviewed_on=None)


def sign_off_version(self_evaluation: SelfEvaluation, *, by: Person, on: date, read: str | None = None) -> None:
    """The director puts her name to it. Everything is frozen with its hash, and never changes again.

    Refused while an area has no agreed view, a sentence claims without evidence or a remark waits. ``read`` is the
    digest of the words that were before her: Conflict when they changed since.
    """
    check_open(self_evaluation)
    if self_evaluation.state is VersionState.DRAFT:
        raise Refused(f"Version {self_evaluation.edition} is a draft. It has to be sent for review first.")
    if self_evaluation.state is VersionState.IN_REVIEW:
        raise Refused(
            f"Version {self_evaluation.edition} is with a head of service. Sign it once it is passed on to you."
        )
    _check_read(self_evaluation, read)
    _refuse_not_agreed(self_evaluation)
    refuse_claims(self_evaluation.statements, on)
    _refuse_remarks(self_evaluation)
    for statement in self_evaluation.statements:
        statement.state = StatementState.SIGNED_OFF
    _move(self_evaluation, VersionState.SIGNED_OFF, signed_by=by, signed_on=on)
    reviewer = self_evaluation.reviewed_by
    signature = {
        "reviewed_on": str(self_evaluation.reviewed_on),
        "reviewed_by": reviewer.name if reviewer else "",
        "signed_on": str(on),
        "signed_by": by.name,
    }
    self_evaluation.frozen = words_of(self_evaluation) | signature
    self_evaluation.frozen_sha256 = digest(self_evaluation.frozen)
    db.session.flush()


def note_by_lead_member(self_evaluation: SelfEvaluation, *, on: date, where: str, today: date) -> None:
    """The lead member has noted the signed version, at a meeting. May be corrected until it is published."""
    if self_evaluation.signed_on is None:
        raise Refused(f"Version {self_evaluation.edition} is not signed off yet.")
    if self_evaluation.published_on is not None:
        raise Refused(f"Version {self_evaluation.edition} is published already.")
    _check_day(on, since=self_evaluation.signed_on, today=today, before="it was signed off")
    self_evaluation.noted_on, self_evaluation.noted_where = on, _said(where, "Say at which meeting or briefing.")
    db.session.flush()


def publish(self_evaluation: SelfEvaluation, *, on: date, where: str, today: date) -> None:
    """Say when and where the signed and noted version was published. May be corrected."""
    if self_evaluation.noted_on is None:
        raise Refused(f"The lead member has not noted version {self_evaluation.edition} yet.")
    _check_day(on, since=self_evaluation.noted_on, today=today, before="the lead member noted it")
    self_evaluation.published_on, self_evaluation.published_where = on, _said(where, "Say where it can be read.")
    db.session.flush()


def holds(self_evaluation: SelfEvaluation) -> bool:
    """Whether what was signed is still what its hash says."""
    return bool(self_evaluation.frozen) and digest(self_evaluation.frozen or {}) == self_evaluation.frozen_sha256


def _check_read(self_evaluation: SelfEvaluation, read: str | None) -> None:
    if read is not None and read != digest(words_of(self_evaluation)):
        raise Conflict("Somebody changed this version since you opened it. Read what changed, then go on.")


def _check_day(on: date, *, since: date, today: date, before: str) -> None:
    if on > today:
        raise Refused("That day is still to come.")
    if on < since:
        raise Refused(f"That is before {before} on {since:%-d %B %Y}.")


def _said(words: str, otherwise: str) -> str:
    if not words.strip():
        raise Refused(otherwise)
    return words.strip()


def _refuse_not_agreed(self_evaluation: SelfEvaluation) -> None:
    for view in self_evaluation.views:
        name = frameworks.library().area(self_evaluation.framework_id, view.area_code).short_name.lower()
        if view.grade_code is None:
            raise Refused(f"There is no self-grade for {name} yet. Give one and agree it, then sign off.")
        if not view.agreed:
            raise Refused(f"The self-grade for {name} is not agreed yet. Agree it, then sign off.")


def _refuse_remarks(self_evaluation: SelfEvaluation) -> None:
    waiting = remarks.open_counts(self_evaluation.statements)
    about = [each.reference for each in self_evaluation.statements if each.id in waiting]
    if about:
        raise Refused(f"Comments or suggestions wait on {', '.join(about)}. Settle each first.")


def _move(self_evaluation: SelfEvaluation, to: VersionState, **signature: Any) -> None:
    check_open(self_evaluation)
    if not rules.may_move(self_evaluation.state, to):
        raise Refused(f"Version {self_evaluation.edition} is {_called(self_evaluation.state)} already")
    self_evaluation.state = to
    for field, value in signature.items():
        setattr(self_evaluation, field, value)
    db.session.flush()


def _called(state: VersionState) -> str:
    return "a draft" if state is VersionState.DRAFT else state[0].lower() + state[1:]
