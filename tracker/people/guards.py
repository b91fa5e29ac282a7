"""Who may open which page. Every view carries one of these; a guard test compares them with the URL map.

Inside ``/<authority>/`` a person who does not belong there gets "not found", so that nobody learns which
authorities exist; a colleague without the permission gets a sentence.
"""

from collections.abc import Callable, Collection, Iterable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from tracker.people import rules
from tracker.people.models import Authority, Membership, Person
from tracker.people.rules import Permission, Role
from tracker.people.sessions import commands as sessions
from tracker.people.sessions import cookies
from tracker.people.sessions.models import PersonSession
from tracker.platform import clock, history, walls
from tracker.platform.db import CHANGING_METHODS
from tracker.platform.errors import NotAllowed
from tracker.platform.lists import listed
from tracker.platform.networks import network_of
from tracker.web.doors import opens
from tracker.web.navigation import first_open

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[P, R]

WITHOUT_CODES = frozenset((
    "static", "people.sign_in", "people.sign_out", "people.health", "sessions.confirm", "passkeys.sign_in",
    "passkeys.begin_sign_in", "passkeys.confirm", "passkeys.begin_confirm",
))  # fmt: skip
"""What somebody may open who has still to set one-time codes up."""


class Colleague:
    """The person of this request in this authority: what templates call ``g.person``."""

    def __init__(self, membership: Membership, person: Person) -> None:
        self.id = person.id
        self.name = person.name
        self.role = membership.role
        self.role_label = membership.title
        self.standing = membership.standing
        self.partner = membership.partner
        self.service_area = membership.service_area.name if membership.service_area else ""

    def reaches(self, areas: Collection[str]) -> bool:
        """Whether her service area, if she has one, works in one of these judgement areas."""
        return rules.reaches(self.standing, areas)

    def may(self, name: str) -> bool:
        """Whether she has the permission of this name: ``g.person.may("PLAN")``."""
        return rules.may(self.role, Permission[name])


def allowed(permission: Permission) -> Callable[[View[P, R]], View[P, R]]:
    """This view is for people of the authority in its address who have ``permission``."""

    def guard(view: View[P, R]) -> View[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            _require_member()
            if not rules.may(g.person.role, permission):
                raise NotAllowed(
                    f"As {g.person.role_label.lower()} you may not {permission.value}. Ask a colleague who may."
                )
            return view(*args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]  # read by the guard test
        return guarded

    return guard


def leads_on(view: View[P, Any]) -> Callable[P, Any]:
    """Above ``allowed``, of the page that an authority's address opens: to whom it is not open is led to where she
    begins instead, and is refused only where nothing at all is open to her."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
        _require_member()
        first = first_open(g.person.may)
        if first is None or first == request.endpoint:
            return view(*args, **kwargs)
        return redirect(url_for(first))

    return guarded


def left_to_others(endpoints: Iterable[str]) -> str:
    """Who does what the person of this request may not, in a sentence; empty where all of it is open to her."""
    views = [current_app.view_functions[endpoint] for endpoint in set(endpoints) if not opens(endpoint)]
    shut = {getattr(view, "access", None) for view in views}
    done = [f"{_several(permission)} {permission.value}" for permission in Permission if permission in shut]
    return f"What stands here without a link is for colleagues: {'; '.join(done)}." if done else ""


def _several(permission: Permission) -> str:
    """ "heads of service and QA officers"."""
    labels = [rules.SEVERAL_OF[role] for role in Role if rules.may(role, permission)]
    return listed([label if label[1].isupper() else label[0].lower() + label[1:] for label in labels])


def signed_in(view: View[P, R]) -> View[P, R]:
    """This view is for anybody who has signed in."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not current_user.is_authenticated:
            abort(401)
        return view(*args, **kwargs)

    guarded.access = "signed in"  # type: ignore[attr-defined]  # read by the guard test
    return guarded


def recently_confirmed(view: View[P, Any]) -> Callable[P, Any]:
    """Beneath ``allowed`` or ``signed_in``: who has not shown for a while who she is, is asked again first.

    She then comes back to the page that she asked for, or on which the form stands that she sent.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
        if clock.now() - my_session().confirmed_at > current_app.config["CONFIRMED_FOR"]:
            if request.method in CHANGING_METHODS:
                flash("Nothing has been saved or taken away yet: show first that it is you.", "refused")
            return redirect(url_for("sessions.confirm", next=came_from()))
        return view(*args, **kwargs)

    guarded.confirmed = True  # type: ignore[attr-defined]  # read by the guard test
    return guarded


def require_reach(areas: Collection[str], *owners: UUID | None) -> None:
    """Refuse a change of something outside her service area that is not her own either. ``owners``: whose it is."""
    if not g.person.reaches(areas) and g.person.id not in owners:
        raise NotAllowed(
            f"This is outside your service area, {g.person.service_area}. A colleague who answers for it, or a "
            "director, can change it."
        )


def open_to_all(view: View[P, R]) -> View[P, R]:
    """This view needs no sign-in."""
    view.access = "open"  # type: ignore[attr-defined]  # read by the guard test
    return view


def me() -> Person:
    """The person who is signed in; only inside a guarded view."""
    person: Person = current_user.person
    return person


def my_session() -> PersonSession:
    """Where the person is signed in; only inside a guarded view."""
    session: PersonSession = current_user.session
    return session


def here() -> Authority:
    """The authority in the address; only inside a guarded view."""
    authority: Authority = g.authority
    return authority


def init_guards(app: Flask) -> None:
    """Load who is asking and which authority the address names, before every request."""
    login = LoginManager(app)
    login.session_protection = "strong"
    login.user_loader(cookies.load)
    app.register_error_handler(401, lambda error: ask_to_sign_in())

    @app.url_value_preprocessor
    def read_authority(endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.authority = g.person = None
        g.authority_slug = values.pop("authority", None) if values else None

    @app.url_defaults
    def fill_authority(endpoint: str, values: dict[str, Any]) -> None:
        expected = app.url_map.is_endpoint_expecting(endpoint, "authority")
        if expected and "authority" not in values and g.get("authority_slug"):
            values["authority"] = g.authority_slug

    @app.before_request
    def know_who_is_asking() -> None:
        if request.endpoint == "static":
            return
        history.act_as(None, history.NOBODY)
        walls.begin_request()
        history.from_where(network_of(request.remote_addr))
        if current_user.is_authenticated:
            _enter()

    app.before_request(ask_for_codes)


def ask_for_codes() -> ResponseReturnValue | None:
    """Who must have one-time codes does nothing else before they are set up."""
    set_up = (request.endpoint or "").startswith("codes.") or request.endpoint in WITHOUT_CODES
    if set_up or not current_user.is_authenticated or not my_session().must_set_codes_up:
        return None
    flash("Set your one-time codes up first: your authority asks for them.", "refused")
    return redirect(url_for("codes.index"))


def ask_to_sign_in() -> ResponseReturnValue:
    """To the door, saying why, and from there back to the page that was asked for, or that the form stands on.

    Who sent a form when her session was over stays on it: the browser has what she typed, and sends it again.
    """
    if g.get("over") and request.method in CHANGING_METHODS:
        return render_template("people/sessions/over.html", why=g.over, back=came_from()), 401
    flash(g.get("over") or "Sign in to open that page", "refused")
    return redirect(url_for("people.sign_in", next=came_from()))


def came_from() -> str:
    """The page of this request; where a form was posted, the page it stands on."""
    if request.method not in CHANGING_METHODS:
        return request.full_path.rstrip("?")
    parts = urlsplit(request.referrer or "")
    if request.referrer and request.referrer.startswith(request.host_url):
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return url_for("people.home")


def _enter() -> None:
    """Put the person and her authority where pages and the history find them."""
    person = me()
    history.act_as(person.id, person.name)
    if request.method in CHANGING_METHODS:
        sessions.note_saving(my_session(), at=clock.now())
    membership = current_user.membership
    if membership is not None and membership.counts_on(clock.today()):
        walls.keep_within(membership.authority_id)
        g.authority, g.person = membership.authority, Colleague(membership, person)


def _require_member() -> None:
    if not current_user.is_authenticated:
        abort(401)
    if g.authority is None:
        abort(404)
