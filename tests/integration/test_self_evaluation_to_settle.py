"""What a statement and its version say has to be settled before sign-off is what sign-off asks for."""

from flask.testing import FlaskClient

from tests import given, given_evidence, given_self_evaluation
from tracker.evidence.rules import Strength
from tracker.people.models import Authority


def test_only_what_stands_in_the_way_is_said_to_be_settled_before_sign_off(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    item = given.an_item(authority=brent)
    given_evidence.evidence(item=item, title="Survey", shows="Visits were made", strength=Strength.OUTPUT)
    version = given_self_evaluation.a_version()
    given_self_evaluation.a_statement("Visits are made [E-1].", version=version)

    statement = head_of_service.get("/brent/statements/1").text
    whole = head_of_service.get("/brent/self-evaluation/1").text
    for page in (statement, whole):
        assert "1 mark" in page
        assert "to settle before sign-off" not in page

    given_self_evaluation.a_statement("Supervision is strong.", version=version)

    statement = head_of_service.get("/brent/statements/2").text
    whole = head_of_service.get("/brent/self-evaluation/1").text
    for page in (statement, whole):
        assert "1 sentence without evidence" in page
        assert "to settle before sign-off" in page
    assert "2 marks" in whole
