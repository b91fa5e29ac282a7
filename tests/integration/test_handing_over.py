"""What is held about a member of staff: found in every table, and nobody else's authority with it."""

import io
import zipfile

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given, given_evidence
from tracker.people import handing_over, naming
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform import history
from tracker.platform.db import Model


def files(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}


def test_every_table_that_can_name_somebody_is_looked_through() -> None:
    cannot = {table.name for table in Model.metadata.tables.values() if not naming.ways(table)}
    refers = {
        table.name
        for table in Model.metadata.tables.values()
        if any(key.column.table.name == "person" for column in table.c for key in column.foreign_keys)
    }

    assert cannot & refers == set()
    assert all("key" in naming.ways(Model.metadata.tables[name]).values() for name in refers)
    assert len(refers) > 20


def test_her_records_are_there_by_key_and_by_name_without_a_secret(session: Session, brent: Authority) -> None:
    priya = given.a_person(
        name="Priya Raman", email="priya@example.org", authority=brent, password="copper kettle lamp"
    )
    action = given.an_action(lead=priya)
    evidence = given_evidence.evidence(authority=brent, shows="Priya Raman led the review")
    with history.acting(priya.id, priya.name):
        action.title = "Meet weekly"
        session.flush()

    found = files(handing_over.export(priya))

    assert {"READ ME FIRST.txt", "person.csv", "membership.csv", "action.csv", "history entry.csv"} <= set(found)
    assert "Meet weekly" in found["action.csv"]
    assert evidence.shows in found["evidence.csv"]
    assert "argon2" not in str(found)
    assert history.of(priya)[0].what == "everything that names Priya Raman taken away as a file"


def test_from_the_page_only_the_authoritys_own_leaves_and_it_is_on_record(
    director: FlaskClient, session: Session, brent: Authority
) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    priya = given.a_person(name="Priya Raman", authority=brent, role=Role.QA_OFFICER)
    given_evidence.evidence(authority=barnet, title="Of Barnet", shows="Priya Raman led the review")
    given_evidence.evidence(authority=brent, title="Of Brent", shows="Priya Raman led the review")

    answer = director.post("/brent/history/about-somebody", data={"who": str(priya.id)})

    found = files(answer.data)
    assert "Of Brent" in found["evidence.csv"]
    assert "Of Barnet" not in str(found)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert history.of(brent)[0].what == "everything that names Priya Raman taken away as a file"
    assert director.post("/brent/history/about-somebody", data={"who": "nobody"}).status_code == 422
