"""My work: each one's real work on one page, updated without leaving it."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given, given_actions, given_audits, given_evidence
from tests.conftest import signed_in
from tests.given_audits import GOOD, WEAK
from tests.given_deadlines import a_line, a_received_inspection
from tests.queries_counted import at_most
from tracker.actions import queries, rules
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.audits import commands as audits
from tracker.deadlines import commands as deadlines
from tracker.evidence.rules import Kind, Strength
from tracker.frameworks.queries import library
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.platform import clock
from tracker.self_evaluation.models import AreaView, SelfEvaluation, Statement
from tracker.self_evaluation.rules import Question, StatementState, VersionState

TODAY = clock.today()
UNTIL = rules.end_of_period(TODAY)


def named(name: str) -> Person:
    return next(each.person for each in people.colleagues(given.an_authority()) if each.person.name == name)


def samira() -> Person:
    """Who is signed in as ``head_of_service``."""
    return named("Samira Okafor")


def an_update(action: Action, **changes: object) -> dict[str, object]:
    """What the form on My work posts."""
    return {
        "version": action.version,
        "now": "At risk",
        "done": "Third team started",
        "due_on": f"{action.due_on:%-d %B %Y}",
        **changes,
    }


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


def test_somebody_without_work_is_told_where_the_plan_is(head_of_service: FlaskClient) -> None:
    page = head_of_service.get("/brent/").text

    assert "You lead no action that is still to be delivered" in page
    assert "Nothing from other people waits for you" in page


def test_what_is_late_comes_first_and_says_by_how_much(head_of_service: FlaskClient) -> None:
    given.an_action(title="In time", lead=samira(), due_on=UNTIL)
    given.an_action(title="Late", lead=samira(), due_on=TODAY - timedelta(days=23), status=Status.OFF_TRACK)
    given.an_action(title="Next year", lead=samira(), due_on=UNTIL + timedelta(days=200))
    given.an_action(title="Not hers")

    page = head_of_service.get("/brent/").text

    assert page.index("Overdue") < page.index("23 days late") < page.index(f"Due by {UNTIL:%-d %B}</h2>")
    assert page.index("In time") < page.index("Later</h2>") < page.index("Next year")
    assert "Not hers" not in page


def test_each_action_shows_what_was_last_said_and_not_what_was_taken_back(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira(), status=Status.AT_RISK)
    given_actions.an_update(action, done="Two of four teams started.")
    head_of_service.post("/brent/my-work/1", data=an_update(action, done="A slip"))
    slip = queries.newest_update(action)
    assert slip is not None

    head_of_service.post(f"/brent/actions/1/updates/{slip.id}/take-back", data={"back": "my-work"})
    page = head_of_service.get("/brent/").text

    assert "Two of four teams started." in page
    assert "“A slip”" not in page


def test_several_updates_are_saved_without_leaving_the_page(head_of_service: FlaskClient) -> None:
    first = given.an_action(lead=samira())
    second = given.an_action(lead=samira())

    saved = head_of_service.post("/brent/my-work/1", data=an_update(first))
    page = head_of_service.get(saved.location).text
    saved_too = head_of_service.post("/brent/my-work/2", data=an_update(second, now="On track"))

    assert saved.location == saved_too.location == "/brent/"
    assert "A-1 saved as At risk." in page
    assert "A-2 saved as On track." in head_of_service.get("/brent/").text


def test_what_is_delivered_says_who_has_it_now_and_can_be_undone(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira())
    action.item.owner = given.a_person(name="Helen Marsh")

    head_of_service.post("/brent/my-work/1", data=an_update(action, now="Awaiting sign-off"))
    page = head_of_service.get("/brent/").text

    assert "A-1 saved as Delivered." in page
    assert "It is now with Helen Marsh to sign off." in page
    assert "Undo" in page
    assert "A-1 with Helen Marsh" in page


def test_a_refused_update_keeps_what_was_typed_on_the_page(head_of_service: FlaskClient) -> None:
    given.an_action(lead=samira(), title="The other one")
    action = given.an_action(lead=samira())
    later = f"{action.due_on + timedelta(days=21):%-d %B %Y}"

    answer = head_of_service.post("/brent/my-work/2", data=an_update(action, due_on=later, done="Fourth team waits"))

    assert answer.status_code == 422
    assert "Give the reason for the new due date." in answer.text
    assert answer.text.count("Fourth team waits") == 1
    assert "The other one" in answer.text
    assert queries.trail(action) == []


def test_the_second_of_two_people_sees_both_versions_on_my_work(
    app: Flask, head_of_service: FlaskClient, director: FlaskClient
) -> None:
    action = given.an_action(lead=samira(), status=Status.ON_TRACK)
    opened = an_update(action, done="Mine")
    director.post("/brent/actions/1/update", data=an_update(action, now="Off track", done="Theirs"))

    answer = head_of_service.post("/brent/my-work/1", data=opened)

    assert answer.status_code == 422
    assert "Dana Whitfield changed A-1" in answer.text
    assert "Theirs" in answer.text
    assert "Mine" in answer.text
    assert "Save mine as well" in answer.text


def test_my_work_cannot_be_used_on_a_colleagues_action(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=given.a_person(name="Priya Raman"))

    answer = head_of_service.post("/brent/my-work/1", data=an_update(action))

    assert answer.status_code == 422
    assert "Priya Raman leads A-1" in answer.text
    assert queries.trail(action) == []


def test_a_delivered_action_asks_what_difference_it_made(head_of_service: FlaskClient) -> None:
    action = given_actions.a_delivered_action(lead=samira())
    head_of_service.post(
        "/brent/actions/1/difference", data={"version": action.version, "difference": "Families wait less"}
    )

    page = head_of_service.get("/brent/").text

    assert "Say what difference A-1 made" in page
    assert "It stays at “Not shown yet” until something shows it." in page
    assert action.status is Status.IMPACT_NOT_EVIDENCED


def test_the_second_of_two_who_say_what_difference_was_made_sees_both(
    head_of_service: FlaskClient, director: FlaskClient
) -> None:
    action = given_actions.a_delivered_action(lead=samira())
    opened = {"version": action.version, "difference": "Mine"}
    director.post("/brent/actions/1/difference", data={**opened, "difference": "Theirs"})

    answer = head_of_service.post("/brent/actions/1/difference", data=opened)

    assert answer.status_code == 422
    assert "Dana Whitfield changed A-1" in answer.text
    assert "Theirs" in answer.text
    assert "Save mine as well" in answer.text


def test_no_difference_is_asked_of_what_is_not_delivered_even_of_an_empty_form(head_of_service: FlaskClient) -> None:
    given.an_action(lead=samira())

    answer = head_of_service.post("/brent/actions/1/difference", data={})

    assert answer.status_code == 422
    assert "A-1 is on track, so you cannot show the difference it made yet" in answer.text


def test_a_difference_is_shown_by_evidence_of_an_outcome(head_of_service: FlaskClient) -> None:
    action = given_actions.a_delivered_action(lead=samira())
    proof = given_evidence.evidence(action=action, kind=Kind.AUDIT, strength=Strength.OUTCOME)

    head_of_service.post(
        "/brent/actions/1/difference",
        data={"version": action.version, "difference": "Letters clear in 9 of 9", "evidence": [str(proof.id)]},
    )

    assert action.status is Status.EMBEDDED
    assert action.difference == "Letters clear in 9 of 9"


@pytest.mark.parametrize(
    ("kind", "strength"), [(Kind.AUDIT, Strength.ACTIVITY), (Kind.FILE, Strength.IMPACT), (Kind.DATA, Strength.OUTPUT)]
)
def test_an_activity_or_a_document_shows_no_difference_even_by_a_direct_request(
    head_of_service: FlaskClient, kind: Kind, strength: Strength
) -> None:
    action = given_actions.a_delivered_action(lead=samira())
    weak = given_evidence.evidence(action=action, kind=kind, strength=strength)
    posted = {"version": action.version, "difference": "We trained 46 people", "evidence": [str(weak.id)]}

    answer = head_of_service.post("/brent/actions/1/difference", data=posted)

    assert answer.status_code == 422
    assert action.status is Status.IMPACT_NOT_EVIDENCED


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


def test_nothing_of_another_authority_is_on_the_page(app: Flask, session: Session, brent: Authority) -> None:
    both = given.a_person(name="Samira Okafor")
    elsewhere = given.an_authority(slug="elsewhere", name="Elsewhere")
    given.an_action(title="Theirs", item=given.an_item(authority=elsewhere), lead=both)

    assert "Theirs" not in signed_in(app, both).get("/brent/").text


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
