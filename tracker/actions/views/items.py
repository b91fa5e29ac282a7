"""Closing an improvement item, and opening it again."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import commands
from tracker.actions.forms import ReasonForm
from tracker.actions.views.blueprint import bp, item_or_404
from tracker.improvements.models import ImprovementItem
from tracker.people.guards import allowed, me
from tracker.people.rules import Permission
from tracker.platform import clock


@bp.route("/items/<int:number>/close", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def close_item(number: int) -> ResponseReturnValue:
    item = item_or_404(number)
    form = ReasonForm.asking(
        "Why can it be closed, and how do you know?",
        "Name what shows it: an audit, a measure, a voice.",
        version=item.version,
    )
    return _step(
        item, form, "Close the item",
        lambda: commands.close_item(
            item, version=form.version.data or 0, reason=form.reason.data, by=me(), on=clock.today()
        ),
        done=f"{item.reference} closed.",
    )  # fmt: skip


@bp.route("/items/<int:number>/reopen", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def reopen_item(number: int) -> ResponseReturnValue:
    item = item_or_404(number)
    form = ReasonForm.asking("Why does it have to be opened again?", version=item.version)
    return _step(
        item, form, "Open the item again",
        lambda: commands.reopen_item(item, version=form.version.data or 0, reason=form.reason.data, by=me()),
        done=f"{item.reference} opened again.",
    )  # fmt: skip


def _step(
    item: ImprovementItem, form: ReasonForm, step: str, command: Callable[[], object], *, done: str
) -> ResponseReturnValue:
    if form.carries_out(command):
        flash(done, "saved")
        return redirect(url_for("overview.item", number=item.number))
    return render_template("actions/item_step.html", item=item, form=form, step=step), form.status
