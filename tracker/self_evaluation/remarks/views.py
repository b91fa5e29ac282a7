"""Pages of what colleagues say of a statement."""

from collections.abc import Callable, Mapping
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.people.guards import allowed, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.errors import Refused
from tracker.self_evaluation.forms import CommentForm, RejectForm, ResolveForm, SuggestForm
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.remarks import commands, pages, queries
from tracker.self_evaluation.remarks.models import Remark
from tracker.self_evaluation.remarks.rules import RemarkKind
from tracker.self_evaluation.views.blueprint import bp
from tracker.self_evaluation.views.found import or_404, the_statement, the_statement_to_change
from tracker.self_evaluation.wordings import queries as wordings
from tracker.web.form import Form

NONE_REFUSED: Mapping[UUID, Form] = {}


@bp.get("/statements/<int:number>/remarks")
@allowed(Permission.READ_SELF_EVALUATION)
def remarks(number: int) -> ResponseReturnValue:
    return _show(the_statement(number))


def _show(
    statement: Statement, *, comment: CommentForm | None = None, refused: Mapping[UUID, Form] = NONE_REFUSED
) -> ResponseReturnValue:
    """``comment`` is the form that was refused, if one was; ``refused`` is the one that would settle a remark."""
    page = pages.remarks(statement, me())
    settling = {each.remark.id: refused.get(each.remark.id) or _settles(each.remark) for each in page.waiting}
    form = comment or next(iter(refused.values()), None)
    shown = {"statement": statement, "page": page, "settling": settling, "form": form}
    comment = comment or CommentForm(formdata=None)
    return render_template("self_evaluation/remarks.html", comment=comment, **shown), form.status if form else 200


def _settles(remark: Remark) -> Form:
    form = RejectForm if remark.kind is RemarkKind.SUGGESTION else ResolveForm
    return form(formdata=None).distinct(str(remark.id))


@bp.post("/statements/<int:number>/remarks")
@allowed(Permission.WRITE_SELF_EVALUATION)
def comment(number: int) -> ResponseReturnValue:
    statement, form = the_statement(number), CommentForm()

    def say() -> None:
        words, about = form.words.data or "", form.about.data or ""
        commands.comment(statement, words=words, about=about, by=me(), at=clock.now())

    if form.carries_out(say):
        flash(f"Your comment stands at {statement.reference} until somebody resolves it.", "saved")
        return redirect(url_for(".remarks", number=number))
    return _show(statement, comment=form)


@bp.route("/statements/<int:number>/suggest", methods=["GET", "POST"])
@allowed(Permission.WRITE_SELF_EVALUATION)
def suggest(number: int) -> ResponseReturnValue:
    statement = the_statement(number)
    newest = wordings.newest(statement)
    form = SuggestForm(text=statement.text, opened=newest.number if newest else None)

    def send() -> None:
        opened = wordings.one(statement, form.opened.data or 0)
        if opened is None:
            raise Refused("This page does not say which text you changed. Open it again and copy your words over.")
        made = commands.suggest(
            statement,
            opened=opened.text,
            text=form.text.data or "",
            words=form.words.data or "",
            by=me(),
            at=clock.now(),
        )
        flash(
            f"{'1 change' if len(made) == 1 else f'{len(made)} changes'} suggested. Nothing in {statement.reference} "
            "changes until a colleague accepts it.",
            "saved",
        )

    if form.carries_out(send):
        return redirect(url_for(".remarks", number=number))
    return render_template("self_evaluation/suggest.html", statement=statement, form=form), form.status


@bp.post("/statements/<int:number>/remarks/<uuid:remark_id>/accept")
@allowed(Permission.WRITE_SELF_EVALUATION)
def accept_remark(number: int, remark_id: UUID) -> ResponseReturnValue:
    the_statement_to_change(number)
    return _settled(
        number, remark_id, Form(), lambda each: commands.accept(each, by=me(), at=clock.now()), "in the text"
    )


@bp.post("/statements/<int:number>/remarks/<uuid:remark_id>/reject")
@allowed(Permission.WRITE_SELF_EVALUATION)
def reject_remark(number: int, remark_id: UUID) -> ResponseReturnValue:
    form = RejectForm()

    def reject(remark: Remark) -> None:
        commands.reject(remark, reason=form.reason.data or "", by=me(), at=clock.now())

    return _settled(number, remark_id, form, reject, "rejected, and kept with your reason")


@bp.post("/statements/<int:number>/remarks/<uuid:remark_id>/resolve")
@allowed(Permission.WRITE_SELF_EVALUATION)
def resolve_remark(number: int, remark_id: UUID) -> ResponseReturnValue:
    form = ResolveForm()

    def resolve(remark: Remark) -> None:
        commands.resolve(remark, answer=form.answer.data or "", by=me(), at=clock.now())

    return _settled(number, remark_id, form, resolve, "resolved")


@bp.post("/statements/<int:number>/remarks/<uuid:remark_id>/take-back")
@allowed(Permission.WRITE_SELF_EVALUATION)
def take_back_remark(number: int, remark_id: UUID) -> ResponseReturnValue:
    return _settled(
        number, remark_id, Form(), lambda each: commands.take_back(each, by=me(), at=clock.now()), "taken back"
    )


def _settled(
    number: int, remark_id: UUID, form: Form, settle: Callable[[Remark], None], became: str
) -> ResponseReturnValue:
    statement = the_statement(number)
    remark = or_404(queries.one(statement, remark_id))
    if form.carries_out(lambda: settle(remark)):
        flash(f"That is {became}.", "saved")
        return redirect(url_for(".remarks", number=number))
    return _show(statement, refused={remark.id: form.distinct(str(remark.id))})
