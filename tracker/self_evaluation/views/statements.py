"""Pages of one statement."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.frameworks import queries as frameworks
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.self_evaluation import commands, holding, pages, queries
from tracker.self_evaluation.forms import ReasonForm, RemoveForm, SeenForm
from tracker.self_evaluation.marks import rules as marks
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.readability import readability
from tracker.self_evaluation.remarks import queries as remarks
from tracker.self_evaluation.rules import QUESTIONS
from tracker.self_evaluation.turns import queries as turns
from tracker.self_evaluation.views.blueprint import bp
from tracker.self_evaluation.views.found import the_statement, the_statement_to_change


@bp.get("/statements/<int:number>")
@allowed(Permission.READ_SELF_EVALUATION)
def statement(number: int) -> ResponseReturnValue:
    return _show_statement(the_statement(number), ReasonForm())


def _show_statement(statement: Statement, form: ReasonForm) -> ResponseReturnValue:
    today = clock.today()
    reading = queries.readings(here(), [statement], today)[statement.reference]
    page = {
        "questions": QUESTIONS,
        "read": readability(statement.text),
        "statement": statement,
        "reading": reading,
        "shown_otherwise": reading.glossary.changes(statement.text),
        "holding": holding.of_statement(statement, today),
        "area": frameworks.library().area(statement.self_evaluation.framework_id, statement.area_code),
        "history": history.of(statement),
        "saved": pages.saved(statement, today),
        "mark_key": marks.key,
        "another": turns.of_another(statement, me(), clock.now()),
        "remarks": remarks.count_open(statement),
    }
    return render_template("self_evaluation/statement.html", form=form, **page), form.status


@bp.post("/statements/<int:number>/review")
@allowed(Permission.WRITE_SELF_EVALUATION)
def send_for_review(number: int) -> ResponseReturnValue:
    statement = the_statement_to_change(number)
    commands.send_for_review(statement)
    flash(f"{statement.reference} is in review. A colleague signs it off or sends it back.", "saved")
    return redirect(url_for(".statement", number=number))


@bp.post("/statements/<int:number>/sign-off")
@allowed(Permission.WRITE_SELF_EVALUATION)
def sign_off_statement(number: int) -> ResponseReturnValue:
    statement = the_statement_to_change(number)
    commands.sign_off_statement(statement, by=me(), on=clock.today(), version=SeenForm().version.data)
    flash(f"{statement.reference} is signed off.", "saved")
    return redirect(url_for(".statement", number=number))


@bp.post("/statements/<int:number>/send-back")
@allowed(Permission.WRITE_SELF_EVALUATION)
def send_back(number: int) -> ResponseReturnValue:
    statement, form = the_statement_to_change(number), ReasonForm()
    if form.carries_out(lambda: commands.send_back(statement, reason=form.reason.data or "")):
        flash(f"{statement.reference} is a draft again.", "saved")
        return redirect(url_for(".statement", number=number))
    return _show_statement(statement, form)


@bp.route("/statements/<int:number>/remove", methods=["GET", "POST"])
@allowed(Permission.WRITE_SELF_EVALUATION)
def remove(number: int) -> ResponseReturnValue:
    statement, form = the_statement_to_change(number), RemoveForm()
    reference = statement.reference
    if form.carries_out(lambda: commands.remove_statement(statement, reason=form.reason.data or "")):
        flash(f"{reference} is removed. Its history is kept, and its number is not used again.", "saved")
        return redirect(url_for(".index"))
    return render_template("self_evaluation/remove.html", form=form, statement=statement), form.status
