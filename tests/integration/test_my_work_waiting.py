"""What waits for each on My work: a head of service, a QA officer, a director, and who sees to a deadline."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests import given, given_actions, given_audits, given_evidence
from tests.given_actions import named, samira
from tests.given_audits import GOOD, WEAK
from tests.given_deadlines import a_line, a_received_inspection
from tests.queries_counted import at_most
from tracker.audits import commands as audits
from tracker.deadlines import commands as deadlines
from tracker.evidence.rules import Kind
from tracker.frameworks.queries import library
from tracker.people.models import Person
from tracker.platform import clock
from tracker.self_evaluation.models import AreaView, SelfEvaluation, Statement
from tracker.self_evaluation.rules import Question, StatementState, VersionState

TODAY = clock.today()


def a_self_evaluation(*, state: VersionState = VersionState.DRAFT) -> SelfEvaluation:
    areas = library().framework("ilacs-2026").graded_areas
    return given.stored(
        SelfEvaluation(
            authority=given.an_authority(),
            edition=6,
            title="Autumn 2026",
            framework_id="ilacs-2026",
            started_on=TODAY,
            state=state,
            views=[AreaView(position=place, area_code=area.code) for place, area in enumerate(areas)],
        )
    )


def a_statement(
    version: SelfEvaluation, text: str, *, author: Person, state: StatementState = StatementState.DRAFT, **links: object
) -> Statement:
    return given.stored(
        Statement(
            authority=version.authority,
            self_evaluation=version,
            area_code="help_protection",
            question=Question.KNOW,
            position=len(text),
            title="Oversight of pre-proceedings",
            text=text,
            author=author,
            state=state,
            saved_at=clock.now(),
            **links,
        )
    )


def test_what_waits_for_a_head_of_service_is_named_with_its_reason(head_of_service: FlaskClient) -> None:
    item = given.an_item(owner=samira(), raised_on=TODAY - timedelta(days=150))
    given_actions.an_action_awaiting_sign_off(item=item, lead=given.a_person(name="Priya Raman"))
    given_audits.a_finding(item=item, on=TODAY)
    given_evidence.evidence(
        item=item, owner=samira(), kind=Kind.DATA, dated=TODAY - timedelta(days=85), title="PLO tracker"
    )
    a_statement(a_self_evaluation(), "Early help is timely.", author=samira())

    page = head_of_service.get("/brent/").text

    assert "A-1 to sign off" in page
    assert "Delivered by Priya Raman" in page
    assert "F-1 needs an action" in page
    assert "E-1 is going stale" in page
    assert "S-1 makes 1 claim without evidence" in page


def test_a_statement_that_audits_contradict_waits_for_its_author(head_of_service: FlaskClient) -> None:
    item = given.an_item(owner=samira(), raised_on=TODAY - timedelta(days=150))
    given_audits.a_confirmed_theme(item, "HP11")
    for _ in range(3):
        given_audits.an_audit(WEAK, theme_code="HP11", on=TODAY - timedelta(days=1), moderated=WEAK)
    a_statement(a_self_evaluation(), "Oversight is now consistently good.", author=samira(), item=item)

    assert "S-1 contradicts audits" in head_of_service.get("/brent/").text


def test_my_items_say_how_many_gaps_each_has(head_of_service: FlaskClient) -> None:
    given.an_item(owner=samira(), title="Care proceedings")

    page = head_of_service.get("/brent/").text

    assert "Care proceedings" in page
    assert "5 gaps" in page


def test_a_qa_officer_sees_audits_to_finish_and_moderate_findings_and_re_audits_first(
    qa_officer: FlaskClient,
) -> None:
    amina = named("Amina Yusuf")
    given_audits.a_draft(auditor=amina, case_reference="BR-1001", on=TODAY)
    given_audits.an_audit(case_reference="BR-1002", on=TODAY)
    done = given_audits.an_audit(on=TODAY, moderated=GOOD)
    given_audits.a_finding(done, on=TODAY)
    done.reaudit_due_on = TODAY
    given_audits.an_audit(auditor=amina, case_reference="BR-1003", on=TODAY)

    page = qa_officer.get("/brent/").text

    assert "Audits to finish (1)" in page
    assert "BR-1001" in page
    assert "Audits to moderate (1)" in page
    assert "BR-1003" not in page  # nobody moderates her own
    assert "Open findings (1)" in page
    assert "Re-audits due (1)" in page
    assert page.index("Audits to finish") < page.index("Your actions")


def test_what_a_colleague_moderates_already_does_not_wait_for_a_qa_officer(qa_officer: FlaskClient) -> None:
    nadia, ines = given_audits.a_qa_officer("Nadia Coyle"), given_audits.a_qa_officer("Ines Duarte")
    taken = given_audits.an_audit(auditor=nadia, case_reference="BR-1001", on=TODAY)
    given_audits.an_audit(auditor=nadia, case_reference="BR-1002", on=TODAY)
    audits.begin_moderation(taken, version=taken.version, by=ines)

    page = qa_officer.get("/brent/").text

    assert "Audits to moderate (1)" in page
    assert "BR-1002" in page
    assert "BR-1001" not in page


def test_long_lists_of_a_qa_officer_lead_on_to_the_rest(qa_officer: FlaskClient) -> None:
    nadia = given_audits.a_qa_officer("Nadia Coyle")
    for _ in range(21):
        given_audits.an_audit(auditor=nadia, on=TODAY)
    read = given_audits.an_audit(auditor=nadia, on=TODAY, moderated=GOOD)
    for _ in range(21):
        given_audits.a_finding(read, on=TODAY)

    page = qa_officer.get("/brent/").text

    assert 'href="/brent/audits?show=moderate">All 21</a>' in page
    assert 'href="/brent/findings">All 21</a>' in page
    assert 'href="/brent/audits/start">Start one</a>' in page


def test_a_director_sees_signatures_lateness_and_the_self_evaluation_first(director: FlaskClient) -> None:
    version = a_self_evaluation(state=VersionState.WITH_DIRECTOR)
    a_statement(version, "Letters are clear. [E-1]", author=given.a_person(), state=StatementState.IN_REVIEW)
    given_actions.an_action_awaiting_sign_off(lead=given.a_person(name="Priya Raman"))
    given.an_action(lead=given.a_person(name="Marcus Adeyemi"), due_on=TODAY - timedelta(days=5))

    page = director.get("/brent/").text

    assert "Waits for your signature (3)" in page
    assert "Self-evaluation version 6 to sign" in page
    assert "S-1 to review" in page
    assert "A-1 to sign off" in page
    assert "Marcus Adeyemi" in page
    assert "5 days late" in page
    assert "No grade" in page


def test_a_directors_own_delivery_does_not_wait_for_her_own_signature(director: FlaskClient) -> None:
    given_actions.an_action_awaiting_sign_off(lead=named("Dana Whitfield"))

    assert "Nothing waits for your signature" in director.get("/brent/").text


@pytest.mark.parametrize("number", [1, 15])
def test_my_work_asks_no_more_questions_as_work_grows(head_of_service: FlaskClient, number: int) -> None:
    version = a_self_evaluation()
    for place in range(number):
        item = given.an_item(owner=samira(), raised_on=TODAY - timedelta(days=100))
        action = given.an_action(item=item, lead=samira())
        given_actions.an_update(action)
        given_actions.a_delivered_action(item=item, lead=samira())
        given_actions.an_action_awaiting_sign_off(item=item)
        given_evidence.evidence(item=item, owner=samira())
        a_statement(version, "Early help is timely." + "!" * place, author=samira(), item=item)

    with at_most(8):
        head_of_service.get("/brent/")


def test_whoever_sees_to_a_statutory_deadline_finds_it_on_my_work(
    director: FlaskClient, head_of_service: FlaskClient, qa_officer: FlaskClient
) -> None:
    inspection = a_received_inspection(received_on=TODAY)
    deadlines.give_to(a_line(inspection, today=TODAY), to=samira(), version=0)

    hers, the_directors = head_of_service.get("/brent/").text, director.get("/brent/").text

    assert "Statutory clock" in hers
    assert "Publish the report" in hers
    assert "Publish the report" not in the_directors
    assert "Send the written statement" in the_directors
    assert "Statutory clock" not in qa_officer.get("/brent/").text


@pytest.mark.parametrize("number", [1, 15])
def test_a_directors_work_asks_no_more_questions_as_it_grows(director: FlaskClient, number: int) -> None:
    version = a_self_evaluation(state=VersionState.IN_REVIEW)
    for place in range(number):
        item = given.an_item(owner=named("Dana Whitfield"), raised_on=TODAY - timedelta(days=100))
        given_actions.an_update(given.an_action(item=item, due_on=TODAY - timedelta(days=9)))
        given_actions.an_action_awaiting_sign_off(item=item)
        a_statement(version, "Early help is timely." + "!" * place, author=named("Dana Whitfield"), item=item)
        given_audits.graded(given_audits.a_draft(case_reference=f"BR-{4471 + place}"), "plan", given_audits.WORST)

    with at_most(8):
        director.get("/brent/")
