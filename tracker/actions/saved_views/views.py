"""Saving what the plan shows, opening it again by its link, and taking it away."""

from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired, Length

from tracker.actions.saved_views import commands, queries
from tracker.actions.saved_views.models import SavedView
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.web.fields import CheckboxField, Form, TextField
from tracker.web.links import NOT_OURS

bp = Blueprint("saved_views", __name__, url_prefix="/<authority>/plan/views")


class SaveForm(Form):
    name = TextField(
        "Name of the view",
        [DataRequired("Give the view a name"), Length(max=commands.LONGEST_NAME, message="Use 60 characters or fewer")],
        width=20,
    )
    shared = CheckboxField("Show it to colleagues among their views")


@bp.route("", methods=["GET", "POST"])
@allowed(Permission.READ_PLAN)
def index() -> ResponseReturnValue:
    """Saves the filters that ``filters`` holds, and lists what is saved."""
    form, query = SaveForm(), request.values.get("filters", "")
    saved: list[SavedView] = []

    def save() -> None:
        kept = commands.save(here(), name=form.name.data, query=query, shared=form.shared.data, by=me())
        saved.append(kept)

    if form.carries_out(save):
        flash(f"The view “{saved[0].name}” is saved. Its link can be sent to any colleague.", "saved")
        return redirect(_opened(saved[0]))
    views = queries.views_for(here(), me())
    return render_template("actions/saved_views.html", form=form, filters=query, views=views), form.status


@bp.get("/<uuid:view_id>")
@allowed(Permission.READ_PLAN)
def show(view_id: UUID) -> ResponseReturnValue:
    """The link to share: the plan as the view has it now."""
    return redirect(_opened(_view(view_id)))


@bp.post("/<uuid:view_id>/remove")
@allowed(Permission.READ_PLAN)
def remove(view_id: UUID) -> ResponseReturnValue:
    view = _view(view_id)
    commands.remove(view, by=me())
    flash(f"The view “{view.name}” is removed.", "saved")
    return redirect(url_for(".index"))


def _opened(view: SavedView) -> str:
    filters: dict[str, Any] = {name: value for name, value in parse_qsl(view.query) if _is_a_filter(name)}
    return url_for("actions.plan", **filters)


def _is_a_filter(name: str) -> bool:
    return name not in NOT_OURS and not name.startswith("_")


def _view(view_id: UUID) -> SavedView:
    return queries.view(here(), view_id) or abort(404)
