"""How far moderators agree, from what was really graded: blind moderation alone, and names only for those who may."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import given, given_audits
from tests.conftest import signed_in
from tests.given_audits import GOOD, WEAK, WORST
from tracker.audits.agreement import queries
from tracker.audits.blind import commands as blind
from tracker.audits.blind.rules import Sampling
from tracker.people.models import Authority, Person
from tracker.people.rules import Role

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")


def test_agreement_counts_blind_moderation_alone(brent: Authority, amina: Person, nadia: Person) -> None:
    for first, second in ((GOOD, GOOD), (GOOD, WEAK), (WORST, GOOD)):
        given_audits.moderate(given_audits.an_audit(first, auditor=amina), second, by=nadia)
    given_audits.an_audit(GOOD, auditor=amina)
    blind.choose_sampling(brent, version=1, sampling=Sampling(0, ends=False), by=amina)
    seen = given_audits.an_audit(WEAK, auditor=amina)
    blind.ask_for_moderation(seen, version=seen.version, because="The family complained", by=amina)
    given_audits.moderate(seen, WEAK, by=nadia)

    (scale,) = queries.on_each_scale(brent, since=None)
    (auditor,) = queries.auditors(brent, since=None)

    assert (scale.cases.pairs, scale.cases.exact, scale.cases.within_one) == (3, 1, 2)
    assert scale.cases.linear is None
    assert scale.grades[0] == "Outstanding"
    assert (auditor.name, auditor.audits, auditor.severity) == ("Amina Yusuf", 3, None)
    assert queries.coverage(brent, since=None) == queries.Coverage(finished=5, moderated=4, blind=3, waiting=1)


def test_the_page_names_auditors_to_those_who_may_compare_them(
    app: Flask, brent: Authority, auditor: FlaskClient, head_of_service: FlaskClient, amina: Person, nadia: Person
) -> None:
    for _ in range(12):
        given_audits.moderate(given_audits.an_audit(WEAK, auditor=amina), GOOD, by=nadia)
    director = signed_in(app, given.a_person(role=Role.DIRECTOR, authority=brent))

    for client in (auditor, director):
        page = client.get("/brent/audits/moderation").text
        assert "0 of 12" in page
        assert "Amina Yusuf" in page
        assert "Stricter than her moderators" in page
        assert "1 of 1 differs from her moderators by more than chance would explain" in page
        assert "Amina Yusuf: +1.00, interval +1.00 to +1.00." in page
    page = head_of_service.get("/brent/audits/moderation?tool=pre-proceedings&year=all").text
    assert "0 of 12" in page
    assert "Stricter" not in page
    assert "differs from her moderators" not in page
