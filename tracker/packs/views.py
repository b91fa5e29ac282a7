import tempfile
from collections.abc import Iterable
from pathlib import Path

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from reports import comparing
from reports.contents import SHORT, PackContents
from tracker.boards import queries as boards
from tracker.evidence import queries as evidence
from tracker.packs import commands, files, queries, telling, verifying
from tracker.packs.forms import AskForm, VerifyForm
from tracker.packs.gathering.hidden_figures import said_though_hidden
from tracker.packs.models import Pack, PackProfile
from tracker.packs.rules import (
    FILE_NAMES,
    FOR_EVERYBODY,
    FOR_WHO_RUNS_A_WEEK,
    OF_ONE_THING,
    PACK_NAMES,
    FileKind,
    PackKind,
)
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history, mail, storage
from tracker.platform.errors import Refused

bp = Blueprint("packs", __name__, url_prefix="/<authority>/packs")


@bp.get("/")
@allowed(Permission.OPEN_PACKS)
def index() -> ResponseReturnValue:
    """``?kind=…`` has that pack chosen already."""
    form = _ask_form()
    form.choose(request.args.get("kind", ""))
    return _show_index(form)


@bp.post("/")
@allowed(Permission.MAKE_PACKS)
def ask() -> ResponseReturnValue:
    form, asked = _ask_form(), list[commands.Asked]()

    def carry_out() -> None:
        kind, profile = form.kind.data or PackKind.SELF_EVALUATION, _profile_of(form)
        asked.append(commands.ask_unless_kept(here(), kind=kind, by=me(), at=clock.now(), profile=profile))

    if form.carries_out(carry_out):
        return asked_for(asked[0])
    return _show_index(form)


def _ask_form() -> AskForm:
    form = AskForm()
    form.offer(queries.profiles(here()))
    return form


def _profile_of(form: AskForm) -> PackProfile | None:
    """Raises Refused for a profile of another kind."""
    profile = queries.profile(here(), form.profile.data) if form.profile.data else None
    if profile is not None and profile.kind is not form.kind.data:
        raise Refused(f"“{profile.name}” is a profile of: {PACK_NAMES[profile.kind]}. Choose that pack, or no profile.")
    return profile


def asked_for(asked: commands.Asked) -> ResponseReturnValue:
    """On to the pack; one that was kept says of which day it is."""
    if asked.kept:
        flash(telling.still_says(asked.pack), "saved")
    return redirect(url_for("packs.show", number=asked.pack.number))


@bp.post("/<int:number>/anew")
@allowed(Permission.MAKE_PACKS)
def anew(number: int) -> ResponseReturnValue:
    """The same kind with the day of today on it, although nothing has changed."""
    return asked_for(commands.Asked(commands.ask_anew(_pack(number), by=me(), at=clock.now()), kept=False))


@bp.post("/board/<int:number>")
@allowed(Permission.MAKE_PACKS)
def ask_board(number: int) -> ResponseReturnValue:
    """The board report of one snapshot."""
    snapshot = boards.snapshot(here(), number) or abort(404)
    return asked_for(commands.ask_unless_kept(here(), kind=PackKind.BOARD, by=me(), at=clock.now(), about=snapshot))


@bp.post("/practice-example/<int:number>")
@allowed(Permission.MAKE_PACKS)
def ask_example(number: int) -> ResponseReturnValue:
    """The one page of a practice example."""
    example = evidence.evidence(here(), number) or abort(404)
    kind = PackKind.PRACTICE_EXAMPLE
    return asked_for(commands.ask_unless_kept(here(), kind=kind, by=me(), at=clock.now(), about=example))


def _show_index(form: AskForm) -> ResponseReturnValue:
    verify_form = VerifyForm(formdata=None)
    packs = queries.packs(here(), kinds=_kinds(), made_only=not _sees_all())
    return render_template("packs/index.html", form=form, verify_form=verify_form, packs=packs), form.status


@bp.route("/verify", methods=["GET", "POST"])
@allowed(Permission.OPEN_PACKS)
def verify() -> ResponseReturnValue:
    """Whether a file is one of ours. It is looked at and not kept."""
    form, found = VerifyForm(), list[verifying.Verified]()
    form.carries_out(lambda: found.append(_verified(form.file.data)))
    return render_template("packs/verify.html", form=form, found=next(iter(found), None)), form.status


def _verified(upload: FileStorage) -> verifying.Verified:
    with tempfile.NamedTemporaryFile() as copy:
        upload.save(copy)
        copy.flush()
        return verifying.verify(Path(copy.name), of=here())


@bp.get("/<int:number>")
@allowed(Permission.OPEN_PACKS)
def show(number: int) -> ResponseReturnValue:
    pack = _pack(number)
    contents = PackContents.from_json(pack.contents)
    names = queries.names_left(pack, contents)
    others = {kind.value: name for kind, name in FILE_NAMES.items() if kind is not FileKind.PDF}
    return render_template(
        "packs/show.html",
        pack=pack,
        kind=PACK_NAMES[pack.kind],
        others=others,
        names=names,
        said_though_hidden=said_though_hidden(contents) if pack.file_sha256 else (),
        history=history.of(pack),
        steps=telling.steps(pack),
        mailed=mail.is_on(),
        profile=(pack.contents.get("look") or {}).get("profile", ""),
        was_never_kept=pack.said_sha256 is None and pack.kind not in OF_ONE_THING,
        can_be_anew=pack.kind not in OF_ONE_THING and pack.asked_at.astimezone(clock.LONDON).date() < clock.today(),
    )


@bp.get("/<int:number>/changes")
@allowed(Permission.OPEN_PACKS)
def changes(number: int) -> ResponseReturnValue:
    """What differs from an earlier pack of the kind: from the last, or from ``?since=12``."""
    pack = _pack(number)
    earlier = queries.earlier(pack)
    wanted = request.args.get("since", type=int) or (earlier[0].number if earlier else None)
    since = next((one for one in earlier if one.number == wanted), None)
    if earlier and since is None:
        abort(404)
    found = telling.changes(since, pack) if since else ()
    return render_template(
        "packs/changes.html",
        pack=pack,
        earlier=earlier,
        since=since,
        sections=found,
        words=comparing.in_words(found),
        annex=pack.kind.value not in SHORT,
    )


@bp.post("/<int:number>/with-changes")
@allowed(Permission.MAKE_PACKS)
def ask_with_changes(number: int) -> ResponseReturnValue:
    """A new pack as at now that prints what changed since this one."""
    made = commands.ask_with_changes(_pack(number), by=me(), at=clock.now())
    return redirect(url_for(".show", number=made.number))


@bp.post("/<int:number>/again")
@allowed(Permission.MAKE_PACKS)
def again(number: int) -> ResponseReturnValue:
    pack = _pack(number)
    commands.ask_again(pack)
    return redirect(url_for(".show", number=number))


@bp.post("/<int:number>/cancel")
@allowed(Permission.MAKE_PACKS)
def cancel(number: int) -> ResponseReturnValue:
    commands.cancel(_pack(number), by=me(), at=clock.now())
    return redirect(url_for(".show", number=number))


@bp.post("/<int:number>/download")
@allowed(Permission.OPEN_PACKS)
def download(number: int) -> ResponseReturnValue:
    """Posted, since every download is written into the history."""
    pack = _pack(number)
    if pack.file_sha256 is None:
        flash(f"{pack.reference} is not made yet. This page says when it is.", "refused")
        return redirect(url_for(".show", number=number))
    pack.kept_ready = False
    history.record(pack, "downloaded")
    answer = _file(pack, FileKind.PDF, storage.pieces(pack.file_sha256), "application/pdf")
    answer.headers["Content-Length"] = str(pack.file_size)
    return answer


@bp.post("/<int:number>/download/<ending>")
@allowed(Permission.OPEN_PACKS)
def download_as(number: int, ending: str) -> ResponseReturnValue:
    """The same contents as another kind of file; they were frozen when the pack was asked for."""
    pack = _pack(number)
    kind = next((one for one in files.WRITERS if one.value == ending), None) or abort(404)
    file = files.written(pack, kind)
    pack.kept_ready = False
    history.record(pack, f"downloaded as a {FILE_NAMES[kind]}")
    return _file(pack, kind, [file.content], file.media_type)


def _file(pack: Pack, kind: FileKind, content: Iterable[bytes], media_type: str) -> Response:
    name = f"{here().slug}-{pack.kind}-{pack.reference}.{kind}"
    disposition = f'attachment; filename="{name}"'
    return Response(content, mimetype=media_type, headers={"Content-Disposition": disposition})


def _pack(number: int) -> Pack:
    pack = queries.pack(here(), number)
    if pack is None or pack.kind not in _kinds() or not (_sees_all() or pack.file_sha256):
        abort(404)
    return pack


def _sees_all() -> bool:
    return bool(g.person.may(Permission.OPEN_EVERY_PACK.name))


def _kinds() -> frozenset[PackKind]:
    """Those that whoever is signed in may open."""
    if not _sees_all():
        return FOR_EVERYBODY
    runs = g.person.may(Permission.RUN_FIELDWORK.name)
    return frozenset(PackKind) - (frozenset() if runs else FOR_WHO_RUNS_A_WEEK)
