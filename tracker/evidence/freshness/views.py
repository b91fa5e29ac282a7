"""The days after which each kind goes stale, and "still true: I looked at it today"."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.evidence import queries as evidence_queries
from tracker.evidence import rules
from tracker.evidence.freshness import commands, queries
from tracker.evidence.freshness.forms import DaysForm, LookAgainForm
from tracker.evidence.freshness.models import days_of
from tracker.evidence.newer import newer_evidence_url
from tracker.people.guards import allowed, here
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.platform.db import db

bp = Blueprint("evidence_freshness", __name__, url_prefix="/<authority>/evidence")


@bp.route("/freshness", methods=["GET", "POST"])
@allowed(Permission.KEEP_RECORDS)
def days() -> ResponseReturnValue:
    said, form = queries.stale_after(here()), DaysForm()
    if request.method == "GET":
        form.start(days_of(db.session.connection(), here().id), said.version if said else 0)
    if form.carries_out(
        lambda: commands.decide_days(
            here(), version=form.version.data or 0, days=form.numbers, because=form["because"].data or ""
        )
    ):
        flash("Saved. What is stale was counted anew for all evidence.", "saved")
        return redirect(url_for(".days"))
    return render_template(
        "evidence/freshness/days.html", form=form, happened=history.of(said, limit=20) if said else [], said=said
    ), form.status


@bp.route("/<int:number>/look-again", methods=["GET", "POST"])
@allowed(Permission.ADD_EVIDENCE)
def look_again(number: int) -> ResponseReturnValue:
    evidence = evidence_queries.evidence(here(), number) or abort(404)
    form = LookAgainForm(version=evidence.version)
    if form.carries_out(
        lambda: commands.look_again(
            evidence, version=form.version.data or 0, because=form.because.data or "", on=clock.today()
        )
    ):
        flash(f"Noted: {evidence.reference} was looked at today and is still true.", "saved")
        return redirect(url_for("evidence.show", number=number))
    days, today = days_of(db.session.connection(), here().id)[evidence.kind], clock.today()
    asked_again_on = rules.ask_again_on(evidence.dated, today, days=days) - rules.SOON
    return render_template(
        "evidence/freshness/look_again.html",
        form=form,
        evidence=evidence,
        renews=rules.renews(evidence.kind),
        asked_again_on=asked_again_on if asked_again_on > today else None,
        newer=newer_evidence_url(evidence),
    ), form.status
