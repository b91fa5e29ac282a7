"""Every address says who may open it, and what it says is kept."""

from flask import Flask

from tests import access
from tracker.people.permissions import table
from tracker.people.rules import ALLOWED, Permission, Role, may
from tracker.settings import PROJECT

OPEN = {
    "static", "people.front_door", "people.sign_in", "people.sign_out", "people.health", "people.ready", "web.help",
    "web.accessibility", "reminders.stop_digest", "reminders.calendar_file", "passwords.forgotten",
    "passwords.reset", "codes.ask", "codes.ask_recovery",
    "identity.begin", "identity.back", "identity.enter", "identity.signed_out", "identity.by_link", "people.accept",
    "passkeys.begin_sign_in", "passkeys.sign_in",
}  # fmt: skip
SIGNED_IN = {
    "people.home",
    "codes.index",
    "codes.begin",
    "codes.confirm",
    "codes.renew",
    "codes.remove",
    "passkeys.add",
    "passkeys.begin_add",
    "passkeys.begin_confirm",
    "passkeys.confirm",
    "passkeys.index",
    "passkeys.remove",
    "passkeys.rename",
    "passwords.change",
    "sessions.account",
    "sessions.confirm",
    "sessions.end",
    "sessions.end_all",
}
THREE_ROLES = (Role.DIRECTOR, Role.HEAD_OF_SERVICE, Role.QA_OFFICER)


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
    assert all(access.permission_of(app, rule) in Permission for rule, _ in access.inside(app))


def test_the_documentation_prints_the_table_of_permissions() -> None:
    written = (PROJECT / "docs" / "permissions.md").read_text(encoding="utf-8")

    assert written == table(), "Write it again: tracker permissions > docs/permissions.md"


def test_what_three_roles_could_do_before_there_were_others_they_can_do_still() -> None:
    narrow = {Permission.MANAGE_PEOPLE, Permission.OPEN_INSPECTORS_ROOM}
    every = frozenset[Permission]().union(*(ALLOWED[role] for role in THREE_ROLES))

    assert set(Permission) - every == narrow - {Permission.MANAGE_PEOPLE}
    assert all(may(role, Permission.READ) for role in THREE_ROLES)
    assert not any(may(role, Permission.READ) for role in Role if role not in THREE_ROLES)
