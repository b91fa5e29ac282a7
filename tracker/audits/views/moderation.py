"""Grading a case again, without sight of the first grades."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import commands
from tracker.audits.forms import ModerateDomainForm, ModerateForm
from tracker.audits.models import Audit, DomainGrade
from tracker.audits.panel import queries as panel
from tracker.audits.rules import AuditState
from tracker.audits.views import shown
from tracker.audits.views.blueprint import audit_or_404, bp
from tracker.people.guards import allowed, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.errors import Conflict, Refused
from tracker.web import autosaved


@bp.get("/audits/<int:number>/moderate")
@allowed(Permission.MODERATE_AUDITS)
def moderate(number: int) -> ResponseReturnValue:
    """What a moderator sees: her own grades, and the auditor's only where hers are in."""
    audit = audit_or_404(number)
    if panel.seats(audit):
        return redirect(url_for(".panel", number=number))
    if audit.moderator_id != me().id:
        return _invitation(audit)
    asked = request.args.get("domain", "")
    domain = _domain(audit, asked)
    if domain is None:
        return _whole_page(audit, _whole_form(audit, fresh=True))
    form = _domain_form(audit)
    form.start(domain)
    return _domain_page(audit, domain, form)


@bp.post("/audits/<int:number>/moderate/begin")
@allowed(Permission.MODERATE_AUDITS)
def begin_moderation(number: int) -> ResponseReturnValue:
    audit = audit_or_404(number)
    commands.begin_moderation(audit, version=request.form.get("version", 0, type=int), by=me())
    first = audit.domains[0].domain_code
    return redirect(url_for(".moderate", number=number, domain=first))


@bp.post("/audits/<int:number>/moderate/give-up")
@allowed(Permission.MODERATE_AUDITS)
def give_up_moderation(number: int) -> ResponseReturnValue:
    audit = audit_or_404(number)
    if panel.seats(audit):
        raise Refused(f"You lead the panel of {audit.reference}, and its members count on it.")
    commands.give_up_moderation(audit, version=request.form.get("version", 0, type=int), by=me())
    flash(f"You no longer moderate {audit.reference}.", "saved")
    return redirect(url_for(".index", show="moderate"))


@bp.post("/audits/<int:number>/moderate/domains/<code>")
@allowed(Permission.MODERATE_AUDITS)
def moderate_domain(number: int, code: str) -> ResponseReturnValue:
    audit = audit_or_404(number)
    domain = _domain(audit, code) or abort(404)
    form = _domain_form(audit)
    if autosaved.is_asked():
        return autosaved.answer(form, lambda: _save(audit, domain, form), lambda: {"saves": domain.moderator_saves})
    if form.carries_out(lambda: _save(audit, domain, form)):
        if request.form.get("then") == "leave":
            flash(f"Your grades for {audit.reference} are saved.", "saved")
            return redirect(url_for(".index", show="moderate"))
        following, _ = shown.following(audit, code)
        return redirect(url_for(".moderate", number=number, domain=following))
    return _domain_page(audit, domain, form), 422


@bp.post("/audits/<int:number>/moderate/grade")
@allowed(Permission.MODERATE_AUDITS)
def moderate_whole(number: int) -> ResponseReturnValue:
    audit = audit_or_404(number)
    form = _whole_form(audit, fresh=False)
    agreed: list[bool] = []
    if form.carries_out(lambda: agreed.append(_moderate(audit, form))):
        flash(_moderated(audit, agreed[0]), "saved")
        return redirect(url_for(".show", number=number))
    return _whole_page(audit, form), 422


@bp.route("/audits/<int:number>/agree", methods=["GET", "POST"])
@allowed(Permission.MODERATE_AUDITS)
def agree(number: int) -> ResponseReturnValue:
    """Settle on a grade once both are known and the two have talked."""
    audit = audit_or_404(number)
    form = _whole_form(audit, fresh=request.method == "GET")
    form.reason.label.text = "Why did you settle on this grade?"
    if audit.state is not AuditState.MODERATED and request.method == "GET":
        return redirect(url_for(".moderate", number=number))
    if form.carries_out(lambda: _agree(audit, form)):
        flash(f"{audit.reference} counts as {audit.counted_label.lower()}. Both first grades are kept.", "saved")
        return redirect(url_for(".show", number=number))
    return render_template("audits/agree.html", audit=audit, form=form), form.status


def _invitation(audit: Audit) -> ResponseReturnValue:
    """Before somebody begins: what it means, or why she cannot."""
    why_not = commands.why_not_moderate(audit, me())
    return render_template("audits/moderate_begin.html", audit=audit, why_not=why_not, **_words(audit)), 200


def _domain(audit: Audit, code: str) -> DomainGrade | None:
    """The domain asked for; without a name the first that waits; None for the last step."""
    codes = [(domain.domain_code, domain.by_moderator) for domain in audit.domains]
    asked = code or shown.first_waiting(codes)
    return next((domain for domain in audit.domains if domain.domain_code == asked), None)


def _domain_form(audit: Audit) -> ModerateDomainForm:
    form = ModerateDomainForm()
    form.ask(audit.tool)
    return form


def _whole_form(audit: Audit, *, fresh: bool) -> ModerateForm:
    form = ModerateForm()
    form.ask(audit.tool)
    if fresh:
        form.version.data, form.grade.data = audit.version, audit.moderated_grade_code
    return form


def _domain_page(audit: Audit, domain: DomainGrade, form: ModerateDomainForm) -> str:
    return render_template(
        "audits/moderate.html",
        audit=audit,
        domain=domain,
        form=form,
        steps=shown.moderator_steps(audit, domain.domain_code),
        following=shown.following(audit, domain.domain_code)[1],
        compared=shown.comparison(audit),
        **_words(audit),
    )


def _whole_page(audit: Audit, form: ModerateForm) -> str:
    return render_template(
        "audits/moderate_whole.html",
        audit=audit,
        form=form,
        steps=shown.moderator_steps(audit, shown.WHOLE),
        compared=shown.comparison(audit),
        **_words(audit),
    )


def _words(audit: Audit) -> dict[str, str]:
    return {
        "period": shown.period(audit.period_from, audit.period_to),
        "progress": shown.progress([domain.by_moderator for domain in audit.domains]),
    }


def _save(audit: Audit, domain: DomainGrade, form: ModerateDomainForm) -> None:
    saves = -1 if form.saves.data is None else form.saves.data
    try:
        commands.moderate_domain(
            audit,
            domain.domain_code,
            saves=saves,
            given=form.given,
            saw=form.saw.data or "",
            window=autosaved.window(),
            by=me(),
        )
    except Conflict:
        form.replaces(domain.moderator_saves)
        raise


def _moderate(audit: Audit, form: ModerateForm) -> bool:
    return commands.moderate(
        audit,
        version=form.version.data or 0,
        grade=form.grade.data,
        reason=form.reason.data or "",
        safety_action=form.safety_action.data or "",
        by=me(),
        on=clock.today(),
    )


def _agree(audit: Audit, form: ModerateForm) -> None:
    commands.agree_grade(
        audit,
        version=form.version.data or 0,
        grade=form.grade.data,
        reason=form.reason.data or "",
        safety_action=form.safety_action.data or "",
        by=me(),
    )


def _moderated(audit: Audit, agreed: bool) -> str:
    if agreed:
        return f"{audit.reference} is moderated. You and {audit.auditor.name} agree: {audit.counted_label.lower()}."
    first = audit.tool.grade(audit.grade_code or "").short_label.lower()
    return (
        f"{audit.reference} is moderated. {audit.auditor.name} gave {first}, you gave "
        f"{audit.counted_label.lower()}. Yours counts. Talk it over, and settle on a grade if you need to."
    )
