"""The address of an authority leads everybody to a page that is open to her."""

import pytest
from flask import Flask

from tests import given
from tests.conftest import signed_in
from tracker.people import guards
from tracker.people.models import Authority
from tracker.people.rules import Role

BEGIN = {
    Role.LEAD_MEMBER: "/brent/inspections",
    Role.SCRUTINY_READER: "/brent/packs/",
    Role.ADMINISTRATOR: "/brent/people",
    Role.INFORMATION_GOVERNANCE_LEAD: "/brent/fieldwork",
}


@pytest.mark.parametrize("role", BEGIN)
def test_whoever_has_no_work_of_her_own_is_led_to_her_first_page(app: Flask, brent: Authority, role: Role) -> None:
    client = signed_in(app, given.a_person(authority=brent, role=role))

    answer = client.get("/brent/")

    assert (answer.status_code, answer.location) == (302, BEGIN[role])
    assert client.get(answer.location).status_code == 200
    assert client.post("/brent/my-work/1").status_code == 403


def test_where_nothing_at_all_is_open_she_is_told_so(
    app: Flask, brent: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(app, given.a_person(authority=brent, role=Role.ADMINISTRATOR))
    monkeypatch.setattr(guards, "first_open", lambda may: None)

    answer = client.get("/brent/")

    assert answer.status_code == 403
    assert "you may not see work of your own here" in answer.text


def test_a_stranger_learns_nothing_of_an_authority(app: Flask, brent: Authority) -> None:
    given.an_authority(slug="camden", name="Camden")
    client = signed_in(app, given.a_person(authority=brent, role=Role.LEAD_MEMBER))

    assert client.get("/camden/").status_code == 404
