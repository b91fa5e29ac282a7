"""What colleagues say of a statement and what it is asked: suggestions, comments, and answers to marks."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests import given, given_evidence
from tests import given_self_evaluation as given_se
from tests.given_writing import AT, save
from tests.given_writing import amina as amina  # a fixture
from tests.given_writing import statement as statement  # a fixture
from tracker.people.models import Authority, Person
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Conflict, NotAllowed
from tracker.self_evaluation import commands, queries
from tracker.self_evaluation.marks import commands as marks
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.remarks import commands as remarks
from tracker.self_evaluation.remarks.models import Remark
from tracker.self_evaluation.remarks.rules import RemarkState
from tracker.self_evaluation.rules import Question
from tracker.self_evaluation.turns import commands as turns
from tracker.self_evaluation.wordings import queries as wordings
from tracker.self_evaluation.wordings.rules import How

# Remarks ----------------------------------------------------------------------------------------------------------


def suggestions(statement: Statement, text: str, by: Person) -> list[Remark]:
    return list(remarks.suggest(statement, opened=statement.text, text=text, words="Clearer", by=by, at=AT))


def test_suggestions_are_settled_one_by_one_in_the_name_of_who_made_them(statement: Statement, amina: Person) -> None:
    helen = given.a_person(name="Helen Marsh")
    first, second = suggestions(statement, "We will meet daily. We will ask every family.", amina)

    with pytest.raises(NotAllowed, match="You suggested this"):
        remarks.accept(first, by=amina, at=AT)
    remarks.accept(first, by=helen, at=AT)
    remarks.reject(second, reason="Some cannot be asked", by=helen, at=AT)

    assert statement.text == "We will meet daily. We will ask families."
    newest = wordings.of(statement)[0]
    assert (newest.how, newest.by, newest.agreed_by) == (How.SUGGESTED, amina, helen)
    assert (second.state, second.settled_because) == (RemarkState.REJECTED, "Some cannot be asked")
    commands.send_for_review(statement)
    with pytest.raises(NotAllowed, match="You wrote S-1"):
        commands.sign_off_statement(statement, by=amina, on=AT.date())
    with pytest.raises(Conflict, match="settled already: rejected"):
        remarks.accept(second, by=helen, at=AT)


def test_a_suggestion_whose_words_changed_says_so_and_overwrites_nothing(
    statement: Statement, amina: Person, director: FlaskClient
) -> None:
    (change,) = suggestions(statement, "We will meet daily. We will ask families.", amina)
    save(statement, "We will meet every Monday. We will ask families.")

    page = director.get("/brent/statements/1/remarks").text
    assert "The words that it would change have changed since" in page
    refused = director.post(f"/brent/statements/1/remarks/{change.id}/accept")

    assert refused.status_code == 422
    assert "have changed since, so nothing was put in" in refused.text
    assert statement.text == "We will meet every Monday. We will ask families."
    assert change.state is RemarkState.OPEN


def test_a_suggestion_is_held_against_the_text_that_its_maker_had_before_her(
    statement: Statement, qa_officer: FlaskClient
) -> None:
    opened = re.search(r'name="opened"[^>]*value="(\d+)"', qa_officer.get("/brent/statements/1/suggest").text)
    assert opened
    save(statement, "We will meet weekly. We asked families.")

    mine = {"text": "We will meet daily. We will ask families.", "words": "", "opened": opened[1]}
    page = qa_officer.post("/brent/statements/1/suggest", data=mine, follow_redirects=True).text

    assert "1 change suggested" in page  # hers alone; not what her colleague changed meanwhile
    assert qa_officer.post("/brent/statements/1/suggest", data=mine | {"opened": ""}).status_code == 422
    assert (
        "Nothing differs"
        in qa_officer.post(
            "/brent/statements/1/suggest",
            data={"text": "We will meet weekly. We will ask families.", "opened": opened[1]},
        ).text
    )


def test_comments_are_resolved_and_hold_up_the_sign_off_until_then(
    statement: Statement, qa_officer: FlaskClient, director: FlaskClient
) -> None:
    url = "/brent/statements/1/remarks"
    wrong = qa_officer.post(url, data={"words": "Since when?", "about": "We met monthly."})
    assert (wrong.status_code, "These words are not in S-1" in wrong.text) == (422, True)
    qa_officer.post(url, data={"words": "Since when? <script>alert(1)</script>", "about": "meet weekly"})
    comment = db.session.scalars(select(Remark)).one()
    page = director.get(url).text
    assert "&lt;script&gt;alert(1)" in page

    commands.send_for_review(statement)
    refused = director.post("/brent/statements/1/sign-off")
    assert "S-1 has 1 remark of colleagues that nobody has settled" in refused.text
    assert director.post(f"{url}/{comment.id}/take-back").status_code == 422
    assert director.post(f"{url}/{comment.id}/resolve", data={"answer": "Since May"}).status_code == 302
    assert director.post("/brent/statements/1/sign-off").status_code == 302

    assert "Since May" in director.get(url).text
    assert director.post(url, data={"words": "More"}).status_code == 302


def test_a_rejection_says_why(statement: Statement, amina: Person, director: FlaskClient) -> None:
    (change,) = suggestions(statement, "We will meet daily. We will ask families.", amina)
    url = f"/brent/statements/1/remarks/{change.id}/reject"

    page = director.post(url, data={"reason": " "})
    assert (page.status_code, "Say why, so that" in page.text) == (422, True)
    director.post(url, data={"reason": "Weekly is enough"})

    assert change.state is RemarkState.REJECTED
    assert "Weekly is enough" in director.get("/brent/statements/1").text


def test_remarks_versions_and_turns_of_another_authority_are_not_found(director: FlaskClient, amina: Person) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    theirs = given_se.a_statement("One.", version=given_se.a_version(authority=barnet))
    (change,) = suggestions(theirs, "Two.", amina)

    for address in ("remarks", "versions", "suggest", "write"):
        assert director.get(f"/brent/statements/1/{address}").status_code == 404
    for address in ("turn", "turn/leave", "versions/1/put-back", f"remarks/{change.id}/accept"):
        assert director.post(f"/brent/statements/1/{address}").status_code == 404


def test_a_statement_is_removed_with_all_that_was_said_of_it(statement: Statement, amina: Person) -> None:
    suggestions(statement, "Other.", amina)
    turns.take(statement, by=amina, at=clock.now())
    db.session.commit()

    commands.remove_statement(statement, reason="Said twice")

    assert db.session.scalars(select(Remark)).all() == []


# Marks ------------------------------------------------------------------------------------------------------------


def test_every_mark_is_listed_and_answered_until_its_words_change(
    brent: Authority, head_of_service: FlaskClient, director: FlaskClient
) -> None:
    given_evidence.evidence(authority=brent)
    version = given_se.a_version(authority=brent)
    statement = given_se.a_statement("Practice is good. Delay fell [E-1].", version=version)
    page = head_of_service.get("/brent/self-evaluation/1/marks").text
    assert "“Practice is good.”" in page
    assert "Delay fell" not in page
    link = re.search(r'href="(/brent/statements/1/marks/\w+)"', page)
    assert link

    empty = head_of_service.post(link[1], data={"words": ""})
    assert (empty.status_code, "Say why the sentence may stay" in empty.text) == (422, True)
    head_of_service.post(link[1], data={"words": "Peers said so, and their letter comes in May."})

    answered = head_of_service.get("/brent/self-evaluation/1/marks?show=answered").text
    assert "Peers said so" in answered
    assert "Samira Okafor" in answered
    commands.send_for_review(statement)
    assert director.post("/brent/statements/1/sign-off").status_code == 302
    save(statement, "Practice is very good. Delay fell [E-1].")
    assert queries.readings(brent, [statement], AT.date())["S-1"].claims == 1
    save(statement, "Practice is good. Delay fell [E-1].")
    assert queries.readings(brent, [statement], AT.date())["S-1"].claims == 0
    head_of_service.post(f"{link[1]}/take-back")
    assert queries.readings(brent, [statement], AT.date())["S-1"].claims == 1


def test_a_mark_that_is_gone_is_not_answered(brent: Authority, head_of_service: FlaskClient) -> None:
    given_se.a_statement("We will meet.", version=given_se.a_version(authority=brent), question=Question.PLANS)

    assert head_of_service.get("/brent/statements/1/marks/0123").status_code == 404
    page = head_of_service.post("/brent/statements/1/marks/0123", data={"words": "So"})
    assert (page.status_code, "no longer has this mark" in page.text) == (422, True)


def test_an_answer_goes_on_into_the_next_version_with_its_statement(brent: Authority, amina: Person) -> None:
    version = given_se.a_version(authority=brent)
    first = given_se.a_statement("Practice is good.", version=version)
    marked = queries.readings(brent, [first], AT.date())["S-1"].marks[0]
    marks.answer(first, marked, words="Peers said so", by=amina, at=AT)
    given_se.all_agreed(version)
    given_se.passed_on(version)
    commands.sign_off_version(version, by=amina, on=AT.date())

    (second,) = commands.roll_forward(brent, title="Winter", on=AT.date(), at=AT).statements

    ((_, answer),) = queries.readings(brent, [second], AT.date())["S-2"].answered
    assert (answer.words, answer.by, answer.answered_at) == ("Peers said so", amina, AT)
