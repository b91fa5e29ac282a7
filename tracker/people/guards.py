"""Who may open which page. Every view carries one of these; a guard test compares them with the URL map.

Inside ``/<authority>/`` a person who does not belong there gets "not found", so that nobody learns which
authorities exist; a colleague without the permission gets a sentence.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from flask import Flask, abort, g, request
from flask_login import LoginManager, current_user

from tracker.people import queries, rules
from tracker.people.models import Authority, Membership, Person
from tracker.people.rules import Permission
from tracker.platform import history
from tracker.platform.errors import NotAllowed

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[P, R]


class SignedIn:
    """The person of this request, as Flask-Login and the templates see her."""

    is_authenticated = True
    is_anonymous = False

    def __init__(self, person: Person, membership: Membership | None = None) -> None:
        self.person = person
        self.membership = membership
        """In the authority that the address names, if it names one where she works."""
        self.is_active = person.active

    def get_id(self) -> str:
        return str(self.person.id)


class Colleague:
    """The person of this request in this authority: what templates call ``g.person``."""

    def __init__(self, membership: Membership, person: Person) -> None:
        self.id = person.id
        self.name = person.name
        self.role = membership.role
        self.role_label = membership.title

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


def signed_in(view: View[P, R]) -> View[P, R]:
    """This view is for anybody who has signed in."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not current_user.is_authenticated:
            abort(401)
        return view(*args, **kwargs)

    guarded.access = "signed in"  # type: ignore[attr-defined]  # read by the guard test
    return guarded


def open_to_all(view: View[P, R]) -> View[P, R]:
    """This view needs no sign-in."""
    view.access = "open"  # type: ignore[attr-defined]  # read by the guard test
    return view


def me() -> Person:
    """The person who is signed in; only inside a guarded view."""
    person: Person = current_user.person
    return person


def here() -> Authority:
    """The authority in the address; only inside a guarded view."""
    authority: Authority = g.authority
    return authority


def init_guards(app: Flask) -> None:
    """Load who is asking and which authority the address names, before every request."""
    login = LoginManager(app)
    login.login_view = "people.sign_in"
    login.login_message = "Sign in to open that page"
    login.login_message_category = "refused"
    login.session_protection = "strong"

    @login.user_loader  # type: ignore[untyped-decorator]  # Flask-Login ships no types
    def load(person_id: str) -> SignedIn | None:
        person, membership = queries.person_at(UUID(person_id), g.get("authority_slug"))
        return SignedIn(person, membership) if person is not None and person.active else None

    app.register_error_handler(401, lambda error: login.unauthorized())

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
        if current_user.is_authenticated:
            _enter()


def _enter() -> None:
    """Put the person and her authority where pages and the history find them."""
    person = me()
    history.act_as(person.id, person.name)
    membership = current_user.membership
    if membership is not None:
        g.authority, g.person = membership.authority, Colleague(membership, person)


def _require_member() -> None:
    if not current_user.is_authenticated:
        abort(401)
    if g.authority is None:
        abort(404)
