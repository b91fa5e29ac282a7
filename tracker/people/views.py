from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user, login_user, logout_user

from tracker.people import commands, queries
from tracker.people.forms import SignInForm
from tracker.people.guards import SignedIn, me, open_to_all, signed_in

bp = Blueprint("people", __name__)
limiter = Limiter(get_remote_address, storage_uri="memory://")


@bp.get("/")
@open_to_all
def front_door() -> ResponseReturnValue:
    return redirect(url_for(".home") if current_user.is_authenticated else url_for(".sign_in"))


@bp.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"], methods=["POST"])
@open_to_all
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate_on_submit():
        person = commands.authenticate(email=form.email.data or "", password=form.password.data or "")
        if person is not None:
            login_user(SignedIn(person))
            return redirect(_safe_next() or url_for(".home"))
        form.password.errors = ["The e-mail address or the password is wrong. Check both and try again."]
    return render_template("people/sign_in.html", form=form), (200 if request.method == "GET" else 422)


@bp.post("/sign-out")
@open_to_all
def sign_out() -> ResponseReturnValue:
    logout_user()
    return redirect(url_for(".sign_in"))


@bp.get("/health")
@open_to_all
def health() -> ResponseReturnValue:
    """Whether the service can serve: it can when the database answers."""
    queries.answer()
    return {"status": "ok"}


health.talisman_view_options = {"force_https": False}  # type: ignore[attr-defined]  # a balancer asks over plain HTTP


@bp.get("/home")
@signed_in
def home() -> ResponseReturnValue:
    """Straight to the one authority a person works in, or a choice of hers."""
    authorities = queries.authorities_of(me())
    if len(authorities) == 1:
        return redirect(url_for("overview.my_work", authority=authorities[0].slug))
    return render_template("people/choose_authority.html", authorities=authorities)


def _safe_next() -> str | None:
    """Where the person was going, if that is a page of this site."""
    target = request.args.get("next", "")
    parts = urlsplit(target)
    inside = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return target if inside else None
