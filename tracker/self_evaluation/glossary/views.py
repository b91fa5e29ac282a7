"""The page of an authority's own words."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.people.guards import allowed, here
from tracker.people.rules import Permission
from tracker.self_evaluation.forms import TermForm
from tracker.self_evaluation.glossary import commands, queries
from tracker.self_evaluation.views.blueprint import bp
from tracker.self_evaluation.views.found import or_404


@bp.route("/self-evaluation/glossary", methods=["GET", "POST"])
@allowed(Permission.WRITE_SELF_EVALUATION)
def glossary() -> ResponseReturnValue:
    form = TermForm()
    if form.carries_out(lambda: commands.say(here(), written=form.written.data or "", shown=form.shown.data or "")):
        flash("Statements and packs are shown so from now on. What was written stays as it is.", "saved")
        return redirect(url_for(".glossary"))
    return render_template("self_evaluation/glossary.html", form=form, terms=queries.terms(here())), form.status


@bp.post("/self-evaluation/glossary/<uuid:term_id>/forget")
@allowed(Permission.WRITE_SELF_EVALUATION)
def forget_term(term_id: UUID) -> ResponseReturnValue:
    term = or_404(queries.one(here(), term_id))
    commands.forget(term)
    flash(f"“{term.written}” is shown as it is written.", "saved")
    return redirect(url_for(".glossary"))
