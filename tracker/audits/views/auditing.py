"""Starting, answering and finishing an audit, and reading one."""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands, tools
from tracker.audits.chains import pictures as chains
from tracker.audits.commands import answers
from tracker.audits.forms import AboutForm, DomainForm, FeedbackForm, FinishForm, form_for
from tracker.audits.models import Audit, DomainGrade, Finding
from tracker.audits.rules import AuditState, Change
from tracker.audits.schema import Tool
from tracker.audits.views import shown
from tracker.audits.views.blueprint import areas_of, audit_or_404, bp, item_asked_for
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.platform.errors import Conflict


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
@allowed(Permission.READ)
def show(number: int) -> ResponseReturnValue:
    """The auditor's own draft as a form; a finished audit, or another's, to read. A moderator is kept from it."""
    audit = audit_or_404(number)
    if shown.is_hidden_from(audit, me()):
        return redirect(url_for(".moderate", number=number))
    if audit.state is AuditState.DRAFT and audit.auditor_id == me().id:
        return _answer_page(audit)
    way = chains.chain(audit.findings, viewer=me().id)
    return render_template(
        "audits/read.html",
        audit=audit,
        way=way,
        drawn_way=chains.drawn(way),
        steps=shown.reading_steps(audit),
        compared=shown.comparison(audit),
        happened=history.of(audit, limit=20),
        **_words(audit),
    )


@bp.post("/audits/<int:number>/domains/<code>")
@allowed(Permission.LOG_AUDITS)
def grade_domain(number: int, code: str) -> ResponseReturnValue:
    audit = audit_or_404(number)
    page = _answer(audit, code)
    if page.form.carries_out(lambda: _save(page)):
        return redirect(_next_url(audit, code))
    return _render(page), 422


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
    if form.carries_out(lambda: _finish(audit, form)):
        flash(_finished(audit), "saved")
        return redirect(url_for(".show", number=number))
    steps = shown.auditor_steps(audit, shown.WHOLE)
    return render_template(
        "audits/finish.html", audit=audit, form=form, steps=steps, compared=shown.comparison(audit), **_words(audit)
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
    """What the family said, which often comes after the audit is finished."""
    audit, form = audit_or_404(number), FeedbackForm()
    if request.method == "GET":
        form.version.data = audit.version
        form.family_feedback.data, form.family_said.data = audit.family_feedback, audit.family_said
    if form.carries_out(lambda: _record_feedback(audit, form)):
        flash(f"What the family said is in {audit.reference}.", "saved")
        return redirect(url_for(".show", number=number))
    return render_template("audits/feedback.html", form=form, audit=audit), form.status


@dataclass
class _Answer:
    """One domain being answered: its form, and the finding that stands in it."""

    audit: Audit
    domain: DomainGrade
    form: DomainForm
    finding: Finding | None
    others: list[Finding]
    """The domain's other findings."""


def _answer_page(audit: Audit) -> ResponseReturnValue:
    asked = request.args.get("domain", "")
    if asked not in {domain.domain_code for domain in audit.domains}:
        asked = shown.first_waiting([(domain.domain_code, domain.by_auditor) for domain in audit.domains])
    if asked == shown.WHOLE:
        return redirect(url_for(".finish", number=audit.number))
    page = _answer(audit, asked)
    page.form.start(page.domain, page.finding)
    return _render(page)


def _answer(audit: Audit, code: str) -> _Answer:
    domain = next((domain for domain in audit.domains if domain.domain_code == code), None) or abort(404)
    form = form_for(domain)
    form.offer(people.colleagues(here()))
    mine = [finding for finding in audit.findings if finding.domain_code == code]
    finding = _finding_asked_for(mine)
    return _Answer(audit, domain, form, finding, [other for other in mine if other is not finding])


def _finding_asked_for(mine: list[Finding]) -> Finding | None:
    """The one named in the address; without a name the newest; none where a new one is asked for."""
    asked = request.values.get("finding", "")
    if asked == "new" or not mine:
        return None
    return next((finding for finding in mine if str(finding.number) == asked), mine[-1])


def _render(page: _Answer) -> str:
    audit, code = page.audit, page.domain.domain_code
    return render_template(
        "audits/answer.html",
        page=page,
        audit=audit,
        form=page.form,
        steps=shown.auditor_steps(audit, code),
        following=shown.following(audit, code)[1],
        compared=shown.comparison(audit),
        newer=_newer(audit),
        **_words(audit),
    )


def _newer(audit: Audit) -> Tool | None:
    """The newest version of the tool, where a draft can still be taken to it."""
    tool, lenses = answers.newest_of(audit)
    return None if answers.why_not_move(audit, tool, lenses) else tool


def _words(audit: Audit) -> dict[str, Any]:
    """What every page of one audit says above and beside."""
    return {
        "period": shown.period(audit.period_from, audit.period_to),
        "progress": shown.progress([domain.by_auditor for domain in audit.domains]),
        "mine": audit.auditor_id == me().id,
        "to_me": audit.moderator_id == me().id,
    }


def _save(page: _Answer) -> None:
    form = page.form
    try:
        commands.grade_domain(
            page.audit,
            page.domain.domain_code,
            saves=-1 if form.saves.data is None else form.saves.data,
            given=form.given,
            seen=form.seen.data or "",
            difference=form.difference.data or "",
            answers=form.answers,
            by=me(),
        )
    except Conflict:
        form.replaces(page.domain.auditor_saves)
        raise
    if page.finding is not None or form.what.data:
        _save_finding(page)


def _save_finding(page: _Answer) -> None:
    form, domain = page.form, page.domain
    item = item_asked_for(form.item.data)
    change = Change(
        form.what.data or "",
        owner_id=form.owner.data,
        agree_by=form.agree_by.data,
        item_id=item.id if item else None,
        theme_code=page.finding.theme_code if page.finding else None,
        domain_code=domain.domain_code,
    )
    if page.finding is None:
        commands.raise_finding(page.audit, change=change, by=me(), on=clock.today())
    elif _differs(page.finding, change):
        _change_finding(page.finding, form, change)


def _change_finding(finding: Finding, form: DomainForm, change: Change) -> None:
    version = form.finding_version.data or 0
    try:
        commands.change_finding(finding, version=version, change=change, by=me(), on=clock.today())
    except Conflict:
        form.finding_version.raw_data = [str(finding.version)]
        raise


def _differs(finding: Finding, change: Change) -> bool:
    """Whether anything was changed: a domain with a closed finding must still save."""
    now = Change(
        finding.what, finding.owner_id, finding.agree_by, finding.theme_code, finding.item_id, finding.domain_code
    )
    return now != change


def _next_url(audit: Audit, code: str) -> str:
    if request.form.get("then") == "leave":
        done = shown.progress([domain.by_auditor for domain in audit.domains]).removeprefix("Domains, ")
        flash(f"{audit.reference} saved: {done}.", "saved")
        return url_for(".index", show="mine")
    following, _ = shown.following(audit, code)
    if following == shown.WHOLE:
        return url_for(".finish", number=audit.number)
    return url_for(".show", number=audit.number, domain=following)


def _about_form(tool: Tool) -> AboutForm:
    form = AboutForm()
    form.offer(tool, areas_of(tool), people.teams(here()))
    return form


def _start(tool: Tool, form: AboutForm) -> Audit:
    about = form.about(people.teams(here()))
    lenses = [lens for lens in tools.of(here().id).lenses if lens.id in (form.lenses.data or [])]
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


def _finished(audit: Audit) -> str:
    due = audit.reaudit
    again = f" A re-audit is due by {due.due_on:%-d %B %Y} {due.because}." if due else ""
    return f"{audit.reference} is finished: {audit.counted_label.lower()}.{again}"
