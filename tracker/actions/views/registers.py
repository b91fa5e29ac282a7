"""The boards that watch over the plan and the partner organisations that share it: two short lists to keep."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import commands, queries
from tracker.actions.forms import BoardForm, PartnerForm
from tracker.actions.models import GovernanceBoard
from tracker.actions.views.blueprint import bp
from tracker.people.guards import allowed, here, me
from tracker.people.models import PartnerOrganisation
from tracker.people.rules import Permission


@bp.route("/plan/partners", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def partners() -> ResponseReturnValue:
    form = PartnerForm()
    if form.carries_out(lambda: commands.add_partner(here(), kind=form.kind.data, name=form.name.data, by=me())):
        return _saved(f"{form.name.data} added.", "partners")
    return render_template(
        "actions/partners.html", partners=queries.partners(here()), in_use=queries.partners_in_use(here()), form=form
    ), form.status


@bp.route("/plan/partners/<uuid:partner_id>", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def partner(partner_id: UUID) -> ResponseReturnValue:
    partner = _partner(partner_id)
    form = PartnerForm(obj=partner)
    if form.carries_out(
        lambda: commands.change_partner(
            partner, version=form.version.data or 0, kind=form.kind.data, name=form.name.data, by=me()
        )
    ):
        return _saved(f"{partner.name} changed.", "partners")
    return render_template("actions/listed.html", listed=partner, form=form, list="partners"), form.status


@bp.post("/plan/partners/<uuid:partner_id>/remove")
@allowed(Permission.PLAN)
def remove_partner(partner_id: UUID) -> ResponseReturnValue:
    partner = _partner(partner_id)
    name = partner.name
    commands.remove_partner(partner, version=partner.version, by=me())
    return _saved(f"{name} taken off the list.", "partners")


@bp.route("/plan/boards", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def boards() -> ResponseReturnValue:
    form = BoardForm()
    if form.carries_out(lambda: commands.add_board(here(), name=form.name.data, by=me())):
        return _saved(f"{form.name.data} added.", "boards")
    return render_template(
        "actions/boards.html", boards=queries.boards(here()), in_use=queries.boards_in_use(here()), form=form
    ), form.status


@bp.route("/plan/boards/<uuid:board_id>", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def board(board_id: UUID) -> ResponseReturnValue:
    board = _board(board_id)
    form = BoardForm(obj=board)
    if form.carries_out(
        lambda: commands.rename_board(board, version=form.version.data or 0, name=form.name.data, by=me())
    ):
        return _saved(f"{board.name} changed.", "boards")
    return render_template("actions/listed.html", listed=board, form=form, list="boards"), form.status


@bp.post("/plan/boards/<uuid:board_id>/remove")
@allowed(Permission.PLAN)
def remove_board(board_id: UUID) -> ResponseReturnValue:
    board = _board(board_id)
    name = board.name
    commands.remove_board(board, version=board.version, by=me())
    return _saved(f"{name} taken off the list.", "boards")


def _saved(message: str, endpoint: str) -> ResponseReturnValue:
    flash(message, "saved")
    return redirect(url_for(f".{endpoint}"))


def _partner(partner_id: UUID) -> PartnerOrganisation:
    return queries.partner(here(), partner_id) or abort(404)


def _board(board_id: UUID) -> GovernanceBoard:
    return queries.board(here(), board_id) or abort(404)
