"""My work tells whoever writes a statement what colleagues said of it, and asks nobody to sign her own words."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from tests import given, given_self_evaluation
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.self_evaluation import commands
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.remarks import commands as remarks
from tracker.self_evaluation.remarks import queries as remark_queries
from tracker.self_evaluation.rules import Question

AT = datetime(2026, 10, 1, 9, tzinfo=UTC)


def named(name: str) -> Person:
    return next(one.person for one in people.colleagues(given.an_authority()) if one.person.name == name)


@pytest.fixture
def colleague(brent: Authority) -> Person:
    return given.a_person(name="Nadia Coyle", authority=brent)


def say(statement: Statement, by: Person) -> None:
    remarks.comment(statement, words="Which teams?", about="", by=by, at=AT)


def test_what_colleagues_say_of_a_statement_waits_for_its_author_until_it_is_settled(
    head_of_service: FlaskClient, director: FlaskClient, colleague: Person
) -> None:
    samira, dana = named("Samira Okafor"), named("Dana Whitfield")
    statement = given_self_evaluation.a_statement(author=samira)
    say(statement, colleague)

    page = head_of_service.get("/brent/").text
    assert ">1 remark on S-1</a>" in page
    assert "From Nadia Coyle. Settle it before sign-off" in page
    assert 'href="/brent/statements/1/remarks"' in page
    assert "remark on S-1" not in director.get("/brent/").text

    say(statement, dana)
    say(statement, samira)
    assert ">2 remarks on S-1</a>" in head_of_service.get("/brent/").text

    for one in remark_queries.of(statement):
        remarks.resolve(one, answer="", by=samira, at=AT)
    assert "on S-1</a>" not in head_of_service.get("/brent/").text


def test_a_statement_without_an_author_is_told_to_the_owner_of_its_item(
    head_of_service: FlaskClient, colleague: Person
) -> None:
    item = given.an_item(owner=named("Samira Okafor"))
    statement = given_self_evaluation.a_statement(author=colleague, item=item)
    statement.author = statement.saved_by = None
    say(statement, colleague)

    assert ">1 remark on S-1</a>" in head_of_service.get("/brent/").text


def test_a_director_is_not_asked_to_sign_a_statement_that_she_wrote_in(
    director: FlaskClient, head_of_service: FlaskClient
) -> None:
    dana, samira = named("Dana Whitfield"), named("Samira Okafor")
    version = given_self_evaluation.a_version()
    hers = given_self_evaluation.a_statement(version=version, author=dana, title="Her own")
    written_in = given_self_evaluation.a_statement(version=version, author=samira, title="Written in")
    others = given_self_evaluation.a_statement(version=version, author=samira, title="Of others")
    for text, by in (("Her words.", dana), ("Words of another.", samira)):
        commands.save_statement(
            written_in, title="Written in", text=text, version=written_in.version, question=Question.KNOW,
            item=None, by=by, at=AT,
        )  # fmt: skip
    for one in (hers, written_in, others):
        commands.send_for_review(one)

    page = director.get("/brent/").text

    assert "Waits for your signature (1)" in page
    assert "S-3 to review" in page
    assert "S-1 to review" not in page
    assert "S-2 to review" not in page
