from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.people import queries as people
from tracker.people.guards import me, my_session, open_to_all, signed_in
from tracker.people.limits import limiter
from tracker.people.passwords import commands, queries
from tracker.people.passwords.forms import ChangeForm, ForgottenForm, ResetForm
from tracker.people.passwords.models import LinkFor
from tracker.people.throttling import browsers
from tracker.platform import clock, jobs, mail

bp = Blueprint("passwords", __name__)


@bp.route("/password/forgotten", methods=["GET", "POST"])
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"], methods=["POST"])
@open_to_all
def forgotten() -> ResponseReturnValue:
    """The answer is the same whether anybody has the address or not."""
    _local()
    form = ForgottenForm()
    sent = mail.is_on() and form.carries_out(lambda: _mail(form.email.data or ""))
    on = mail.is_on()
    return render_template("people/passwords/forgotten.html", form=form, sent=sent, mail_is_on=on), form.status


@bp.route("/password/new/<token>", methods=["GET", "POST"])
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"], methods=["POST"])
@open_to_all
def reset(token: str) -> ResponseReturnValue:
    """Opening the page uses nothing up: mail scanners open links too."""
    _local()
    link = queries.link(token, LinkFor.RESET, now=clock.now())
    if link is None:
        return render_template("people/passwords/over.html"), 404
    form = ResetForm()
    if form.carries_out(lambda: commands.reset(link, new=form.new.data or "", at=clock.now())):
        browsers.remember(link.person)
        flash("Your new password is saved. Sign in with it.", "saved")
        return redirect(url_for("people.sign_in"))
    return render_template("people/passwords/reset.html", form=form, email=link.person.email), form.status


@bp.route("/account/password", methods=["GET", "POST"])
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"], methods=["POST"])
@signed_in
def change() -> ResponseReturnValue:
    if not me().password_hash:
        abort(404)
    form = ChangeForm()
    if form.carries_out(
        lambda: commands.change(
            me(), old=form.old.data or "", new=form.new.data or "", here=my_session(), at=clock.now()
        )
    ):
        flash("Your new password is saved. You are signed out everywhere else.", "saved")
        return redirect(url_for("sessions.account"))
    return render_template("people/passwords/change.html", form=form), form.status


def _local() -> None:
    """Where people sign in elsewhere only, a password here would open a second door."""
    if not current_app.config["LOCAL_SIGN_IN"]:
        abort(404)


def _mail(email: str) -> None:
    person = people.person_by_email(email)
    if person is not None and person.active and person.password_hash:
        asked = {"person": str(person.id), "asked_at": clock.now().isoformat()}
        jobs.enqueue("people.mail_link", asked, authority_id=None)
