"""Asking for a code when somebody signs in, and setting codes up."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.people import door
from tracker.people.codes import commands, pictures, queries, rules, waiting
from tracker.people.codes.forms import CodeForm, RecoveryForm
from tracker.people.guards import me, my_session, open_to_all, recently_confirmed, signed_in
from tracker.people.limits import limiter
from tracker.people.passkeys import proving
from tracker.people.sessions import commands as sessions
from tracker.people.sessions.rules import Way
from tracker.platform import clock
from tracker.platform.errors import Refused

bp = Blueprint("codes", __name__)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"], methods=["POST"])
@open_to_all
def ask() -> ResponseReturnValue:
    return _ask(CodeForm(), Way.WITH_CODE)


@bp.route("/sign-in/recovery-code", methods=["GET", "POST"])
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"], methods=["POST"])
@open_to_all
def ask_recovery() -> ResponseReturnValue:
    return _ask(RecoveryForm(), Way.WITH_RECOVERY_CODE)


def _ask(form: CodeForm | RecoveryForm, way: Way) -> ResponseReturnValue:
    person = waiting.who()
    if person is None:
        flash("Enter your password first.", "refused")
        return redirect(url_for("people.sign_in", next=request.args.get("next")))
    if form.carries_out(lambda: door.by_code(person, form.code.data or "", way)):
        door.let_in(person, way)
        if way is Way.WITH_RECOVERY_CODE:
            left = queries.recovery_codes_left(person)
            flash(f"You have {left} recovery codes left. Is your phone gone? Set your codes up anew.", "saved")
            return redirect(url_for(".index"))
        return door.go_on(request.args.get("next"))
    return render_template(
        "people/codes/ask.html",
        form=form,
        by_app=way is Way.WITH_CODE,
        service=proving.service() if proving.may_show(person) else None,
    ), form.status


@bp.get("/account/codes")
@signed_in
def index() -> ResponseReturnValue:
    return render_template(
        "people/codes/index.html",
        key=queries.key(me()),
        left=queries.recovery_codes_left(me()),
        must=my_session().must_set_codes_up or _must_have(),
    )


@bp.post("/account/codes/begin")
@signed_in
@recently_confirmed
def begin() -> ResponseReturnValue:
    commands.begin(me())
    return redirect(url_for(".confirm"))


@bp.route("/account/codes/confirm", methods=["GET", "POST"])
@signed_in
def confirm() -> ResponseReturnValue:
    """The new key, until a first code of it was right; then the recovery codes, which are in no other answer."""
    key = queries.key(me())
    if key is None or key.confirmed_at is not None:
        return redirect(url_for(".index"))
    form, codes, now = CodeForm(), list[str](), clock.now()
    if form.carries_out(lambda: codes.extend(commands.confirm(key, form.code.data or "", at=now))):
        my_session().must_set_codes_up = False
        sessions.end_all(me(), at=now, but=my_session())
        return render_template("people/codes/recovery.html", codes=codes, email=me().email, now=now)
    opened = commands.opened(key)
    picture = pictures.of(rules.address(opened, me().email))
    written = rules.in_fours(opened)
    return render_template("people/codes/confirm.html", form=form, picture=picture, key=written), form.status


@bp.post("/account/codes/recovery")
@signed_in
@recently_confirmed
def renew() -> ResponseReturnValue:
    if not queries.has_codes(me()):
        raise Refused("Set one-time codes up first.")
    codes = commands.renew_recovery_codes(me())
    return render_template("people/codes/recovery.html", codes=codes, email=me().email, now=clock.now())


@bp.post("/account/codes/remove")
@signed_in
@recently_confirmed
def remove() -> ResponseReturnValue:
    if _must_have():
        my_session().must_set_codes_up = True
    commands.remove(me())
    flash("One-time codes are removed.", "saved")
    return redirect(url_for(".index"))


def _must_have() -> bool:
    return door.must_have_codes(me())
