"""The page on which a director or head of service answers for a grade that was passed up."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.safety import commands, queries
from tracker.audits.safety.forms import AnswerForm
from tracker.audits.safety.models import SafetyEscalation
from tracker.audits.views.blueprint import audit_or_404, bp
from tracker.people.guards import allowed, me
from tracker.people.rules import Permission
from tracker.platform import clock


@bp.route("/audits/<int:number>/safety", methods=["GET", "POST"])
@allowed(Permission.ANSWER_FOR_SAFETY)
def safety(number: int) -> ResponseReturnValue:
    audit = audit_or_404(number)
    escalation = queries.of_audit(audit) or abort(404)
    form = AnswerForm()
    if request.method == "GET":
        form.version.data = escalation.version
    if form.carries_out(lambda: _answer(escalation, form)):
        flash(f"What you did is kept with {audit.reference}.", "saved")
        return redirect(url_for(".show", number=number))
    return render_template("audits/safety.html", audit=audit, escalation=escalation, form=form), form.status


def _answer(escalation: SafetyEscalation, form: AnswerForm) -> None:
    said = form.said.data or ""
    commands.answer(escalation, version=form.version.data or 0, said=said, by=me(), at=clock.now())
