"""What a service area lets a head of service change, and what stays hers wherever it belongs."""

import pytest
from flask import Flask

from tests import given, given_self_evaluation
from tests.conftest import signed_in
from tracker.improvements.mapping import commands as mapping
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import MappedTo
from tracker.people import commands as people
from tracker.people import queries
from tracker.people.models import Authority, Membership, Person, ServiceArea
from tracker.people.rules import Role
from tracker.staff import service_areas

AREAS = ("help_protection", "children_in_care", "care_leavers")


@pytest.fixture
def leaving_care(brent: Authority) -> ServiceArea:
    return service_areas.add(brent, name="Leaving care", area_codes=["care_leavers"], known=AREAS)


@pytest.fixture
def head(brent: Authority, leaving_care: ServiceArea) -> Person:
    person = given.a_person(authority=brent, role=Role.HEAD_OF_SERVICE)
    people.give_role(person, authority=brent, role=Role.HEAD_OF_SERVICE, service_area=leaving_care)
    return person


def item_of(area: str, authority: Authority, by: Person) -> ImprovementItem:
    item = given.an_item(authority=authority)
    mapping.add_by_hand(item, to=MappedTo.AREA, code=area, by=by)
    return item


def membership_of(person: Person, authority: Authority) -> Membership:
    found = queries.membership(person, authority)
    assert found is not None
    return found


@pytest.mark.parametrize("page", ["edit", "appraise", "mapping"])
def test_an_item_of_another_service_area_is_read_and_not_changed(
    app: Flask, brent: Authority, head: Person, page: str
) -> None:
    theirs, hers = (item_of(area, brent, head) for area in ("help_protection", "care_leavers"))
    client = signed_in(app, head)

    refused = client.get(f"/brent/items/{theirs.number}/{page}")

    assert refused.status_code == 403
    assert "outside your service area, Leaving care" in refused.text
    assert client.post(f"/brent/items/{theirs.number}/{page}", data={}).status_code == 403
    assert client.get(f"/brent/items/{hers.number}/{page}").status_code == 200
    shown = client.get(f"/brent/items/{theirs.number}")
    assert shown.status_code == 200
    assert f"/brent/items/{theirs.number}/{page}" not in shown.text
    assert f"/brent/items/{hers.number}/{page}" in client.get(f"/brent/items/{hers.number}").text


def test_what_she_owns_is_hers_wherever_it_belongs(app: Flask, brent: Authority, head: Person) -> None:
    item = item_of("help_protection", brent, head)
    item.owner = head
    client = signed_in(app, head)

    assert client.get(f"/brent/items/{item.number}/edit").status_code == 200


@pytest.mark.both_databases
def test_a_self_grade_and_a_statement_of_another_area_are_not_hers(app: Flask, brent: Authority, head: Person) -> None:
    version = given_self_evaluation.a_version(authority=brent)
    theirs = given_self_evaluation.a_statement(version=version, area_code="help_protection")
    hers = given_self_evaluation.a_statement(version=version, area_code="care_leavers")
    client = signed_in(app, head)

    assert client.get(f"/brent/statements/{theirs.number}/write").status_code == 403
    assert client.post(f"/brent/statements/{theirs.number}/review").status_code == 403
    assert client.get("/brent/self-evaluation/areas/help_protection").status_code == 403
    assert client.get(f"/brent/statements/{hers.number}/write").status_code == 200
    assert client.get("/brent/self-evaluation/areas/care_leavers").status_code == 200


def test_an_administrator_keeps_the_list_and_nobody_is_set_free_by_it(
    app: Flask, brent: Authority, head: Person, leaving_care: ServiceArea
) -> None:
    client = signed_in(app, given.a_person(authority=brent, role=Role.ADMINISTRATOR))
    address = f"/brent/people/service-areas/{leaving_care.id}"

    added = client.post("/brent/people/service-areas", data={"name": "Front door", "areas": ["help_protection"]})
    again = client.post("/brent/people/service-areas", data={"name": "front door", "areas": ["help_protection"]})
    nonsense = client.post("/brent/people/service-areas", data={"name": "Another", "areas": ["nothing"]})
    late = client.post(address, data={"name": "Care", "areas": ["care_leavers"], "version": "99"})
    saved = client.post(
        address, data={"name": "Care", "areas": ["children_in_care", "care_leavers"], "version": leaving_care.version}
    )
    client.post(f"{address}/remove")

    assert (added.status_code, saved.status_code) == (302, 302)
    assert "called front door already" in again.text
    assert "choose from the list" in nonsense.text
    assert "Somebody else changed Leaving care" in late.text
    assert membership_of(head, brent).standing.areas == frozenset({"children_in_care", "care_leavers"})
    shown = client.get("/brent/people/service-areas").text
    assert f"Care is the service area of {head.name}" in shown
    assert "Help and protection" in shown


def test_only_a_head_of_service_has_one(brent: Authority, leaving_care: ServiceArea) -> None:
    person = given.a_person(authority=brent, role=Role.QA_OFFICER)

    with pytest.raises(Exception, match="Only a head of service has a service area"):
        people.give_role(person, authority=brent, role=Role.QA_OFFICER, service_area=leaving_care)
