"""The page of one improvement item: everything that hangs on it, and what is missing."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from tests import given, given_actions, given_audits, given_evidence, given_indicators
from tests.given_audits import GOOD, WEAK
from tests.queries_counted import at_most
from tracker.actions import commands
from tracker.actions.rules import Status
from tracker.evidence.rules import Kind
from tracker.improvements import commands as improvements
from tracker.improvements.models import Appraisal, ImprovementItem, Mapping
from tracker.improvements.rules import Decision, MappedTo, Source
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform import clock, history
from tracker.web.filters import short_day

TODAY = clock.today()
LONG_AGO = TODAY - timedelta(days=150)


def an_appraisal(item: ImprovementItem, scale: int, *, on: date = TODAY) -> Appraisal:
    return given.stored(
        Appraisal(
            item=item,
            on=on,
            worried_about="Some children wait too long",
            working_well="Letters are clear",
            needs_to_happen="Reviews every two weeks",
            scale=scale,
            aim=8,
            next_step="every child’s delay is explained",
        )
    )


def confirmed(item: ImprovementItem, to: MappedTo, code: str | None = None, **more: object) -> None:
    given.stored(
        Mapping(
            item=item, to=to, code=code, rank=1, score=0.9, reason="shares “tracker”",
            decision=Decision.CONFIRMED, decided_at=clock.now(), **more,
        )
    )  # fmt: skip


def test_the_inspectors_words_stand_first_with_the_page_they_are_on(head_of_service: FlaskClient) -> None:
    inspection = given.an_inspection(paragraphs={8: ("help_protection", "Some children are experiencing delay.")})
    item = given.an_item(inspection=inspection, wording="The consistency of pre-proceedings work")
    confirmed(item, MappedTo.PARAGRAPH, paragraph=inspection.paragraphs[0])

    page = head_of_service.get("/brent/items/1").text

    assert "The consistency of pre-proceedings work" in page
    assert "report of 17 June 2026" in page
    assert "See it on page 2" in page
    assert "Paragraph 8, help and protection" in page
    assert "Some children are experiencing delay." in page


def test_a_paragraph_that_is_only_suggested_is_not_quoted(head_of_service: FlaskClient) -> None:
    inspection = given.an_inspection(paragraphs={8: ("help_protection", "Some children are experiencing delay.")})
    item = given.an_item(inspection=inspection)
    given.stored(
        Mapping(item=item, to=MappedTo.PARAGRAPH, paragraph=inspection.paragraphs[0], rank=1, score=1.0, reason="near")
    )

    page = head_of_service.get("/brent/items/1").text

    assert "experiencing delay" not in page
    assert "No paragraphs are mapped" in page


def test_an_item_of_our_own_has_no_inspectors(head_of_service: FlaskClient) -> None:
    given.an_item(source=Source.OURSELVES)

    page = head_of_service.get("/brent/items/1").text

    assert "What inspectors said" not in page
    assert "Found by ourselves" in page


def test_an_item_that_nobody_has_touched_names_every_gap_and_what_to_do(head_of_service: FlaskClient) -> None:
    given.an_item()

    page = head_of_service.get("/brent/items/1").text

    assert "no owner, no action, no evidence, no audit since it was raised, no measure" in page
    assert "Nobody has promised to do anything about it yet." in page
    assert "Add an action" in page
    assert "Nobody has appraised it yet" in page


def test_the_latest_appraisal_says_how_far_and_which_way(head_of_service: FlaskClient) -> None:
    item = given.an_item()
    an_appraisal(item, 4, on=TODAY - timedelta(days=60))
    an_appraisal(item, 6)

    page = head_of_service.get("/brent/items/1").text

    assert "6 out of 10" in page
    assert "up 2 since" in page
    assert "To be a 7: every child’s delay is explained" in page
    assert "All appraisals (2)" in page


def test_actions_show_delivery_and_difference_as_two_things(head_of_service: FlaskClient) -> None:
    item = given.an_item()
    given.an_action(item=item, due_on=TODAY - timedelta(days=23), status=Status.OFF_TRACK)
    given_actions.a_delivered_action(item=item)

    page = head_of_service.get("/brent/items/1").text

    assert "Actions (2)" in page
    assert "23 days late" in page
    assert "1 overdue" in page
    assert "Not yet asked" in page
    assert "Not shown yet" in page


def test_a_long_list_of_actions_is_cut_and_the_rest_a_link_away(head_of_service: FlaskClient) -> None:
    item, lead = given.an_item(), given.a_person()
    for number in range(60):
        given.an_action(item=item, lead=lead, title=f"Action number {number:02}")

    page = head_of_service.get("/brent/items/1").text
    whole = head_of_service.get("/brent/items/1?all=actions").text

    assert "Show 54 more" in page
    listed, _, path = page.partition('id="path"')
    assert listed.count("Action number") == 6
    assert path.count("Action number") == 1  # the one that decides the last day
    assert whole.partition('id="path"')[0].count("Action number") == 60


def test_evidence_shows_what_it_shows_and_that_no_voice_is_among_it(head_of_service: FlaskClient) -> None:
    item = given.an_item()
    given_evidence.evidence(item=item, title="Dip sample", kind=Kind.AUDIT, dated=TODAY - timedelta(days=190))

    page = head_of_service.get("/brent/items/1").text

    assert "Dip sample" in page
    assert "No voice" in page
    assert "Stale, 6 months old" in page


def test_audits_since_the_inspection_count_and_findings_without_an_action_are_gaps(
    head_of_service: FlaskClient,
) -> None:
    item = given.an_item(inspection=given.an_inspection(), raised_on=LONG_AGO)
    given_audits.a_confirmed_theme(item, "HP11")
    given_audits.an_audit(GOOD, theme_code="HP11", on=TODAY, moderated=GOOD)
    worse = given_audits.an_audit(GOOD, theme_code="HP11", on=TODAY, moderated=WEAK)
    given_audits.an_audit(GOOD, theme_code="HP11", on=TODAY)
    given_audits.an_audit(GOOD, theme_code="HP11", on=LONG_AGO - timedelta(days=1), moderated=GOOD)
    given_audits.a_finding(worse, item=item, on=TODAY)

    page = head_of_service.get("/brent/items/1").text

    assert "Audits (3)" in page
    assert "<strong>1 of 2 good or better</strong> since the inspection, moderated audits only" in page
    assert "F-1 has no action" in page
    assert "None yet" in page


def test_a_measure_is_printed_with_target_and_basis(head_of_service: FlaskClient) -> None:
    given_indicators.a_measure(item=given.an_item(), figures=[54, 71], target=90)

    page = head_of_service.get("/brent/items/1").text

    assert "71%" in page
    assert "target 90%" in page
    assert "from the date the letter was sent" in page


def test_it_says_why_it_cannot_be_closed_and_offers_it_when_it_can(director: FlaskClient, brent: Authority) -> None:
    item = given.an_item()
    action = given.an_action(item=item)

    before = director.get("/brent/items/1").text
    commands.supersede(
        action, version=action.version, reason="A-2 does it", by=given.a_person(role=Role.DIRECTOR), on=TODAY
    )
    after = director.get("/brent/items/1").text

    assert "I-1 cannot be closed yet: 1 action is open." in before
    assert "Close it" not in before
    assert "Close it" in after


def test_what_has_happened_is_told_in_sentences(head_of_service: FlaskClient) -> None:
    lead = given.a_person(name="Priya Raman")
    action = given.an_action(lead=lead, status=Status.AT_RISK, due_on=TODAY)
    with history.acting(lead.id, lead.name):
        commands.update(
            action,
            version=action.version,
            status=Status.OFF_TRACK,
            done="One team is missing",
            due_on=TODAY + timedelta(days=1),
            due_reason="Vacancy",
            by=lead,
            on=TODAY,
        )
        improvements.appraise(
            action.item, on=TODAY, by=lead, worried_about=["Waits"], working_well=[], needs_to_happen=[], scale=6, aim=8
        )

    page = head_of_service.get("/brent/items/1").text

    tomorrow = TODAY + timedelta(days=1)
    assert f"A-1 At risk to Off track; due {short_day(TODAY)} to {short_day(tomorrow)}" in page
    assert "One team is missing" in page
    assert "appraised at 6 out of 10. Priya Raman" in page
    assert "A-1 added" in page


def test_another_authoritys_item_is_not_found(head_of_service: FlaskClient) -> None:
    elsewhere = given.an_authority(slug="elsewhere", name="Elsewhere")
    given.an_item(authority=elsewhere)

    assert head_of_service.get("/brent/items/1").status_code == 404


@pytest.mark.parametrize("role", ["director", "qa_officer"])
def test_everybody_reads_it_and_is_offered_only_what_she_may_do(role: str, request: pytest.FixtureRequest) -> None:
    client: FlaskClient = request.getfixturevalue(role)
    given.an_item()

    page = client.get("/brent/items/1").text

    assert ("Add an action" in page) is (role == "director")


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_asks_no_more_questions_as_it_grows(head_of_service: FlaskClient, number: int) -> None:
    item = given.an_item(raised_on=LONG_AGO)
    given_audits.a_confirmed_theme(item, "HP11")
    for place in range(number):
        action = given.an_action(item=item)
        given_evidence.evidence(item=item)
        given_audits.a_finding(item=item, action=action, on=TODAY)
        given_indicators.a_measure(item=item, figures=[54, 71])
        an_appraisal(item, 5, on=TODAY - timedelta(days=place))

    with at_most(30):
        head_of_service.get("/brent/items/1")
