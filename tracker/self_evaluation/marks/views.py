"""All marks of a version in one list, each to be answered."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.self_evaluation import pages, queries
from tracker.self_evaluation.forms import AnswerForm
from tracker.self_evaluation.marks import commands
from tracker.self_evaluation.marks import pages as listed
from tracker.self_evaluation.views.blueprint import bp
from tracker.self_evaluation.views.found import or_404, the_statement_to_change, the_version


@bp.get("/self-evaluation/<int:edition>/marks")
@allowed(Permission.READ_SELF_EVALUATION)
def marks(edition: int) -> ResponseReturnValue:
    version = the_version(edition)
    page = pages.version(here(), version, clock.now())
    lines = listed.lines(page, request.args.get("show", ""))
    return render_template("self_evaluation/marks.html", page=page, lines=lines, filters=listed.filters(page))


@bp.route("/statements/<int:number>/marks/<key>", methods=["GET", "POST"])
@allowed(Permission.WRITE_SELF_EVALUATION)
def answer_mark(number: int, key: str) -> ResponseReturnValue:
    statement, form = the_statement_to_change(number), AnswerForm()
    reading = queries.readings(here(), [statement], clock.today())[statement.reference]
    marked = reading.marked(key)
    kept = reading.answers.get(key)
    if request.method == "GET":
        or_404(marked)
        form.words.data = kept.words if kept else ""
    edition = statement.self_evaluation.edition
    if form.carries_out(
        lambda: commands.answer(statement, marked, words=form.words.data or "", by=me(), at=clock.now())
    ):
        flash(f"The sentence of {statement.reference} may stay, as you said.", "saved")
        return redirect(url_for(".marks", edition=edition))
    page = {"statement": statement, "marked": marked, "kept": kept if marked else None, "key": key}
    return render_template("self_evaluation/answer_mark.html", form=form, **page), form.status


@bp.post("/statements/<int:number>/marks/<key>/take-back")
@allowed(Permission.WRITE_SELF_EVALUATION)
def open_mark(number: int, key: str) -> ResponseReturnValue:
    statement = the_statement_to_change(number)
    commands.take_back(statement, key)
    flash("The mark is open again.", "saved")
    return redirect(url_for(".marks", edition=statement.self_evaluation.edition))
