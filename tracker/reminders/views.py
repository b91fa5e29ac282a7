"""One's own reminders and calendar, when the authority reminds, and the two addresses that need no sign-in."""

import hashlib
from dataclasses import asdict
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from tracker.people.guards import allowed, here, me, open_to_all
from tracker.people.rules import Permission
from tracker.platform import clock, mail, sealing, walls
from tracker.reminders import addresses, calendar, commands, queries
from tracker.reminders.addresses import Addresses
from tracker.reminders.forms import ChoiceForm, NumbersForm
from tracker.reminders.rules import Choice

bp = Blueprint("reminders", __name__)

FRESH_FOR = 15 * 60
"""Seconds for which a calendar may keep what it was given without asking. Our choice."""


@bp.record_once
def take_one_click(state: BlueprintSetupState) -> None:
    """A mail program that stops a digest for its reader has no form token of ours: the signed address speaks for it."""
    state.app.extensions["csrf"].exempt(f"{__name__}.stop_digest")


@bp.get("/<authority>/reminders")
@allowed(Permission.SEE_OWN_WORK)
def index() -> ResponseReturnValue:
    return _index(_choice_form())


@bp.post("/<authority>/reminders")
@allowed(Permission.SEE_OWN_WORK)
def choose() -> ResponseReturnValue:
    form = _choice_form()
    if form.carries_out(
        lambda: commands.choose(here(), me(), choice=form.choice(clock.today()), version=form.version.data or 0)
    ):
        flash("Your choice is saved.", "saved")
        return redirect(url_for(".index"))
    return _index(form)


def _choice_form() -> ChoiceForm:
    row = queries.own_choice(here(), me())
    form = ChoiceForm(
        request.form if request.endpoint == "reminders.choose" else None,
        version=row.version if row else 0,
        **asdict(row.choice if row else Choice()),
    )
    form.offer(queries.numbers(here()))
    return form


def _index(form: ChoiceForm, *, calendar_url: str = "") -> ResponseReturnValue:
    """``calendar_url`` is shown this once: only its hash is kept."""
    return render_template(
        "reminders/index.html",
        form=form,
        numbers=queries.numbers(here()),
        address=queries.calendar_address(here(), me()),
        calendar_url=calendar_url,
        letters=queries.letters_to(here(), me()),
        mail_is_on=mail.is_on(),
        email=me().email,
    ), form.status


@bp.post("/<authority>/reminders/calendar")
@allowed(Permission.SEE_OWN_WORK)
def new_calendar_address() -> ResponseReturnValue:
    """Answered with the page itself: the address is in no other place, such as a cookie."""
    token = commands.new_calendar_address(here(), me(), at=clock.now())
    return _index(_choice_form(), calendar_url=Addresses(here()).calendar(token))


@bp.post("/<authority>/reminders/calendar/revoke")
@allowed(Permission.SEE_OWN_WORK)
def revoke_calendar_address() -> ResponseReturnValue:
    commands.revoke_calendar_address(here(), me(), at=clock.now())
    flash("Your calendar address works no more.", "saved")
    return redirect(url_for(".index"))


@bp.get("/<authority>/reminders/mails/<uuid:letter_id>")
@allowed(Permission.SEE_OWN_WORK)
def letter(letter_id: UUID) -> ResponseReturnValue:
    found = queries.letter_to(here(), me(), letter_id) or abort(404)
    return render_template("reminders/mail.html", letter=found)


@bp.route("/<authority>/reminders/times", methods=["GET", "POST"])
@allowed(Permission.SET_REMINDERS)
def times() -> ResponseReturnValue:
    row = queries.chosen_numbers(here())
    form = NumbersForm.showing(queries.numbers(here()), version=row.version if row else 0)
    if form.carries_out(lambda: commands.set_numbers(here(), numbers=form.numbers(), version=form.version.data or 0)):
        flash("Saved. It counts from the next mail on.", "saved")
        return redirect(url_for(".index"))
    return render_template("reminders/times.html", form=form), form.status


@bp.route("/unsubscribe/<token>", methods=["GET", "POST"])
@open_to_all
def stop_digest(token: str) -> ResponseReturnValue:
    """Opening the page changes nothing: only its button does, or the mail program's own."""
    named = addresses.whose_digest(token) or abort(404)
    reader = queries.works_in(*named) or abort(404)
    if request.method == "POST":
        with walls.inside(reader.authority_id):
            commands.stop_digest(reader.authority, reader.person, on=clock.today())
    stopped = request.method == "POST"
    return render_template("reminders/stop_digest.html", place=reader.authority, stopped=stopped)


@bp.get("/calendar/<token>.ics")
@open_to_all
def calendar_file(token: str) -> ResponseReturnValue:
    """Whoever knows the address may read it; what is revoked, or never was, is not found."""
    with walls.everywhere():  # the address alone says whose it is
        address = queries.address_of(sealing.hashed(token)) or abort(404)
    with walls.inside(address.authority_id):
        entries = queries.calendar_of(address, clock.today())
    if entries is None:
        abort(404)
    content = calendar.written(address.authority, address.person, entries)
    response = Response(content, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'inline; filename="tracker.ics"'
    response.cache_control.private, response.cache_control.max_age = True, FRESH_FOR
    response.set_etag(hashlib.sha256(content).hexdigest())
    return response.make_conditional(request)
