"""Starting, answering and finishing an audit, and reading one."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands, tools
from tracker.audits.chains import pictures as chains
from tracker.audits.forms import AboutForm, FeedbackForm, FinishForm
from tracker.audits.models import Audit
from tracker.audits.rules import AuditState
from tracker.audits.safety import queries as safety
from tracker.audits.schema import Tool
from tracker.audits.views import answering, shown
from tracker.audits.views.blueprint import areas_of, audit_or_404, bp, viewer
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.web import autosaved


@bp.get("/audits/start")
@allowed(Permission.LOG_AUDITS)
def start() -> ResponseReturnValue:
    """Which tool? The rest is asked on the next page."""
    box = tools.of(here().id)
    return render_template("audits/start.html", tools=box.latest, lenses=box.lenses)


@bp.route("/audits/new/<tool_id>", methods=["GET", "POST"])
@allowed(Permission.LOG_AUDITS)
def new(tool_id: str) -> ResponseReturnValue:
    box = tools.of(here().id)
    tool = next((tool for tool in box.latest if tool.id == tool_id), None) or abort(404)
    form = _about_form(tool)
    form.offer_lenses(box.lenses)
    if request.method == "GET":
        form.start_today()
    begun: list[Audit] = []
    if form.carries_out(lambda: begun.append(_start(tool, form))):
        return redirect(url_for(".show", number=begun[0].number))
    return render_template("audits/new.html", form=form, tool=tool, first=None), form.status


@bp.route("/audits/<int:number>/again", methods=["GET", "POST"])
@allowed(Permission.LOG_AUDITS)
def again(number: int) -> ResponseReturnValue:
    """A re-audit of the same case."""
    first = audit_or_404(number)
    tool = tools.of(here().id).newest(first.tool_id)
    form = _about_form(tool)
    if request.method == "GET":
        form.again(first)
    begun: list[Audit] = []
    if form.carries_out(lambda: begun.append(_start_again(first, form))):
        return redirect(url_for(".show", number=begun[0].number))
    return render_template("audits/new.html", form=form, tool=tool, first=first), form.status


@bp.get("/audits/<int:number>")
@allowed(Permission.READ_AUDITS)
def show(number: int) -> ResponseReturnValue:
    """The auditor's own draft as a form; a finished audit, or another's, to read. A moderator is kept from it."""
    audit = audit_or_404(number)
    if not audit.shows_grades_to(viewer()):
        return redirect(url_for(".moderate", number=number))
    if audit.state is AuditState.DRAFT and audit.auditor_id == me().id:
        return answering.page_of(audit)
    way = chains.chain(audit.findings, viewer=viewer())
    return render_template(
        "audits/read.html",
        audit=audit,
        way=way,
        drawn_way=chains.drawn(way),
        steps=shown.reading_steps(audit),
        compared=shown.comparison(audit),
        happened=history.of(audit, limit=20),
        escalation=safety.of_audit(audit),
        **shown.words(audit, me()),
    )


@bp.route("/audits/<int:number>/finish", methods=["GET", "POST"])
@allowed(Permission.LOG_AUDITS)
def finish(number: int) -> ResponseReturnValue:
    audit = audit_or_404(number)
    if request.method == "GET" and (audit.state is not AuditState.DRAFT or audit.auditor_id != me().id):
        return redirect(url_for(".show", number=number))
    form = FinishForm()
    form.ask(audit.tool)
    if request.method == "GET":
        form.version.data, form.strengths.data = audit.version, audit.strengths
        form.grade.data, form.safety_action.data = audit.grade_code, audit.safety_action
    if autosaved.is_asked():
        return autosaved.answer(form, lambda: _keep(audit, form), lambda: {"version": audit.version})
    if form.carries_out(lambda: _finish(audit, form)):
        flash(_finished(audit), "saved")
        return redirect(url_for(".show", number=number))
    steps = shown.auditor_steps(audit, shown.WHOLE)
    return render_template(
        "audits/finish.html",
        audit=audit,
        form=form,
        steps=steps,
        waiting=shown.waiting(audit),
        compared=shown.comparison(audit),
        **shown.words(audit, me()),
    ), form.status


@bp.post("/audits/<int:number>/take-up-again")
@allowed(Permission.LOG_AUDITS)
def take_up_again(number: int) -> ResponseReturnValue:
    audit = audit_or_404(number)
    commands.take_up_again(audit, version=request.form.get("version", 0, type=int), by=me())
    flash(f"{audit.reference} is a draft again. Finish it when you have put it right.", "saved")
    return redirect(url_for(".show", number=number))


@bp.post("/audits/<int:number>/newest-version")
@allowed(Permission.LOG_AUDITS)
def move_to_newest(number: int) -> ResponseReturnValue:
    """Take a draft without answers to the newest version of its tool."""
    audit = audit_or_404(number)
    commands.move_to_newest(audit, version=request.form.get("version", 0, type=int), by=me())
    flash(f"{audit.reference} is now in version {audit.tool_version} of its tool.", "saved")
    return redirect(url_for(".show", number=number))


@bp.route("/audits/<int:number>/about", methods=["GET", "POST"])
@allowed(Permission.LOG_AUDITS)
def about(number: int) -> ResponseReturnValue:
    """Correct the facts of a draft."""
    audit = audit_or_404(number)
    form = _about_form(audit.tool)
    if request.method == "GET":
        form.of(audit)
    if form.carries_out(lambda: _correct(audit, form)):
        flash(f"{audit.reference} corrected.", "saved")
        return redirect(url_for(".show", number=number))
    return render_template("audits/about.html", form=form, audit=audit), form.status


@bp.route("/audits/<int:number>/feedback", methods=["GET", "POST"])
@allowed(Permission.LOG_AUDITS)
def feedback(number: int) -> ResponseReturnValue:
    """What the practitioner and the family said, which often comes after the audit is finished."""
    audit, form = audit_or_404(number), FeedbackForm()
    if request.method == "GET":
        form.version.data = audit.version
        form.family_feedback.data, form.family_said.data = audit.family_feedback, audit.family_said
        form.practitioner_said.data = audit.practitioner_said
    if form.carries_out(lambda: _record_feedback(audit, form)):
        flash(f"What they said is in {audit.reference}.", "saved")
        return redirect(url_for(".show", number=number))
    return render_template("audits/feedback.html", form=form, audit=audit), form.status


def _about_form(tool: Tool) -> AboutForm:
    form = AboutForm()
    form.offer(tool, areas_of(tool), people.teams(here()))
    return form


def _start(tool: Tool, form: AboutForm) -> Audit:
    about = form.about(people.teams(here()))
    lenses = form.chosen_of(tools.of(here().id).lenses)
    return commands.start_audit(here(), tool=tool, lenses=lenses, about=about, auditor=me(), on=clock.today())


def _start_again(first: Audit, form: AboutForm) -> Audit:
    return commands.start_reaudit(first, about=form.about(people.teams(here())), auditor=me(), on=clock.today())


def _correct(audit: Audit, form: AboutForm) -> None:
    about = form.about(people.teams(here()))
    commands.correct(audit, version=form.version.data or 0, about=about, by=me(), on=clock.today())


def _record_feedback(audit: Audit, form: FeedbackForm) -> None:
    commands.record_feedback(
        audit,
        version=form.version.data or 0,
        family_feedback=form.family_feedback.data,
        family_said=form.family_said.data or "",
        practitioner_said=form.practitioner_said.data or "",
        by=me(),
    )


def _finish(audit: Audit, form: FinishForm) -> None:
    commands.finish(
        audit,
        version=form.version.data or 0,
        grade=form.grade.data,
        strengths=form.strengths.data or "",
        safety_action=form.safety_action.data or "",
        by=me(),
        on=clock.today(),
    )


def _keep(audit: Audit, form: FinishForm) -> None:
    commands.keep_whole(
        audit,
        version=form.version.data or 0,
        grade=form.grade.data,
        strengths=form.strengths.data or "",
        safety_action=form.safety_action.data or "",
        window=autosaved.window(),
        by=me(),
    )


def _finished(audit: Audit) -> str:
    due = audit.reaudit
    again = f" A re-audit is due by {due.due_on:%-d %B %Y} {due.because}." if due else ""
    return f"{audit.reference} is finished: {audit.counted_label.lower()}.{again}"
