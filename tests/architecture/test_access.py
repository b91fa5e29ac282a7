"""Every address says who may open it, and what it says is kept."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule, UUIDConverter

from tests import given
from tests.conftest import signed_in
from tracker.people.models import Authority
from tracker.people.rules import Permission, Role, may

OPEN = {
    "static", "people.front_door", "people.sign_in", "people.sign_out", "people.health", "web.help",
    "web.accessibility", "reminders.stop_digest", "reminders.calendar_file",
}  # fmt: skip
SIGNED_IN = {"people.home"}


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def inside(app: Flask) -> list[Rule]:
    return [rule for rule in rules(app) if "authority" in rule.arguments]


def access(app: Flask, rule: Rule) -> object:
    """What the guard wrote on the view: a permission, or words."""
    return getattr(app.view_functions[rule.endpoint], "access", None)


def address(rule: Rule, authority: str) -> str:
    """An address that the rule answers to, naming things that do not exist."""
    values: dict[str, Any] = dict.fromkeys(rule.arguments, "1")
    for name, converter in rule._converters.items():
        if isinstance(converter, UUIDConverter):
            values[name] = UUID(int=1)
        elif isinstance(converter, IntegerConverter):
            values[name] = 999_999
    built = rule.build(values | {"authority": authority}, append_unknown=False)
    assert built is not None, rule
    return built[1]


def test_every_view_declares_who_may_open_it(app: Flask) -> None:
    undeclared = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not hasattr(view, "access")
    }

    assert undeclared == set()


def test_only_the_pages_before_sign_in_are_open(app: Flask) -> None:
    is_open = {name for name, view in app.view_functions.items() if getattr(view, "access", "") == "open"}
    signed_in_only = {name for name, view in app.view_functions.items() if getattr(view, "access", "") == "signed in"}

    assert is_open | {"static"} == OPEN
    assert signed_in_only == SIGNED_IN


def test_every_page_about_an_authority_asks_for_a_permission(app: Flask) -> None:
    assert all(isinstance(access(app, rule), Permission) for rule in inside(app))


def test_a_stranger_to_the_authority_is_told_that_nothing_is_there(app: Flask, brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    stranger = signed_in(app, given.a_person(authority=barnet, role=Role.DIRECTOR))

    answers = {
        (rule.endpoint, method): stranger.open(address(rule, "brent"), method=method).status_code
        for rule in inside(app)
        for method in (rule.methods or set()) & {"GET", "POST"}
    }

    assert {place: status for place, status in answers.items() if status != 404} == {}


def test_nobody_reads_a_page_without_signing_in(app: Flask, brent: Authority, client: FlaskClient) -> None:
    for rule in inside(app):
        for method in (rule.methods or set()) & {"GET", "POST"}:
            response = client.open(address(rule, "brent"), method=method)
            assert response.status_code == 302, rule
            assert response.location.startswith("/sign-in?next="), rule


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_permission_is_refused_with_a_sentence(app: Flask, brent: Authority, role: Role) -> None:
    colleague = signed_in(app, given.a_person(authority=brent, role=role))

    for rule in inside(app):
        permission = access(app, rule)
        if isinstance(permission, Permission) and may(role, permission):
            continue
        for method in (rule.methods or set()) & {"GET", "POST"}:
            response = colleague.open(address(rule, "brent"), method=method)
            assert response.status_code == 403, rule
            assert "you may not" in response.text, rule
