"""Writing in a statement: a page that saves itself, taking turns, finding what to cite, and cleaning what is pasted."""

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.frameworks import queries as frameworks
from tracker.improvements import queries as improvements
from tracker.people.guards import allowed, here, me, require_reach
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.errors import Refused
from tracker.self_evaluation import citing, commands, finding, pages, queries
from tracker.self_evaluation.citing import CitedThing
from tracker.self_evaluation.cleaning import from_html
from tracker.self_evaluation.forms import StatementForm
from tracker.self_evaluation.models import SelfEvaluation, Statement
from tracker.self_evaluation.remarks import commands as remarks
from tracker.self_evaluation.turns import commands as turns
from tracker.self_evaluation.turns import queries as turns_now
from tracker.self_evaluation.views.blueprint import bp
from tracker.self_evaluation.views.found import the_item, the_newest_view, the_statement, the_statement_to_change
from tracker.self_evaluation.wordings.rules import How
from tracker.web import autosaved


@bp.route("/statements/new", methods=["GET", "POST"])
@allowed(Permission.WRITE_SELF_EVALUATION)
def new_statement() -> ResponseReturnValue:
    version, view = the_newest_view(request.args.get("area", ""))
    require_reach([view.area_code])
    form = StatementForm()
    if request.method == "GET":
        form.item.data = request.args.get("item", type=int)
    added: list[Statement] = []

    def add() -> None:
        added.append(
            commands.add_statement(
                version,
                area_code=view.area_code,
                question=form.question.data,
                kind=form.kind.data,
                title=form.title.data or "",
                text=form.text.data or "",
                author=me(),
                item=the_item(form),
                at=clock.now(),
            )
        )

    if not _finds() and form.carries_out(add):
        _say_saved(added[0])
        return redirect(url_for(".statement", number=added[0].number))
    return _show_writing(form, version, view.area_code)


@bp.route("/statements/<int:number>/write", methods=["GET", "POST"])
@allowed(Permission.WRITE_SELF_EVALUATION)
def write(number: int) -> ResponseReturnValue:
    statement = the_statement_to_change(number)
    form = StatementForm(obj=statement)
    if request.method == "GET":
        form.item.data = statement.item.number if statement.item else None
    if autosaved.is_asked():
        answer, status = autosaved.answer(form, lambda: _save(statement, form), lambda: {"version": statement.version})
        return answer, status
    if request.form.get("then") == "suggest":
        return _suggest_instead(statement, form)
    if not _finds() and form.carries_out(lambda: _save(statement, form)):
        turns.leave(statement, by=me())
        _say_saved(statement)
        return redirect(url_for(".statement", number=number))
    theirs = bool(form.errors) and form.version.data != statement.version
    if theirs:  # the next try is meant to be saved over what this page now shows
        form.version.data, form.version.raw_data = statement.version, None
    return _show_writing(form, statement.self_evaluation, statement.area_code, statement=statement, theirs=theirs)


def _say_saved(statement: Statement) -> None:
    """It is saved whatever it cites; what it cites in vain is said now, while the writer knows what she meant."""
    amiss = citing.amiss(here(), statement.text, clock.today())
    flash(" ".join([f"{statement.reference} saved as a draft.", *amiss]), "saved")


def _finds() -> bool:
    """Whether the button beside the search was pressed: nothing is saved, and everything typed stays."""
    return request.form.get("then") == "find"


def _save(statement: Statement, form: StatementForm) -> None:
    commands.save_statement(
        statement,
        version=form.version.data or 0,
        title=form.title.data or "",
        text=form.text.data or "",
        question=form.question.data,
        kind=form.kind.data,
        item=the_item(form),
        by=me(),
        at=clock.now(),
        window=autosaved.window(),
        how=How.BY_ITSELF if autosaved.is_asked() else How.WRITTEN,
    )
    if autosaved.is_asked():
        turns.take(statement, by=me(), at=clock.now())


def _suggest_instead(statement: Statement, form: StatementForm) -> ResponseReturnValue:
    """What somebody typed while another was writing becomes suggestions, held against what is saved now."""
    try:
        made = remarks.suggest(
            statement, opened=statement.text, text=form.text.data or "", words="", by=me(), at=clock.now()
        )
    except Refused as refused:
        form.refuse(refused)
        return _show_writing(form, statement.self_evaluation, statement.area_code, statement=statement, theirs=True)
    flash(f"{len(made)} suggested. Nothing in {statement.reference} changed.", "saved")
    return redirect(url_for(".remarks", number=statement.number))


def _show_writing(form: StatementForm, version: SelfEvaluation, area_code: str, **page: object) -> ResponseReturnValue:
    """The form with what there is to cite and what is still to settle; after a conflict, with the other text above."""
    framework = frameworks.library().framework(version.framework_id)
    area = framework.area(area_code)
    statement = page.get("statement")
    another = turns_now.of_another(statement, me(), clock.now()) if isinstance(statement, Statement) else None
    found = _found(form.find.data or "") if _finds() else None
    item = None if form.item.data is None else improvements.item(here(), form.item.data)
    beside = {"area": area, "version": version, "to_cite": pages.to_cite(here(), area, item), "another": another}
    if isinstance(statement, Statement):
        beside["reading"] = queries.readings(here(), [statement], clock.today())[statement.reference]
    return render_template("self_evaluation/write.html", form=form, found=found, **beside, **page), form.status


@bp.post("/statements/<int:number>/turn")
@allowed(Permission.WRITE_SELF_EVALUATION)
def take_turn(number: int) -> ResponseReturnValue:
    """Begin to write; a page with a script also says so every minute."""
    statement = the_statement_to_change(number)
    try:
        turns.take(statement, by=me(), at=clock.now())
    except Refused as refused:
        if autosaved.is_asked():
            return {"refused": str(refused)}, 409
        flash(str(refused), "refused")
        return redirect(url_for(".statement", number=number))
    if autosaved.is_asked():
        return {"taken": True}
    return redirect(url_for(".write", number=number))


@bp.post("/statements/<int:number>/turn/leave")
@allowed(Permission.WRITE_SELF_EVALUATION)
def leave_turn(number: int) -> ResponseReturnValue:
    turns.leave(the_statement(number), by=me())
    return redirect(url_for(".statement", number=number))


@bp.get("/statements/to-cite")
@allowed(Permission.WRITE_SELF_EVALUATION)
def to_cite_as_json() -> ResponseReturnValue:
    """What answers to the letters after a bracket, best first."""
    return jsonify(
        [
            {
                "reference": thing.reference,
                "title": thing.title,
                "about": ", ".join(filter(None, (thing.kind, f"{thing.dated:%-d %B %Y}" if thing.dated else "")))
                + ("" if thing.state == "In date" else f". {thing.state}"),
            }
            for thing in _found(request.args.get("q", ""))
        ]
    )


def _found(typed: str) -> list[CitedThing]:
    return finding.things(here(), g.person, typed, clock.today())


@bp.post("/statements/pasted")
@allowed(Permission.WRITE_SELF_EVALUATION)
def pasted() -> ResponseReturnValue:
    """Markup from the clipboard as Markdown. Nothing is kept."""
    return {"text": from_html(request.form.get("html", ""))}
