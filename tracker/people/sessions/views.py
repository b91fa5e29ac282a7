"""One's own sign-in: the password, and where one is signed in."""

from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.people import door
from tracker.people.codes.rules import SecondStep
from tracker.people.guards import me, my_session, signed_in
from tracker.people.limits import limiter
from tracker.people.passkeys import proving
from tracker.people.sessions import commands, cookies, queries
from tracker.people.sessions.forms import ConfirmForm
from tracker.people.throttling import queries as tries
from tracker.platform import clock

bp = Blueprint("sessions", __name__)


@bp.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    limits, (has_codes, passkeys) = cookies.limits(), queries.besides_password(me())
    return render_template(
        "people/sessions/account.html",
        person=me(),
        here=my_session(),
        sessions=queries.open_sessions(me(), now=clock.now(), longest=limits.longest),
        limits=limits,
        has_codes=has_codes,
        offers_codes=current_app.config["SECOND_STEP"] is not SecondStep.OFF,
        passkeys=passkeys,
        offers_passkeys=proving.may_have(me()),
        tries=tries.attempts_on(me()),
    )


@bp.route("/account/confirm", methods=["GET", "POST"])
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"], methods=["POST"])
@signed_in
def confirm() -> ResponseReturnValue:
    """Asked again who she is, before something that matters."""
    form = ConfirmForm()
    if form.carries_out(lambda: door.confirm(form.password.data or "")):
        flash("Thank you. Go on where you were.", "saved")
        return door.go_on(request.args.get("next"))
    service = proving.service() if proving.may_show(me()) else None
    return render_template("people/sessions/confirm.html", form=form, person=me(), service=service), form.status


@bp.post("/account/sessions/<uuid:session_id>/end")
@signed_in
def end(session_id: UUID) -> ResponseReturnValue:
    ended = queries.open_session(me(), session_id) or abort(404)
    commands.end(ended, at=clock.now())
    flash(f"Signed out of {ended.browser}.", "saved")
    return redirect(url_for(".account"))


@bp.post("/account/sessions/end")
@signed_in
def end_all() -> ResponseReturnValue:
    """Everywhere, this browser with it."""
    commands.end_all(me(), at=clock.now())
    cookies.leave()
    flash("You are signed out everywhere.", "saved")
    return redirect(url_for("people.sign_in"))
