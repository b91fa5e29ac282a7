"""Signing in with the organisation's account, and the link with which an operator lets somebody in without it."""

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.people import door
from tracker.people.guards import open_to_all
from tracker.people.identity import coming, commands, provider, rules
from tracker.people.identity.rules import Told
from tracker.people.limits import limiter
from tracker.people.passwords import commands as passwords
from tracker.people.passwords import queries as links
from tracker.people.passwords.models import LinkFor
from tracker.people.sessions import commands as sessions
from tracker.people.sessions import cookies
from tracker.people.sessions.rules import Way
from tracker.platform import clock, walls
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.web.links import public_addresses

bp = Blueprint("identity", __name__)


@bp.get("/sign-in/provider")
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"])
@open_to_all
def begin() -> ResponseReturnValue:
    """To the provider; with ``again``, so that somebody who is signed in shows once more who she is."""
    _on()
    again = "again" in request.args and current_user.is_authenticated
    coming.begin(request.args.get("next", ""), again=again)
    try:
        return provider.send_there(public_addresses().build("identity.back", {}, force_external=True), again=again)
    except Refused as refused:
        return _to_the_door(refused)


@bp.get("/sign-in/provider/back")
@open_to_all
def back() -> ResponseReturnValue:
    """The provider's answer. Nothing changes yet: it is kept in the cookie for the form that follows."""
    _on()
    try:
        told = provider.who_came_back()
    except Refused as refused:
        return _to_the_door(refused)
    coming.keep(told, tuple(one.group for one in provider.groups().mapping))
    return redirect(url_for(".enter"))


@bp.route("/sign-in/provider/enter", methods=["GET", "POST"])
@open_to_all
def enter() -> ResponseReturnValue:
    """A form that sends itself; without a script it has a button."""
    _on()
    told = coming.who()
    if told is None:
        return _to_the_door("That sign-in was begun too long ago. Try again.")
    if request.method == "GET":
        return render_template("people/identity/enter.html", told=told)
    begun = coming.begun()
    try:
        _confirm(told) if begun.again else _come_in(told)
    except Refused as refused:
        return _to_the_door(refused)
    return door.go_on(begun.target)


@bp.get("/sign-out/done")
@open_to_all
def signed_out() -> ResponseReturnValue:
    """After signing out here: the organisation's account may still be open in the browser."""
    _on()
    door_address = public_addresses().build("people.sign_in", {}, force_external=True)
    return render_template("people/identity/signed_out.html", address=provider.sign_out_address(door_address))


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"], methods=["POST"])
@open_to_all
def by_link(token: str) -> ResponseReturnValue:
    """A link that an operator made; opening it uses nothing up."""
    link = links.link(token, LinkFor.SIGNING_IN, now=clock.now()) or abort(404)
    if request.method == "POST":
        passwords.use(link, at=clock.now())
        door.let_in(link.person, Way.LINK)
        return door.go_on()
    return render_template("people/identity/by_link.html", person=link.person)


def _come_in(told: Told) -> None:
    with walls.everywhere():  # her groups say where she has a role
        person = commands.come_in(
            told,
            issuer=current_app.config["OIDC_ISSUER"],
            groups=provider.groups(),
            join_by_email=current_app.config["OIDC_JOIN_BY_EMAIL"],
            contact=current_app.config["CONTACT"],
            at=clock.now(),
        )
    door.let_in(person, Way.PROVIDER)


def _confirm(told: Told) -> None:
    """Who is signed in has signed in there again: the same person, and just now."""
    here, now = cookies.current(), clock.now()
    person = commands.whose(told, issuer=current_app.config["OIDC_ISSUER"])
    if here is None or person is None or person.id != here.person_id:
        raise Refused("You signed in there as somebody else than here. Sign out here first.")
    if not rules.was_just_now(told, now):
        raise Refused("Your organisation's account did not ask you to sign in again. Sign out here and sign in anew.")
    sessions.confirm(here, at=now)
    flash("Thank you. Go on where you were.", "saved")


def _on() -> None:
    g.pop("over", None)
    if not provider.is_on():
        abort(404)


def _to_the_door(why: Refused | str) -> ResponseReturnValue:
    """A refusal of somebody who is signed in is told at home; of others, at the door. Both ways nothing was changed."""
    db.session.rollback()
    flash(str(why), "refused")
    return redirect(url_for("people.home" if current_user.is_authenticated else "people.sign_in"))
