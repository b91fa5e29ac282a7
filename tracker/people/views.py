from hmac import compare_digest

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from tracker.people import door, invitations, queries
from tracker.people.codes import waiting
from tracker.people.forms import AcceptForm, SignInForm
from tracker.people.guards import me, open_to_all, signed_in
from tracker.people.limits import limiter
from tracker.people.models import Membership, Person
from tracker.people.passkeys import proving
from tracker.people.sessions import cookies
from tracker.people.sessions.rules import Way
from tracker.platform import clock, history, readiness, walls
from tracker.web.navigation import first_open

bp = Blueprint("people", __name__)


@bp.get("/")
@open_to_all
def front_door() -> ResponseReturnValue:
    return redirect(url_for(".home") if current_user.is_authenticated else url_for(".sign_in"))


@bp.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"], methods=["POST"])
@open_to_all
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if request.method == "POST" and not current_app.config["LOCAL_SIGN_IN"]:
        abort(404)
    found: list[Person] = []
    if form.carries_out(lambda: found.append(door.by_password(form.email.data or "", form.password.data or ""))):
        return _go_in(found[0])
    return render_template("people/sign_in.html", form=form, service=proving.service()), form.status


def _go_in(person: Person) -> ResponseReturnValue:
    """Further to the code, where one is asked; else in."""
    if door.asks_for_code(person):
        waiting.wait_for(person)
        return redirect(url_for("codes.ask", next=request.args.get("next")))
    door.let_in(person, Way.TYPED, must_set_codes_up=door.must_have_codes(person))
    return door.go_on(request.args.get("next"))


@bp.post("/sign-out")
@open_to_all
def sign_out() -> ResponseReturnValue:
    left = cookies.leave()
    by_provider = left is not None and left.way is Way.PROVIDER and current_app.config["OIDC_ISSUER"]
    return redirect(url_for("identity.signed_out" if by_provider else ".sign_in"))


@bp.get("/health")
@open_to_all
def health() -> ResponseReturnValue:
    """Whether the service can serve: it can when the database answers."""
    queries.answer()
    return {"status": "ok"}


health.talisman_view_options = {"force_https": False}  # type: ignore[attr-defined]  # a balancer asks over plain HTTP


@bp.get("/ready")
@open_to_all
def ready() -> ResponseReturnValue:
    """Whether pages can be served and what waits behind them; what is wrong only to this machine or for the token."""
    with walls.everywhere():
        found = readiness.checks()
    answer: dict[str, object] = {"status": readiness.status(found)}
    if _may_see_detail():
        answer["checks"] = [{"name": each.name, "holds": each.holds, "says": each.says} for each in found]
    return answer, 200 if readiness.is_ready(found) else 503


ready.talisman_view_options = {"force_https": False}  # type: ignore[attr-defined]  # as above


def _may_see_detail() -> bool:
    """Whoever asks through a proxy on this machine only seems to be on it."""
    token = current_app.config["READY_TOKEN"]
    said = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and compare_digest(said.encode(), token.encode()):
        return True
    forwarded = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "Via"))
    return request.remote_addr in {"127.0.0.1", "::1"} and not forwarded and not current_app.config["PROXIES"]


@bp.get("/home")
@signed_in
def home() -> ResponseReturnValue:
    """Straight to where a person begins in the one authority she works in, or a choice of hers."""
    memberships = queries.memberships_of(me())
    if len(memberships) == 1 and "choose" not in request.args:
        there = memberships[0]
        return redirect(_beginning(there)) if _beginning(there) else _nothing_open(there)
    places = [(each, _beginning(each)) for each in memberships]
    return render_template("people/choose_authority.html", places=places)


def _beginning(membership: Membership) -> str:
    """The address of the first page that is open to her there; empty where none is."""
    endpoint = first_open(membership.allows)
    return url_for(endpoint, authority=membership.authority.slug) if endpoint else ""


def _nothing_open(membership: Membership) -> ResponseReturnValue:
    return render_template("people/nothing_open.html", place=membership.authority.name)


@bp.route("/invitations/<token>", methods=["GET", "POST"])
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"], methods=["POST"])
@open_to_all
def accept(token: str) -> ResponseReturnValue:
    """Whoever has the link chooses a password, once; every link that does not open is not found, whatever it was."""
    invitation = invitations.opened(token, at=clock.now()) or abort(404)
    membership = invitation.membership
    form = AcceptForm(name=membership.person.name)

    def take_up() -> None:
        name, password = form.name.data or "", form.password.data or ""
        with history.acting(membership.person_id, membership.person.name):
            invitations.accept(invitation, name=name, password=password, at=clock.now())

    if form.carries_out(take_up):
        flash("Your password is saved. Sign in with your e-mail address.", "saved")
        return redirect(url_for(".sign_in"))
    return render_template("people/accept.html", form=form, place=membership.authority.name), form.status
