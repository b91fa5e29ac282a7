"""Pages that decide what is moderated: the share, and asking for one audit that was not chosen."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.blind import commands, queries
from tracker.audits.blind.forms import AskForm, SamplingForm
from tracker.audits.models import Audit
from tracker.audits.views.blueprint import audit_or_404, bp, viewer
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission


@bp.route("/audits/moderation/which", methods=["GET", "POST"])
@allowed(Permission.MODERATE_AUDITS)
def which_moderated() -> ResponseReturnValue:
    """The share of audits that are moderated."""
    form, chosen = SamplingForm(), queries.chosen_sampling(here())
    form.offer()
    if request.method == "GET":
        form.start(queries.sampling(here()), chosen.version if chosen else 0)
    if form.carries_out(lambda: _choose(form)):
        flash("Which audits are moderated is changed, for those finished from now on.", "saved")
        return redirect(url_for(".index", show="moderate"))
    return render_template("audits/which_moderated.html", form=form), form.status


@bp.route("/audits/<int:number>/ask-for-moderation", methods=["GET", "POST"])
@allowed(Permission.LOG_AUDITS)
def ask_for_moderation(number: int) -> ResponseReturnValue:
    audit, form = audit_or_404(number), AskForm()
    if not audit.shows_grades_to(viewer()):
        return redirect(url_for(".moderate", number=number))
    if request.method == "GET":
        form.version.data = audit.version
    if form.carries_out(lambda: _ask(audit, form)):
        flash(f"{audit.reference} is to be moderated. Its grades are hidden from those who may do that.", "saved")
        return redirect(url_for(".show", number=number))
    return render_template("audits/ask_for_moderation.html", form=form, audit=audit), form.status


def _choose(form: SamplingForm) -> None:
    commands.choose_sampling(here(), version=form.version.data or 0, sampling=form.sampling, by=me())


def _ask(audit: Audit, form: AskForm) -> None:
    commands.ask_for_moderation(audit, version=form.version.data or 0, because=form.because.data or "", by=me())
