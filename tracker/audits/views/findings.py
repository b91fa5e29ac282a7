"""One finding: what it is, what it is linked to, what has happened, and what can be done now."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.audits import commands, finding_queries, queries
from tracker.audits.chains import pictures
from tracker.audits.evidencing import commands as evidencing_commands
from tracker.audits.evidencing import queries as evidencing
from tracker.audits.evidencing.forms import AttachForm
from tracker.audits.evidencing.models import FindingEvidence
from tracker.audits.forms import CloseForm, FindingForm, JoinForm, ReasonForm
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import AuditState, Change
from tracker.audits.schema import ClosesBy
from tracker.audits.views.blueprint import areas_of, audit_or_404, bp, finding_or_404, item_asked_for, viewer
from tracker.evidence import queries as evidence_queries
from tracker.frameworks import queries as frameworks
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history, references
from tracker.platform.errors import Refused
from tracker.web.form import Form


@bp.route("/audits/<int:number>/findings/new", methods=["GET", "POST"])
@allowed(Permission.RAISE_FINDINGS)
def raise_finding(number: int) -> ResponseReturnValue:
    """A finding of the case as a whole, or of an audit that is finished."""
    audit = audit_or_404(number)
    if not audit.shows_grades_to(viewer()):
        return redirect(url_for(".moderate", number=number))
    form = _finding_form(audit)
    if request.method == "GET":
        form.start_blank()
    raised: list[Finding] = []
    if form.carries_out(lambda: raised.append(_raise(audit, form))):
        flash(f"{raised[0].reference} raised from {audit.reference}.", "saved")
        return redirect(url_for(".finding", number=raised[0].number))
    return render_template("audits/raise.html", form=form, audit=audit), form.status


@bp.get("/findings/<int:number>")
@allowed(Permission.READ)
def finding(number: int) -> ResponseReturnValue:
    finding = finding_or_404(number)
    if not finding.audit.shows_grades_to(viewer()):
        return redirect(url_for(".moderate", number=finding.audit.number))
    return _page(finding)


@bp.route("/findings/<int:number>/change", methods=["GET", "POST"])
@allowed(Permission.RAISE_FINDINGS)
def change_finding(number: int) -> ResponseReturnValue:
    finding = finding_or_404(number)
    form = _finding_form(finding.audit)
    if request.method == "GET":
        form.start(finding)
    if form.carries_out(lambda: _change(finding, form)):
        flash(f"{finding.reference} changed.", "saved")
        return redirect(url_for(".finding", number=number))
    return render_template("audits/change_finding.html", form=form, finding=finding), form.status


@bp.post("/findings/<int:number>/join")
@allowed(Permission.UPDATE_OWN_WORK)
def join_action(number: int) -> ResponseReturnValue:
    finding = finding_or_404(number)
    form = _join_form(finding)
    if form.carries_out(lambda: _join(finding, form)):
        flash(f"{finding.reference} is answered by an action now.", "saved")
        return redirect(url_for(".finding", number=number))
    return _page(finding, join=form), 422


@bp.post("/findings/<int:number>/leave")
@allowed(Permission.UPDATE_OWN_WORK)
def leave_action(number: int) -> ResponseReturnValue:
    finding = finding_or_404(number)
    commands.leave_action(finding, version=request.form.get("version", 0, type=int), by=me())
    flash(f"{finding.reference} has no action any more.", "saved")
    return redirect(url_for(".finding", number=number))


@bp.post("/findings/<int:number>/evidence")
@allowed(Permission.ADD_EVIDENCE)
def attach_evidence(number: int) -> ResponseReturnValue:
    finding = finding_or_404(number)
    form = _attach_form(finding)
    if form.carries_out(lambda: _attach(finding, form)):
        flash(f"E-{form.evidence.data} is attached to {finding.reference}.", "saved")
        _warn_of_weak(finding, f"E-{form.evidence.data}")
        return redirect(url_for(".finding", number=number))
    return _page(finding, attach=form), 422


@bp.post("/findings/<int:number>/evidence/<uuid:tie_id>/remove")
@allowed(Permission.ADD_EVIDENCE)
def detach_evidence(number: int, tie_id: UUID) -> ResponseReturnValue:
    finding = finding_or_404(number)
    tie = evidencing.tie(finding, tie_id) or abort(404)
    evidencing_commands.detach(tie)
    flash(f"{tie.evidence.reference} is not attached to {finding.reference} any more.", "saved")
    return redirect(url_for(".finding", number=number))


@bp.post("/findings/<int:number>/close")
@allowed(Permission.RAISE_FINDINGS)
def close_finding(number: int) -> ResponseReturnValue:
    finding = finding_or_404(number)
    form = _close_form(finding)
    return _done(finding, form, lambda: _close(finding, form), f"{finding.reference} closed.", "close")


@bp.post("/findings/<int:number>/reopen")
@allowed(Permission.RAISE_FINDINGS)
def reopen_finding(number: int) -> ResponseReturnValue:
    finding = finding_or_404(number)
    form = _reason_form()
    return _done(finding, form, lambda: _reopen(finding, form), f"{finding.reference} is open again.", "reopen")


def _warn_of_weak(finding: Finding, named: str) -> None:
    """Say which of the evidence named is older than the finding. Nothing is refused: its words may say more."""
    numbers = set(map(int, evidencing_commands.NAMED.findall(named)))
    for tie in evidencing.of_finding(finding):
        if tie.evidence.number in numbers and tie.why_weak:
            flash(tie.why_weak, "refused")


def _done(finding: Finding, form: Form, command: Callable[[], None], said: str, name: str) -> ResponseReturnValue:
    """Carry a form of the finding's page out, or show the page again with what was refused."""
    if form.carries_out(command):
        flash(said, "saved")
        return redirect(url_for(".finding", number=finding.number))
    return _page(finding, **{name: form}), 422


def _page(
    finding: Finding,
    *,
    join: JoinForm | None = None,
    close: CloseForm | None = None,
    reopen: ReasonForm | None = None,
    attach: AttachForm | None = None,
) -> str:
    failed = join or close or reopen or attach
    evidence = evidencing.of_finding(finding)
    return render_template(
        "audits/finding.html",
        finding=finding,
        chain=queries.chain(finding.audit),
        way=pictures.chain([finding], viewer=viewer()),
        happened=history.of(finding, limit=20),
        theme=_theme(finding),
        owned=finding.owner_id == me().id,
        needs_reaudit=finding.audit.tool.closes_by is ClosesBy.REAUDIT,
        late=finding.is_late(clock.today()),
        form=failed,
        join=join or _fresh(_join_form(finding), finding),
        close=close or _naming(_fresh(_close_form(finding), finding), evidence),
        evidence=evidence,
        attach=attach or _attach_form(finding),
        reopen=reopen or _fresh(_reason_form(), finding),
        viewer=viewer(),
    )


def _fresh(form: Any, finding: Finding) -> Any:
    form.version.data = finding.version
    return form


def _naming(form: CloseForm, evidence: Sequence[FindingEvidence]) -> CloseForm:
    """The form to close a finding, with what is attached to it named already."""
    form.evidence.data = ", ".join(tie.evidence.reference for tie in evidence if tie.evidence.withdrawn_on is None)
    return form


def _attach_form(finding: Finding) -> AttachForm:
    """The address may name evidence that was added for it just now: ``?evidence=E-232``."""
    form = AttachForm(formdata=_posted("attach_evidence")).distinct("attach")
    named = references.parse(request.args.get("evidence", ""))
    if request.method == "GET" and named is not None:
        form.evidence.data = named[1]
    return form


def _attach(finding: Finding, form: AttachForm) -> None:
    evidence = evidence_queries.evidence(here(), form.evidence.data or 0)
    if evidence is None:
        raise Refused(f"There is no evidence E-{form.evidence.data} here. Look it up in the register.")
    evidencing_commands.attach(finding, evidence, shows_there=form.shows_there.data or "")


def _theme(finding: Finding) -> str | None:
    if finding.theme_code is None:
        return None
    placed = frameworks.library().theme(finding.theme_code, finding.audit.tool.framework)
    return f"{placed.theme.code} {placed.theme.name}"


def _finding_form(audit: Audit) -> FindingForm:
    form = FindingForm()
    form.offer(people.colleagues(here(), who_may=Permission.READ))
    form.offer_themes(areas_of(audit.tool))
    return form


def _join_form(finding: Finding) -> JoinForm:
    form = JoinForm(formdata=_posted("join_action")).distinct("join")
    form.offer(finding, finding_queries.joinable_actions(finding))
    return form


def _close_form(finding: Finding) -> CloseForm:
    form = CloseForm(formdata=_posted("close_finding")).distinct("close")
    return form.offer([again for again in _reaudits(finding) if again.state is not AuditState.DRAFT])


def _reason_form() -> ReasonForm:
    return ReasonForm(formdata=_posted("reopen_finding")).distinct("reopen")


def _posted(view: str) -> Any:
    """What was posted, for the one form of the page that it was meant for."""
    return request.form if request.endpoint == f"audits.{view}" else None


def _reaudits(finding: Finding) -> list[Audit]:
    """Later audits of the same case."""
    return [again for again in queries.chain(finding.audit) if again.number > finding.audit.number]


def _asked(form: FindingForm, domain_code: str | None) -> Change:
    item = item_asked_for(form.item.data)
    return Change(
        form.what.data or "",
        owner_id=form.owner.data,
        agree_by=form.agree_by.data,
        theme_code=form.theme.data,
        item_id=item.id if item else None,
        domain_code=domain_code,
    )


def _raise(audit: Audit, form: FindingForm) -> Finding:
    return commands.raise_finding(audit, change=_asked(form, None), by=me(), on=clock.today())


def _change(finding: Finding, form: FindingForm) -> None:
    change = _asked(form, finding.domain_code)
    commands.change_finding(finding, version=form.version.data or 0, change=change, by=me(), on=clock.today())


def _join(finding: Finding, form: JoinForm) -> None:
    action = actions.action(here(), form.action.data)
    if action is None:
        raise Refused("There is no such action here. Choose one from the list.")
    commands.join_action(finding, version=form.version.data or 0, action=action, by=me())


def _close(finding: Finding, form: CloseForm) -> None:
    version, because = form.version.data or 0, form.because.data or ""
    reaudit = next((again for again in _reaudits(finding) if again.number == form.reaudit.data), None)
    if reaudit is not None:
        commands.close_by_reaudit(finding, version=version, because=because, reaudit=reaudit, by=me(), on=clock.today())
    else:
        evidence = form.evidence.data or ""
        evidencing_commands.close_with(
            finding, version=version, because=because, evidence=evidence, by=me(), on=clock.today()
        )
        _warn_of_weak(finding, evidence)


def _reopen(finding: Finding, form: ReasonForm) -> None:
    commands.reopen_finding(finding, version=form.version.data or 0, reason=form.reason.data or "", by=me())
