"""After the last day, for those who run the week."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.evidence import queries as evidence
from tracker.evidence.models import Evidence
from tracker.fieldwork.afterwards import commands, queries
from tracker.fieldwork.afterwards.forms import AnswerForm, CommentForm, DraftForm, ReportForm, SentForm
from tracker.fieldwork.afterwards.models import Comment
from tracker.fieldwork.asked import asked
from tracker.fieldwork.forms import PressedForm
from tracker.fieldwork.models import Fieldwork
from tracker.inspections.models import Inspection
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.errors import Refused
from tracker.web.form import Form

bp = Blueprint("fieldwork_afterwards", __name__, url_prefix="/<authority>/fieldwork/<int:number>/afterwards")


@bp.get("")
@allowed(Permission.RUN_FIELDWORK)
def index(number: int) -> ResponseReturnValue:
    return _index(asked(number), PressedForm())


def _index(fieldwork: Fieldwork, form: Form) -> ResponseReturnValue:
    report = queries.report(fieldwork)
    inspection = report.inspection if report else None
    return render_template(
        "fieldwork/afterwards/index.html",
        fieldwork=fieldwork,
        form=form,
        report=report,
        comments=queries.comments(fieldwork),
        beside=queries.beside_the_last(inspection) if inspection else None,
        offered=[] if fieldwork.rehearsal else queries.reports_that_may_be_its(fieldwork),
        today=clock.today(),
    ), form.status


@bp.route("/draft", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def draft(number: int) -> ResponseReturnValue:
    fieldwork = asked(number)
    report = queries.report(fieldwork)
    form = DraftForm(
        version=_version_of(fieldwork),
        received_on=report.draft_received_on if report else None,
        due_on=report.comments_due_on if report else None,
    )
    if form.carries_out(lambda: _draft(fieldwork, form)):
        return _saved(fieldwork, "The draft report is recorded.")
    return _ask(fieldwork, form, "Record the draft report", "Save")


def _draft(fieldwork: Fieldwork, form: DraftForm) -> None:
    commands.record_draft(
        fieldwork,
        received_on=form.received_on.data or abort(422),
        due_on=form.due_on.data or abort(422),
        version=form.version.data or 0,
        today=clock.today(),
    )


@bp.route("/comments/new", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def add_comment(number: int) -> ResponseReturnValue:
    fieldwork, form = asked(number), CommentForm(version=0)
    if form.carries_out(lambda: commands.add_comment(fieldwork, _said(form), by=me())):
        return _saved(fieldwork, "The comment is kept.")
    return _ask(fieldwork, form, "Add a comment", "Add it")


@bp.route("/comments/<uuid:comment_id>", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def change_comment(number: int, comment_id: UUID) -> ResponseReturnValue:
    comment = _comment(number, comment_id)
    form = CommentForm(
        obj=comment, version=comment.version, evidence=comment.evidence.number if comment.evidence else None
    )
    if form.carries_out(lambda: commands.change_comment(comment, _said(form), version=form.version.data or 0)):
        return _saved(comment.fieldwork, "The comment is saved.")
    return _ask(comment.fieldwork, form, "Change a comment", "Save")


@bp.post("/comments/<uuid:comment_id>/take-out")
@allowed(Permission.RUN_FIELDWORK)
def take_out_comment(number: int, comment_id: UUID) -> ResponseReturnValue:
    comment, form = _comment(number, comment_id), PressedForm()
    fieldwork = comment.fieldwork
    if form.carries_out(lambda: commands.take_out_comment(comment, version=_posted_version())):
        return _saved(fieldwork, "The comment is taken out. The history keeps what it said.")
    return _index(fieldwork, form)


@bp.route("/comments/<uuid:comment_id>/answer", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def answer(number: int, comment_id: UUID) -> ResponseReturnValue:
    comment = _comment(number, comment_id)
    form = AnswerForm(obj=comment, version=comment.version)
    if form.carries_out(
        lambda: commands.record_answer(comment, answer=form.answer.data or "", version=form.version.data or 0)
    ):
        return _saved(comment.fieldwork, "The answer is recorded.")
    return _ask(comment.fieldwork, form, "Record the answer", "Save", passage=comment.passage)


@bp.route("/sent", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def sent(number: int) -> ResponseReturnValue:
    fieldwork = asked(number)
    form = SentForm(version=_version_of(fieldwork), sent_on=clock.today(), sent_to=fieldwork.lead_inspector)
    if form.carries_out(lambda: _sent(fieldwork, form)):
        return _saved(fieldwork, "The comments are recorded as sent.")
    return _ask(fieldwork, form, "Record that the comments were sent", "Record it")


def _sent(fieldwork: Fieldwork, form: SentForm) -> None:
    commands.record_sent(
        fieldwork,
        sent_on=form.sent_on.data or abort(422),
        sent_to=form.sent_to.data or "",
        version=form.version.data or 0,
        today=clock.today(),
    )


@bp.post("/sent/take-back")
@allowed(Permission.RUN_FIELDWORK)
def take_sending_back(number: int) -> ResponseReturnValue:
    fieldwork, form = asked(number), PressedForm()
    if form.carries_out(lambda: commands.take_sending_back(fieldwork, version=_posted_version())):
        return _saved(fieldwork, "The comments can be changed again.")
    return _index(fieldwork, form)


@bp.route("/report", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def report(number: int) -> ResponseReturnValue:
    fieldwork = asked(number)
    reports = [] if fieldwork.rehearsal else queries.reports_that_may_be_its(fieldwork)
    form = ReportForm(version=_version_of(fieldwork))
    form.offer(reports)
    if form.carries_out(lambda: _report(fieldwork, form, reports)):
        return _saved(fieldwork, "The report is tied to this inspection.")
    return render_template(
        "fieldwork/afterwards/report.html", fieldwork=fieldwork, form=form, reports=reports
    ), form.status


def _report(fieldwork: Fieldwork, form: ReportForm, reports: Sequence[Inspection]) -> None:
    chosen = next((one for one in reports if one.id == form.report.data), None)
    if chosen is None:
        raise Refused("Choose one of the reports.")
    commands.say_report(fieldwork, chosen, version=form.version.data or 0)


def _said(form: CommentForm) -> commands.Said:
    return commands.Said(
        place=form.place.data or "",
        passage=form.passage.data or "",
        inaccurate=form.inaccurate.data or "",
        proposed=form.proposed.data or "",
        proof=form.proof.data or "",
        evidence=_evidence(form.evidence.data),
    )


def _evidence(number: int | None) -> Evidence | None:
    if number is None:
        return None
    found = evidence.evidence(here(), number)
    if found is None:
        raise Refused(f"There is no evidence with the reference E-{number}.")
    return found


def _ask(fieldwork: Fieldwork, form: Form, heading: str, button: str, *, passage: str = "") -> ResponseReturnValue:
    return render_template(
        "fieldwork/afterwards/ask.html",
        fieldwork=fieldwork,
        form=form,
        heading=heading,
        button=button,
        passage=passage,
    ), form.status


def _saved(fieldwork: Fieldwork, said: str) -> ResponseReturnValue:
    flash(said, "saved")
    return redirect(url_for(".index", number=fieldwork.number))


def _version_of(fieldwork: Fieldwork) -> int:
    kept = queries.report(fieldwork)
    return kept.version if kept else 0


def _posted_version() -> int:
    return request.form.get("version", 0, type=int)


def _comment(number: int, comment_id: UUID) -> Comment:
    return queries.comment(asked(number), comment_id) or abort(404)
