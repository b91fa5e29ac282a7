from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.boards import queries as boards
from tracker.evidence import queries as evidence
from tracker.packs import commands, queries
from tracker.packs.forms import AskForm
from tracker.packs.models import Pack
from tracker.packs.rules import PackKind
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history, storage

bp = Blueprint("packs", __name__, url_prefix="/<authority>/packs")


@bp.get("/")
@allowed(Permission.READ)
def index() -> ResponseReturnValue:
    return _show_index(AskForm())


@bp.post("/")
@allowed(Permission.MAKE_PACKS)
def ask() -> ResponseReturnValue:
    form, asked = AskForm(), list[Pack]()
    form_kind = form.kind.data or PackKind.SELF_EVALUATION
    if form.carries_out(lambda: asked.append(commands.ask(here(), kind=form_kind, by=me(), at=clock.now()))):
        return redirect(url_for(".show", number=asked[0].number))
    return _show_index(form)


@bp.post("/board/<int:number>")
@allowed(Permission.MAKE_PACKS)
def ask_board(number: int) -> ResponseReturnValue:
    """The board report of one snapshot."""
    snapshot = boards.snapshot(here(), number) or abort(404)
    pack = commands.ask(here(), kind=PackKind.BOARD, by=me(), at=clock.now(), about=snapshot)
    return redirect(url_for(".show", number=pack.number))


@bp.post("/practice-example/<int:number>")
@allowed(Permission.MAKE_PACKS)
def ask_example(number: int) -> ResponseReturnValue:
    """The one page of a practice example."""
    example = evidence.evidence(here(), number) or abort(404)
    pack = commands.ask(here(), kind=PackKind.PRACTICE_EXAMPLE, by=me(), at=clock.now(), about=example)
    return redirect(url_for(".show", number=pack.number))


def _show_index(form: AskForm) -> ResponseReturnValue:
    return render_template("packs/index.html", form=form, packs=queries.packs(here())), form.status


@bp.get("/<int:number>")
@allowed(Permission.READ)
def show(number: int) -> ResponseReturnValue:
    pack = _pack(number)
    return render_template("packs/show.html", pack=pack, history=history.of(pack))


@bp.post("/<int:number>/again")
@allowed(Permission.MAKE_PACKS)
def again(number: int) -> ResponseReturnValue:
    pack = _pack(number)
    commands.ask_again(pack)
    return redirect(url_for(".show", number=number))


@bp.post("/<int:number>/download")
@allowed(Permission.MAKE_PACKS)
def download(number: int) -> ResponseReturnValue:
    """Posted, since every download is written into the history."""
    pack = _pack(number)
    if pack.file_sha256 is None:
        flash(f"{pack.reference} is not made yet. This page says when it is.", "refused")
        return redirect(url_for(".show", number=number))
    history.record(pack, "downloaded")
    name = f"{here().slug}-{pack.kind}-{pack.reference}.pdf"
    return Response(
        storage.pieces(pack.file_sha256),
        mimetype="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": str(pack.file_size),
        },
    )


def _pack(number: int) -> Pack:
    pack = queries.pack(here(), number)
    if pack is None:
        abort(404)
    return pack
