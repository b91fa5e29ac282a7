"""Pages on which profiles are made, changed and looked at page by page."""

import hashlib
import re
from base64 import b64encode
from typing import cast
from uuid import UUID

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reports import html
from reports.contents import PackContents
from tracker.evidence import queries as evidence
from tracker.packs import commands as packs
from tracker.packs import queries
from tracker.packs.models import PackPreview, PackProfile
from tracker.packs.profiles import choosing, commands, previewing
from tracker.packs.profiles.forms import CrestForm, ExampleForm, NewProfileForm, ProfileForm
from tracker.packs.profiles.rules import Profile
from tracker.packs.rules import PACK_NAMES, PackKind
from tracker.packs.views import asked_for
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.platform.errors import Refused

bp = Blueprint("pack_profiles", __name__, url_prefix="/<authority>/packs/profiles")


@bp.get("")
@allowed(Permission.MAKE_PACKS)
def index() -> ResponseReturnValue:
    return _show_index(NewProfileForm())


@bp.post("")
@allowed(Permission.KEEP_PACK_PROFILES)
def create() -> ResponseReturnValue:
    form, made = NewProfileForm(), list[PackProfile]()
    if form.carries_out(lambda: made.append(commands.create(here(), kind=form.kind.data, name=form.name.data))):
        flash(f"The profile “{made[0].name}” prints what packs of the kind always print, until you change it.", "saved")
        return redirect(url_for(".show", profile_id=made[0].id))
    return _show_index(form)


def _show_index(form: NewProfileForm) -> ResponseReturnValue:
    profiles = queries.profiles(here(), put_away=True)
    return render_template("packs/profiles/index.html", form=form, profiles=profiles, names=PACK_NAMES), form.status


@bp.get("/<uuid:profile_id>")
@allowed(Permission.MAKE_PACKS)
def show(profile_id: UUID) -> ResponseReturnValue:
    """With ``?preview=…&page=3`` what was typed for that preview, saved or not, beside it."""
    row = _profile(profile_id)
    wanted = request.args.get("preview", type=UUID)
    preview = queries.preview(here(), wanted) if wanted else None
    form = ProfileForm(row.kind)
    typed = Profile.from_json(preview.settings) if preview else choosing.settings(row)
    form.show(typed, version=row.version)
    return _page(row, form, CrestForm.of(row), preview=preview, unsaved=typed != choosing.settings(row))


@bp.post("/<uuid:profile_id>")
@allowed(Permission.KEEP_PACK_PROFILES)
def change(profile_id: UUID) -> ResponseReturnValue:
    """Three buttons: a section up or down, look at it, and save. The first two keep what was typed and save nothing."""
    row, form = _profile(profile_id), ProfileForm(_profile(profile_id).kind)
    if "move" in request.form:
        form.move(request.form["move"])
        return _page(row, form, CrestForm.untouched(row), unsaved=True)
    saving, previews = request.form.get("do") != "preview", list[PackPreview]()

    def carry_out() -> None:
        if saving:
            commands.change(row, version=form.version.data or 0, profile=form.typed())
        previews.append(previewing.ask(row, form.typed(), at=clock.now()))

    if not form.carries_out(carry_out):
        return _page(row, form, CrestForm.untouched(row), unsaved=True)
    if saving:
        flash(f"The profile “{row.name}” is saved. Packs that are made from now on have it.", "saved")
    return redirect(url_for(".show", profile_id=row.id, preview=previews[0].id))


@bp.post("/<uuid:profile_id>/crest")
@allowed(Permission.KEEP_PACK_PROFILES)
def crest(profile_id: UUID) -> ResponseReturnValue:
    row, form = _profile(profile_id), CrestForm.of(_profile(profile_id))

    def keep() -> None:
        upload = form.file.data
        commands.set_crest(
            row,
            version=form.version.data or 0,
            file=upload.stream,
            file_name=upload.filename or "",
            alt=form.alt.data or "",
            ours=form.ours.data,
        )

    if form.carries_out(keep):
        flash("The crest is kept and stands on the cover from now on.", "saved")
        return redirect(url_for(".show", profile_id=row.id))
    return _page(row, _as_saved(row), form)


@bp.post("/<uuid:profile_id>/crest/remove")
@allowed(Permission.KEEP_PACK_PROFILES)
def remove_crest(profile_id: UUID) -> ResponseReturnValue:
    commands.remove_crest(_profile(profile_id), version=request.form.get("version", 0, type=int))
    return redirect(url_for(".show", profile_id=profile_id))


@bp.get("/<uuid:profile_id>/crest.png")
@allowed(Permission.MAKE_PACKS)
def crest_picture(profile_id: UUID) -> ResponseReturnValue:
    picture = choosing.crest_file(_profile(profile_id)) or abort(404)
    return Response(picture, mimetype="image/png")


@bp.post("/<uuid:profile_id>/put-away")
@allowed(Permission.KEEP_PACK_PROFILES)
def put_away(profile_id: UUID) -> ResponseReturnValue:
    row = _profile(profile_id)
    commands.put_away(row, version=request.form.get("version", 0, type=int), at=clock.now())
    flash(
        f"The profile “{row.name}” is put away and no longer offered. Packs that were made of it say so still.", "saved"
    )
    return redirect(url_for(".index"))


@bp.post("/<uuid:profile_id>/take-back")
@allowed(Permission.KEEP_PACK_PROFILES)
def take_back(profile_id: UUID) -> ResponseReturnValue:
    commands.take_back(_profile(profile_id), version=request.form.get("version", 0, type=int))
    return redirect(url_for(".show", profile_id=profile_id))


@bp.get("/previews/<uuid:preview_id>/<int:number>.png")
@allowed(Permission.MAKE_PACKS)
def picture(preview_id: UUID, number: int) -> ResponseReturnValue:
    """One page as it would be printed."""
    found = queries.picture(_preview(preview_id), number) or abort(404)
    return Response(found, mimetype="image/png", headers={"Cache-Control": "private, max-age=3600"})


@bp.get("/previews/<uuid:preview_id>/words")
@allowed(Permission.MAKE_PACKS)
def words(preview_id: UUID) -> ResponseReturnValue:
    """What the pictures show, as an accessible page: nothing in it runs, and its style is known by its hash."""
    contents = _preview(preview_id).contents or abort(404)
    page = html.page(PackContents.from_json(contents))
    style = cast("re.Match[str]", re.search("<style>(.*?)</style>", page, re.DOTALL))[1]
    g.style_sha256 = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return Response(page, mimetype="text/html")


@bp.post("/<uuid:profile_id>/example")
@allowed(Permission.MAKE_PACKS)
def make_example(profile_id: UUID) -> ResponseReturnValue:
    """The page of one practice example as the profile has it."""
    row, made = _profile(profile_id), list[packs.Asked]()
    form = ExampleForm.of(queries.examples(here()))

    def make() -> None:
        if row.kind is not PackKind.PRACTICE_EXAMPLE:
            raise Refused(f"“{row.name}” is a profile of: {PACK_NAMES[row.kind]}. Make that pack.")
        about = evidence.evidence(here(), form.number.data)
        made.append(packs.ask_unless_kept(here(), kind=row.kind, by=me(), at=clock.now(), about=about, profile=row))

    if form.carries_out(make):
        return asked_for(made[0])
    return _page(row, _as_saved(row), CrestForm.untouched(row), example_form=form)


def _as_saved(row: PackProfile) -> ProfileForm:
    """Beside another form of the page, whatever that one holds."""
    form = ProfileForm(row.kind)
    form.show(choosing.settings(row), version=row.version)
    return form


def _page(
    row: PackProfile,
    form: ProfileForm,
    crest_form: CrestForm,
    *,
    preview: PackPreview | None = None,
    unsaved: bool = False,
    example_form: ExampleForm | None = None,
) -> ResponseReturnValue:
    of_an_example = row.kind is PackKind.PRACTICE_EXAMPLE
    if of_an_example and example_form is None:
        example_form = ExampleForm.of(queries.examples(here()))
    drawn = queries.drawn(preview.contents_sha256) if preview and preview.pages and preview.contents_sha256 else None
    page = render_template(
        "packs/profiles/show.html",
        row=row,
        kind_name=PACK_NAMES[row.kind],
        form=next((one for one in (crest_form, example_form) if one and one.errors), form),
        whole=form,
        crest_form=crest_form,
        of_an_example=of_an_example,
        example_form=example_form,
        unsaved=unsaved,
        preview=preview,
        forgotten="preview" in request.args and preview is None,
        drawn=drawn[0] if drawn else 0,
        number=min(max(request.args.get("page", 1, type=int), 1), drawn[0]) if drawn else 1,
        most=previewing.MOST_DRAWN,
        happened=history.of(row),
    )
    return page, max(one.status for one in (form, crest_form, example_form) if one)


def _profile(profile_id: UUID) -> PackProfile:
    return queries.profile(here(), profile_id) or abort(404)


def _preview(preview_id: UUID) -> PackPreview:
    return queries.preview(here(), preview_id) or abort(404)
