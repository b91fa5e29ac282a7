"""No page that is read writes to the database: checked on the statements themselves, for every address."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from tests import given
from tests.access import address, inside, permission_of
from tests.conftest import signed_in
from tracker.people.models import Authority
from tracker.people.rules import Role, may
from tracker.platform.db import db


@contextmanager
def writes() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("role", list(Role)[:3])  # to these every page is open that others read
def test_no_page_that_is_read_writes(app: Flask, brent: Authority, role: Role) -> None:
    given.an_action()
    colleague = signed_in(app, given.a_person(authority=brent, role=role))
    db.session.commit()

    with writes() as seen:
        for rule, method in inside(app):
            if method == "GET" and may(role, permission_of(app, rule)):
                colleague.get(address(rule, "brent"))

    assert seen == []
