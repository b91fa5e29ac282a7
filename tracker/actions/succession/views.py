"""Pages on which an item gives way to others: merging, splitting and superseding it, and undoing that."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from tracker.actions import queries as actions
from tracker.actions.succession import commands, queries
from tracker.actions.succession.forms import MergeForm, SplitForm, SupersedeForm, UndoForm
from tracker.actions.succession.rules import FEWEST_PARTS, MOST_PARTS
from tracker.improvements.models import ImprovementItem
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.lists import listed
from tracker.web.fields import Form

bp = Blueprint("succession", __name__, url_prefix="/<authority>/items/<int:number>")


@bp.route("/merge", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def merge(number: int) -> ResponseReturnValue:
    item = _item(number)
    _refuse_early(item)
    form = MergeForm(version=item.version)
    form.offer(queries.open_items(here(), but=item))
    if form.carries_out(lambda: _merge(item, form)):
        return _done(item)
    return _giving_way(item, form, "Merge", form.into)


def _merge(item: ImprovementItem, form: MergeForm) -> None:
    commands.merge(
        item,
        into=_item(form.into.data),
        version=form.version.data or 0,
        reason=form.reason.data,
        by=me(),
        on=clock.today(),
    )


@bp.route("/supersede", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def supersede(number: int) -> ResponseReturnValue:
    item = _item(number)
    _refuse_early(item)
    form = SupersedeForm(version=item.version)
    form.offer(queries.open_items(here(), but=item))
    if form.carries_out(lambda: _supersede(item, form)):
        return _done(item)
    return _giving_way(item, form, "Supersede", form.successor)


def _supersede(item: ImprovementItem, form: SupersedeForm) -> None:
    commands.supersede(
        item,
        successor=_item(form.successor.data) if form.successor.data else None,
        version=form.version.data or 0,
        reason=form.reason.data,
        by=me(),
        on=clock.today(),
    )


def _giving_way(item: ImprovementItem, form: Form, does: str, instead: Field) -> ResponseReturnValue:
    """The page that asks which other item takes the place of this one; ``instead`` is the field that says it."""
    page = "actions/succession/give_way.html"
    return render_template(page, item=item, form=form, does=does, instead=instead, owed=queries.owed(item)), form.status


@bp.route("/split", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def split(number: int) -> ResponseReturnValue:
    item, parts = _item(number), _parts_asked()
    _refuse_early(item)
    form = SplitForm.of(item, queries.owed(item), parts=parts)
    if form.carries_out(lambda: _split(item, form)):
        return _done(item)
    more = range(FEWEST_PARTS, MOST_PARTS + 1)
    return render_template("actions/succession/split.html", item=item, form=form, more=more), form.status


def _split(item: ImprovementItem, form: SplitForm) -> None:
    commands.split(
        item, parts=form.parts, version=form.version.data or 0, reason=form.reason.data, by=me(), on=clock.today()
    )


def _parts_asked() -> int:
    """How many parts the address asks for; what makes no sense is the fewest."""
    asked = request.args.get("parts", FEWEST_PARTS, type=int)
    return asked if FEWEST_PARTS <= asked <= MOST_PARTS else FEWEST_PARTS


@bp.route("/put-back", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def undo(number: int) -> ResponseReturnValue:
    item = _item(number)
    if request.method == "GET":
        commands.require_may_undo(item, by=me())
    form = UndoForm(version=item.version)
    if form.carries_out(lambda: commands.undo(item, version=form.version.data or 0, by=me(), on=clock.today())):
        flash(f"{item.reference} is open again, with the actions that it had.", "saved")
        return redirect(url_for("overview.item", number=number))
    moves = queries.moves_from(item)
    return render_template("actions/succession/undo.html", item=item, form=form, moves=moves), form.status


def _refuse_early(item: ImprovementItem) -> None:
    if request.method == "GET":
        commands.require_may_end(item, by=me())


def _done(item: ImprovementItem) -> ResponseReturnValue:
    """Back to the item, which stays at its address, or on to the one item that took its place."""
    places = item.in_its_place
    moved = [move.action.reference for move in queries.moves_from(item)]
    went = f" {listed(moved)} moved." if moved else ""
    flash(f"{item.reference} {item.became}.{went}", "saved")
    return redirect(url_for("overview.item", number=places[0].number if len(places) == 1 else item.number))


def _item(number: int) -> ImprovementItem:
    return actions.item(here(), number) or abort(404)
