"""Several people write one statement: turns, versions, comments and suggestions; nothing is overwritten in silence."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests import given, given_evidence, given_indicators, given_pathways
from tests import given_self_evaluation as given_se
from tests.queries_counted import at_most
from tracker.people.models import Authority, Person
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Conflict, NotAllowed, Refused
from tracker.self_evaluation import commands, queries
from tracker.self_evaluation.marks import commands as marks
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.remarks import commands as remarks
from tracker.self_evaluation.remarks.models import Remark
from tracker.self_evaluation.remarks.rules import RemarkState
from tracker.self_evaluation.rules import Question
from tracker.self_evaluation.turns import commands as turns
from tracker.self_evaluation.turns import queries as turns_now
from tracker.self_evaluation.turns.rules import LASTS
from tracker.self_evaluation.wordings import queries as wordings
from tracker.self_evaluation.wordings.rules import How

AT = datetime(2026, 9, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def statement(brent: Authority) -> Statement:
    version = given_se.a_version(authority=brent)
    return given_se.a_statement("We will meet weekly. We will ask families.", version=version, question=Question.PLANS)


@pytest.fixture
def amina(brent: Authority) -> Person:
    return given.a_person(name="Amina Yusuf", authority=brent)


def told(answer: TestResponse) -> Any:
    """What an answer for a script says."""
    return answer.get_json()


def save(statement: Statement, text: str, **changes: Any) -> None:
    values: dict[str, Any] = {
        "version": statement.version,
        "title": statement.title,
        "text": text,
        "question": statement.question,
        "item": None,
        "by": statement.author,
        "at": AT,
    }
    commands.save_statement(statement, **(values | changes))


def versions(statement: Statement) -> list[tuple[str, How]]:
    return [(each.text, each.how) for each in reversed(wordings.of(statement))]


# Versions ---------------------------------------------------------------------------------------------------------


def test_what_a_page_saves_by_itself_is_one_version_until_its_button_is_pressed(statement: Statement) -> None:
    for minute, text in enumerate(["We", "We will", "We will meet."]):
        save(statement, text, at=AT + timedelta(minutes=minute), how=How.BY_ITSELF, window=f"k:{minute}")
    save(statement, "We will meet.", at=AT + timedelta(minutes=3))
    save(statement, "We will meet daily.", at=AT + timedelta(minutes=4), how=How.BY_ITSELF)
    save(statement, "We will meet daily at nine.", at=AT + timedelta(minutes=20), how=How.BY_ITSELF)

    assert versions(statement) == [
        ("We will meet weekly. We will ask families.", How.WRITTEN),
        ("We will meet.", How.WRITTEN),
        ("We will meet daily.", How.BY_ITSELF),
        ("We will meet daily at nine.", How.BY_ITSELF),
    ]


def test_a_page_never_stands_in_its_own_way_but_another_one_does(statement: Statement) -> None:
    opened = statement.version
    save(statement, "One.", version=opened, window="mine:1")
    save(statement, "Two.", version=opened, window="mine:2")  # the answer to the first save was lost

    with pytest.raises(Conflict):
        save(statement, "Three.", version=opened, window="another:1")
    assert statement.text == "Two."


def test_an_earlier_version_is_put_back_as_a_new_one(statement: Statement, head_of_service: FlaskClient) -> None:
    save(statement, "We will meet daily.")

    page = head_of_service.get("/brent/statements/1/versions").text
    assert "We will meet <del>weekly.</del>" in page
    assert "We will meet <ins>daily.</ins>" in page
    opened = re.search(r'name="version" value="(\d+)"', page)
    assert opened
    head_of_service.post("/brent/statements/1/versions/1/put-back", data={"version": opened[1]})

    assert statement.text == "We will meet weekly. We will ask families."
    assert [how for _, how in versions(statement)] == [How.WRITTEN, How.WRITTEN, How.PUT_BACK]
    again = head_of_service.post(
        "/brent/statements/1/versions/2/put-back", data={"version": opened[1]}, follow_redirects=True
    )
    assert "saved by somebody else, or in another window, while you were writing" in again.text
    assert head_of_service.post("/brent/statements/1/versions/9/put-back").status_code == 404


# Turns ------------------------------------------------------------------------------------------------------------


def test_one_writes_at_a_time_and_a_turn_runs_out(statement: Statement, amina: Person) -> None:
    author = statement.author
    assert author
    turns.take(statement, by=author, at=AT)

    with pytest.raises(Refused, match=r"Samira Okafor has been writing in S-1 since 11:00\. .* from 11:10 on"):
        turns.take(statement, by=amina, at=AT + timedelta(minutes=9))
    with pytest.raises(Refused, match="Samira Okafor has been writing"):
        save(statement, "Mine.", by=amina, at=AT + timedelta(minutes=9))

    turns.take(statement, by=amina, at=AT + LASTS)
    with pytest.raises(Refused, match="Amina Yusuf has been writing"):
        save(statement, "Mine.", at=AT + LASTS)
    turns.leave(statement, by=author)  # a page that is closed late takes nobody else's turn
    assert turns_now.of_another(statement, author, AT + LASTS) is not None
    turns.leave(statement, by=amina)
    save(statement, "Mine.", at=AT + LASTS)


def test_who_writes_is_told_and_her_colleague_suggests_instead(
    statement: Statement, head_of_service: FlaskClient, qa_officer: FlaskClient, brent: Authority
) -> None:
    assert head_of_service.post("/brent/statements/1/turn").location.endswith("/brent/statements/1/write")

    assert "Samira Okafor is writing" in qa_officer.get("/brent/self-evaluation").text
    assert qa_officer.post("/brent/statements/1/turn", data={"then": "autosave"}).status_code == 409
    held = qa_officer.post("/brent/statements/1/turn", follow_redirects=True).text
    assert "Samira Okafor has been writing in S-1" in held
    words = {"title": "Plans", "question": "plans", "text": "We will meet daily. We will ask families."}
    page = qa_officer.get("/brent/statements/1/write").text
    opened = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert "Send as suggestions instead" in page
    assert opened
    refused = qa_officer.post("/brent/statements/1/write", data=words | {"version": opened[1]})
    assert refused.status_code == 422
    assert "We will meet daily." in refused.text

    sent = qa_officer.post("/brent/statements/1/write", data=words | {"then": "suggest"}, follow_redirects=True)

    assert "1 suggested. Nothing in S-1 changed." in sent.text
    assert statement.text == "We will meet weekly. We will ask families."
    head_of_service.post("/brent/statements/1/turn/leave")
    assert "is writing" not in qa_officer.get("/brent/self-evaluation").text


# A page that saves itself -----------------------------------------------------------------------------------------


def test_a_statement_too_long_to_be_read_is_refused_by_its_name(
    statement: Statement, head_of_service: FlaskClient
) -> None:
    words = {"title": "Plans", "question": "plans", "version": statement.version, "text": "A" * 3_000_000}

    refused = head_of_service.post("/brent/statements/1/write", data=words)
    of_none_yet = head_of_service.post("/brent/statements/new?area=leadership", data=words)

    assert (refused.status_code, of_none_yet.status_code) == (413, 413)
    assert "S-1 is too long to be saved" in refused.text
    assert "What you wrote is too long to be saved" in of_none_yet.text


def test_the_page_saves_itself_and_says_what_it_could_not_save(
    statement: Statement, head_of_service: FlaskClient
) -> None:
    words = {"title": "Plans", "question": "plans", "then": "autosave", "version": statement.version}
    url = "/brent/statements/1/write"

    saved = head_of_service.post(url, data=words | {"text": "We will meet daily.", "window": "k:1"})
    assert saved.status_code == 200
    assert told(saved)["fields"] == {"version": statement.version}
    assert statement.text == "We will meet daily."

    long = head_of_service.post(url, data=words | {"text": "A" * 100_000, "window": "k:2"})
    assert (long.status_code, told(long)["refused"]) == (
        422, "S-1 has 100,000 characters; a statement may have 20,000. Make at least 5 statements of it."
    )  # fmt: skip
    other = head_of_service.post(url, data=words | {"text": "Other.", "window": "else:1"})
    assert (other.status_code, told(other)["conflict"]) == (409, True)
    assert statement.text == "We will meet daily."


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


# Finding ----------------------------------------------------------------------------------------------------------


def test_what_can_be_cited_is_found_by_letters_and_by_reference(brent: Authority, head_of_service: FlaskClient) -> None:
    given.an_inspection(authority=brent, paragraphs={8: ("help_protection", "Supervision is not robust.")})
    given_evidence.evidence(authority=brent, title="Supervision of 12 managers")
    given_indicators.a_measure(authority=brent, name="Supervision in time", figures=[71])
    given_pathways.a_pathway(authority=brent, name="Into care")
    given_evidence.evidence(authority=given.an_authority(slug="barnet", name="Barnet"), title="Supervision elsewhere")
    given_se.a_version(authority=brent)
    db.session.commit()

    def found(typed: str) -> list[str]:
        answer = head_of_service.get("/brent/statements/to-cite", query_string={"q": typed})
        return [each["reference"] for each in told(answer)]

    assert set(found("superv")) == {"E-1", "M-1"}
    assert found("not robust") == ["R-1:8"]
    assert found("m-") == ["M-1"]
    assert found("into care") == found("w-1") == ["W-1"]
    assert found("R-1:8") == ["R-1:8"]
    assert found("%") == found("") == found("nothing says this") == []
    with at_most(16):
        found("superv")

    page = head_of_service.post(
        "/brent/statements/new?area=leadership", data={"then": "find", "find": "superv", "text": "Half a sen"}
    ).text
    assert "[E-1]" in page
    assert "Half a sen" in page


def test_pasted_markup_comes_back_as_markdown(brent: Authority, head_of_service: FlaskClient) -> None:
    answer = head_of_service.post(
        "/brent/statements/pasted", data={"html": "<p class=MsoNormal>Visits are <b>late</b>.<img src=https://x/y></p>"}
    )

    assert answer.json == {"text": "Visits are **late**."}
