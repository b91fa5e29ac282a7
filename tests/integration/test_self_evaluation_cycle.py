"""The way of a version: review, signature, lead member, published, the next quarter; and an authority's own words."""

from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from tests import given, given_evidence, given_indicators
from tests import given_self_evaluation as given_se
from tracker.evidence import commands as evidence_commands
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.self_evaluation import commands
from tracker.self_evaluation.glossary import commands as glossary
from tracker.self_evaluation.models import SelfEvaluation
from tracker.self_evaluation.rules import Question, StatementState

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def signed(brent: Authority) -> SelfEvaluation:
    return given_se.a_signed_version(authority=brent, text="We will ask every care leaver.")


def test_a_signed_version_is_noted_then_published_and_stays_what_was_signed(
    signed: SelfEvaluation, head_of_service: FlaskClient
) -> None:
    hash_of_it = signed.frozen_sha256
    assert (
        head_of_service.post(
            "/brent/self-evaluation/1/published", data={"on": "3 October 2026", "where": "Website"}
        ).status_code
        == 422
    )

    empty = head_of_service.post("/brent/self-evaluation/1/noted", data={"on": "", "where": ""})
    assert (empty.status_code, "Enter the day" in empty.text, "Say at which meeting" in empty.text) == (422, True, True)
    early = head_of_service.post("/brent/self-evaluation/1/noted", data={"on": "1 May 2026", "where": "Briefing"})
    assert "before it was signed off on 30 September 2026" in early.text
    noted = {"on": "2 October 2026", "where": "Briefing of the lead member"}
    page = head_of_service.post("/brent/self-evaluation/1/noted", data=noted, follow_redirects=True).text
    assert "Noted by the lead member" in page
    page = head_of_service.post(
        "/brent/self-evaluation/1/published", data={"on": "3 October 2026", "where": "Website"}, follow_redirects=True
    ).text

    assert "Published" in page
    assert "It is still what was signed." in page
    assert hash_of_it in page
    assert (signed.standing, signed.frozen_sha256, commands.holds(signed)) == ("Published", hash_of_it, True)
    assert head_of_service.post("/brent/self-evaluation/1/noted", data=noted).status_code == 422
    again = head_of_service.get("/brent/self-evaluation/1/noted").text
    assert "The lead member noted it on 2 October 2026, Briefing of the lead member." in again
    assert 'name="where"' not in again


def test_a_day_to_come_or_a_draft_is_not_noted(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)

    with pytest.raises(Refused, match="not signed off yet"):
        commands.note_by_lead_member(version, on=date(2026, 9, 2), where="Briefing", today=date(2026, 9, 3))


def test_what_was_altered_behind_the_signature_shows(signed: SelfEvaluation, director: FlaskClient) -> None:
    signed.frozen = {**(signed.frozen or {}), "title": "Another"}
    db.session.flush()

    assert "What is kept is not what was signed" in director.get("/brent/self-evaluation/1").text


def test_only_a_head_of_service_or_the_director_passes_on(brent: Authority, qa_officer: FlaskClient) -> None:
    statement = given_se.a_statement("We will.", version=given_se.a_version(authority=brent), question=Question.PLANS)
    commands.send_version_for_review(statement.self_evaluation)

    assert qa_officer.post("/brent/self-evaluation/1/pass-on").status_code == 403
    assert "It is with a head of service for review." in qa_officer.get("/brent/self-evaluation").text


def test_the_version_waits_on_the_work_of_whoever_has_it(
    brent: Authority, head_of_service: FlaskClient, director: FlaskClient
) -> None:
    version = given_se.a_version(authority=brent)
    given_se.a_statement("We will.", version=version, question=Question.PLANS)
    commands.send_version_for_review(version)
    assert "Self-evaluation version 1 to review" in head_of_service.get("/brent/").text

    given_se.passed_on(version)

    assert "Self-evaluation version 1 to review" not in head_of_service.get("/brent/").text
    assert "Self-evaluation version 1 to sign" in director.get("/brent/").text


def test_the_next_quarter_keeps_what_stands_and_marks_what_has_aged(
    brent: Authority, head_of_service: FlaskClient
) -> None:
    gone = given_evidence.evidence(authority=brent, dated=clock.today())
    given_evidence.evidence(authority=brent, dated=clock.today())
    measure = given_indicators.a_measure(authority=brent, figures=[71])
    version = given_se.a_version(authority=brent)
    for text in ("Delay fell [E-1] [E-2].", "Visits rose [M-1].", "Letters are clear [E-2]."):
        given_se.a_statement(text, version=version)
    given_se.all_agreed(version)
    given_se.passed_on(version)
    commands.sign_off_version(version, by=given.a_person(role=Role.DIRECTOR), on=date(2026, 9, 30))
    evidence_commands.withdraw(gone, version=gone.version, reason="Counted twice", on=date(2026, 10, 1))
    newer = measure.values[-1].period_end
    for statement in version.statements:
        statement.saved_at = datetime(newer.year, newer.month, 1, tzinfo=UTC)

    following = commands.roll_forward(brent, title="Winter", on=date(2026, 10, 2), at=AT)

    assert [each.aged for each in following.statements] == [
        "E-1 was withdrawn", f"M-1 has a newer figure, of {newer:%-d %B %Y}", "",
    ]  # fmt: skip
    assert [each.still_stands for each in following.statements] == [False, False, True]
    page = head_of_service.get("/brent/self-evaluation").text
    assert "Send 1 statement that still stands for review" in page
    assert "E-1 was withdrawn" in page
    head_of_service.post("/brent/self-evaluation/2/still-stand")
    states = [each.state for each in following.statements]
    assert states == [StatementState.DRAFT, StatementState.DRAFT, StatementState.IN_REVIEW]
    assert head_of_service.post("/brent/self-evaluation/2/still-stand").status_code == 409
    aged = following.statements[0]
    commands.save_statement(
        aged, version=aged.version, title=aged.title, text="Delay fell [E-2].", question=aged.question, item=None,
        by=given.a_person(), at=clock.now(),
    )  # fmt: skip
    assert (aged.aged, aged.still_stands) == ("", False)


# Our own words ----------------------------------------------------------------------------------------------------


def test_statements_are_shown_in_the_words_of_the_authority_and_kept_as_written(
    signed: SelfEvaluation, head_of_service: FlaskClient
) -> None:
    url = "/brent/self-evaluation/glossary"
    assert head_of_service.post(url, data={"written": "x", "shown": "X"}).status_code == 422
    assert head_of_service.post(url, data={"written": "Care  Leaver", "shown": "young adult"}).status_code == 302

    page = head_of_service.get("/brent/statements/1").text
    assert "We will ask every young adult." in page
    assert "Shown in our own words." in page
    assert signed.statements[0].text == "We will ask every care leaver."
    assert commands.holds(signed)
    head_of_service.post(url, data={"written": "care leaver", "shown": "<b>"})
    assert "every &lt;b&gt;." in head_of_service.get("/brent/statements/1").text
    address = head_of_service.get(url).text.partition('action="/brent/self-evaluation/glossary/')[2].partition('"')[0]
    head_of_service.post(f"{url}/{address}")
    assert "every care leaver." in head_of_service.get("/brent/statements/1").text


def test_the_words_of_another_authority_change_nothing_here(signed: SelfEvaluation, director: FlaskClient) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    term = glossary.say(barnet, written="care leaver", shown="young adult")

    assert "every care leaver." in director.get("/brent/statements/1").text
    assert director.post(f"/brent/self-evaluation/glossary/{term.id}/forget").status_code == 404
