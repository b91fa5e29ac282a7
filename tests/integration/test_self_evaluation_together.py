"""Several people write one statement: versions and turns; nothing is overwritten in silence."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import given, given_evidence, given_indicators, given_pathways
from tests import given_self_evaluation as given_se
from tests.given_writing import AT, save
from tests.given_writing import amina as amina  # a fixture
from tests.given_writing import statement as statement  # a fixture
from tests.queries_counted import at_most
from tracker.people.models import Authority, Person
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.turns import commands as turns
from tracker.self_evaluation.turns import queries as turns_now
from tracker.self_evaluation.turns.rules import LASTS
from tracker.self_evaluation.wordings import queries as wordings
from tracker.self_evaluation.wordings.rules import How


def told(answer: TestResponse) -> Any:
    """What an answer for a script says."""
    return answer.get_json()


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
