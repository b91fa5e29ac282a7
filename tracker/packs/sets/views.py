"""Pages on which everything as at now is asked for, waited for and taken away."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from tracker.packs import queries
from tracker.packs.models import PackSet
from tracker.packs.rules import OF_THE_WHOLE_AUTHORITY, PACK_NAMES, WHAT_FOR
from tracker.packs.sets import commands, packing
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history, mail, storage
from tracker.platform.errors import Refused
from tracker.web.downloads import as_attachment

bp = Blueprint("pack_sets", __name__, url_prefix="/<authority>/packs/everything")


@bp.get("")
@allowed(Permission.OPEN_EVERY_PACK)
def index() -> ResponseReturnValue:
    kinds = [(kind.value, PACK_NAMES[kind], WHAT_FOR[kind]) for kind in OF_THE_WHOLE_AUTHORITY]
    names = dict.fromkeys(one.name for one in queries.profiles(here()) if one.kind in OF_THE_WHOLE_AUTHORITY)
    return render_template("packs/sets/index.html", kinds=kinds, sets=queries.sets(here()), names=list(names))


@bp.post("")
@allowed(Permission.MAKE_PACKS)
def ask() -> ResponseReturnValue:
    """Those that were chosen; all of them where nothing was offered to choose from."""
    chosen = request.form.getlist("kind") if "chosen" in request.form else list(OF_THE_WHOLE_AUTHORITY)
    kinds = [kind for kind in OF_THE_WHOLE_AUTHORITY if kind in chosen]
    try:
        name = request.form.get("profile", "").strip()
        made = commands.ask(here(), kinds, by=me(), at=clock.now(), profile_name=name)
    except Refused as refusal:
        flash(str(refusal), "refused")
        return redirect(url_for(".index"))
    return redirect(url_for(".show", set_id=made.id))


@bp.get("/<uuid:set_id>")
@allowed(Permission.OPEN_EVERY_PACK)
def show(set_id: UUID) -> ResponseReturnValue:
    made = _set(set_id)
    name = packing.file_name(made)
    return render_template("packs/sets/show.html", made=made, name=name, happened=history.of(made), mailed=mail.is_on())


@bp.post("/<uuid:set_id>/again")
@allowed(Permission.MAKE_PACKS)
def again(set_id: UUID) -> ResponseReturnValue:
    commands.ask_again(_set(set_id))
    return redirect(url_for(".show", set_id=set_id))


@bp.post("/<uuid:set_id>/cancel")
@allowed(Permission.MAKE_PACKS)
def cancel(set_id: UUID) -> ResponseReturnValue:
    commands.cancel(_set(set_id), by=me(), at=clock.now())
    return redirect(url_for(".show", set_id=set_id))


@bp.post("/<uuid:set_id>/download")
@allowed(Permission.OPEN_EVERY_PACK)
def download(set_id: UUID) -> ResponseReturnValue:
    """Posted, since every download is written into the history."""
    made = _set(set_id)
    pieces = stream_with_context(storage.pieces(commands.note_download(made)))
    return as_attachment(pieces, name=packing.file_name(made), size=made.file_size or 0, media_type="application/zip")


def _set(set_id: UUID) -> PackSet:
    return queries.pack_set(here(), set_id) or abort(404)
