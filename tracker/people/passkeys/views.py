"""Signing in with a passkey, showing with one again who one is, and keeping one's own.

Each takes two steps: what the browser is to be asked, when the button is pressed; then the form with its answer.
"""

from uuid import UUID

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.people import door
from tracker.people.guards import me, my_session, open_to_all, recently_confirmed, signed_in
from tracker.people.limits import limiter
from tracker.people.passkeys import ceremony, challenges, commands, proving, queries
from tracker.people.passkeys.challenges import Asked
from tracker.people.passkeys.forms import AddPasskeyForm, PasskeyForm, PasskeyNameForm
from tracker.people.passkeys.models import Passkey
from tracker.people.passkeys.rules import RelyingParty
from tracker.people.sessions.rules import Way
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Refused

bp = Blueprint("passkeys", __name__)

NOT_MADE = "Your browser made no passkey that can be used here. Try again, or choose another device."


@bp.post("/sign-in/passkey/begin")
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"])
@open_to_all
def begin_sign_in() -> ResponseReturnValue:
    """The same for everybody: whoever has a passkey here, her browser knows it."""
    return _json(ceremony.options_to_show(_service(), [], challenges.ask(Asked.SIGN_IN)))


@bp.post("/sign-in/passkey")
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"])
@open_to_all
def sign_in() -> ResponseReturnValue:
    _service()
    target = request.args.get("next")
    try:
        person = proving.by_passkey(_answer())
    except Refused as refused:
        return _refused(refused, url_for("people.sign_in", next=target))
    door.let_in(person, Way.PASSKEY)
    return door.go_on(target)


@bp.post("/account/confirm/passkey/begin")
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"])
@signed_in
def begin_confirm() -> ResponseReturnValue:
    return _json(ceremony.options_to_show(_service(), queries.of(me()), challenges.ask(Asked.CONFIRM)))


@bp.post("/account/confirm/passkey")
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"])
@signed_in
def confirm() -> ResponseReturnValue:
    _service()
    target = request.args.get("next")
    try:
        proving.confirm(_answer())
    except Refused as refused:
        return _refused(refused, url_for("sessions.confirm", next=target))
    flash("Thank you. Go on where you were.", "saved")
    return door.go_on(target)


@bp.get("/account/passkeys")
@signed_in
def index() -> ResponseReturnValue:
    return render_template(
        "people/passkeys/index.html", passkeys=queries.of(me()), offered=proving.may_have(me()), person=me()
    )


@bp.post("/account/passkeys/add/begin")
@signed_in
@recently_confirmed
def begin_add() -> ResponseReturnValue:
    service = _hers()
    commands.require_room(me(), request.form.get("name", ""))
    return _json(ceremony.options_to_make(service, me(), queries.of(me()), challenges.ask(Asked.MAKE)))


@bp.route("/account/passkeys/add", methods=["GET", "POST"])
@signed_in
@recently_confirmed
def add() -> ResponseReturnValue:
    service, form, added = _hers(), AddPasskeyForm(), list[Passkey]()
    if form.carries_out(lambda: added.append(_added(form, service))):
        flash(f"“{added[0].name}” is saved. From now on you can sign in with it.", "saved")
        return redirect(url_for(".index"))
    return render_template("people/passkeys/add.html", form=form, service=service), form.status


@bp.route("/account/passkeys/<uuid:passkey_id>/rename", methods=["GET", "POST"])
@signed_in
def rename(passkey_id: UUID) -> ResponseReturnValue:
    passkey = queries.one(me(), passkey_id) or abort(404)
    form = PasskeyNameForm(name=passkey.name)
    if form.carries_out(lambda: commands.rename(passkey, name=form.name.data or "")):
        flash(f"The passkey is called “{passkey.name}”.", "saved")
        return redirect(url_for(".index"))
    return render_template("people/passkeys/rename.html", form=form, passkey=passkey), form.status


@bp.post("/account/passkeys/<uuid:passkey_id>/remove")
@signed_in
@recently_confirmed
def remove(passkey_id: UUID) -> ResponseReturnValue:
    passkey = queries.one(me(), passkey_id) or abort(404)
    commands.remove(passkey, at=clock.now(), here=my_session())
    flash(f"“{passkey.name}” is removed here, and you are signed out everywhere else.", "saved")
    return redirect(url_for(".index"))


def _added(form: AddPasskeyForm, service: RelyingParty) -> Passkey:
    name = form.name.data or ""
    commands.require_room(me(), name)
    challenge = challenges.take(Asked.MAKE)
    try:
        made = ceremony.checked_new(form.credential.data or "", service, challenge)
    except ceremony.DoesNotHold as fault:
        raise Refused(NOT_MADE) from fault
    return commands.add(me(), made, name=name, at=clock.now())


def _answer() -> str:
    """What the browser answered. Raises Refused where it sent nothing."""
    form = PasskeyForm()
    if not form.validate_on_submit():
        raise Refused(str(next(iter(form.credential.errors), proving.NOT_TAKEN)))
    return form.credential.data or ""


def _service() -> RelyingParty:
    return proving.service() or abort(404)


def _hers() -> RelyingParty:
    """Where she may have passkeys."""
    return _service() if proving.may_have(me()) else abort(404)


def _json(options: str) -> ResponseReturnValue:
    return Response(options, mimetype="application/json")


def _refused(why: Refused, back: str) -> ResponseReturnValue:
    """What was written before is not kept; the try itself is on record already."""
    db.session.rollback()
    flash(str(why), "refused")
    return redirect(back)
