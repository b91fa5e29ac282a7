"""Standing checks: each finds what it is for, nothing of another authority, and says what a night changed."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient

from tests import given, given_actions, given_audits, given_evidence
from tests import given_self_evaluation as given_se
from tests.queries_counted import at_most
from tracker.actions.rules import Status
from tracker.checks import commands, jobs, queries
from tracker.checks.models import NightlyCheck
from tracker.checks.rules import Check
from tracker.evidence.rules import Kind
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.people.models import Authority
from tracker.platform.db import db

TODAY = date(2026, 11, 20)
SETTLED_BY_EVIDENCE = "case-audit-help-protection"
"""A tool whose findings are closed without a re-audit."""


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def keys(authority: Authority, check: Check) -> list[str]:
    return [fault.key for fault in queries.found(authority, TODAY)[check]]


def references(authority: Authority, check: Check) -> list[str]:
    return [fault.reference for fault in queries.found(authority, TODAY)[check]]


def test_nothing_is_found_where_nothing_is(brent: Authority) -> None:
    assert all(not faults for faults in queries.found(brent, TODAY).values())


def test_a_claim_that_cites_nothing_is_found_until_it_cites_what_stands(brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    bare = given_se.a_statement("Plans are good.", version=version)
    shown = given_evidence.evidence(authority=brent)
    given_se.a_statement(f"Plans are timely. [{shown.reference}]", version=version)

    assert references(brent, Check.CLAIMS) == [bare.reference]


def test_a_self_grade_kinder_than_inspectors_is_found_until_somebody_says_why(brent: Authority) -> None:
    given.an_inspection(authority=brent, grades={"help_protection": "requires_improvement"})
    version = given_se.a_version(authority=brent)
    given_se.graded(version, grade_code="good")

    (fault,) = queries.found(brent, TODAY)[Check.KINDER]
    given_se.graded(version, grade_code="good", reason="Every plan was audited since")

    assert "inspectors called it requires improvement" in fault.detail
    assert keys(brent, Check.KINDER) == []


def test_an_embedded_action_needs_something_that_stands(brent: Authority) -> None:
    item = given.an_item(authority=brent)
    bare = given_actions.a_delivered_action(item=item)
    shown = given_actions.a_delivered_action(item=item)
    for action in (bare, shown):
        action.status, action.difference = Status.EMBEDDED, "Plans no longer drift"
    voice = given_evidence.evidence(action=shown, kind=Kind.VOICE)
    voice.links[0].shows_difference = True
    db.session.flush()

    assert references(brent, Check.EMBEDDED) == [bare.reference]

    voice.withdrawn_on, voice.withdrawn_because = TODAY, "Said of another service"
    db.session.flush()

    assert references(brent, Check.EMBEDDED) == [bare.reference, shown.reference]


def test_a_closed_finding_is_found_until_its_case_is_audited_again(brent: Authority) -> None:
    audit = given_audits.an_audit(tool_id=SETTLED_BY_EVIDENCE)
    finding = given_audits.closed(given_audits.a_finding(audit), on=date(2026, 11, 13))

    assert references(brent, Check.NOT_AUDITED_AGAIN) == [finding.reference]

    given_audits.a_reaudit(audit)

    assert references(brent, Check.NOT_AUDITED_AGAIN) == []


def test_stale_evidence_is_found_where_something_rests_on_it(brent: Authority) -> None:
    item = given.an_item(authority=brent)
    old = given_evidence.evidence(item=item, dated=date(2024, 1, 10))
    given_evidence.evidence(authority=brent, dated=date(2024, 1, 10))
    given_evidence.evidence(item=item)

    assert references(brent, Check.STALE) == [old.reference]


def test_a_theme_of_an_open_item_is_silent_without_a_voice_of_the_last_half_year(brent: Authority) -> None:
    framework = frameworks.library().current(CHILDRENS_SERVICES, TODAY)
    first, second = [theme.code for area in framework.graded_areas for theme in area.themes][:2]
    item = given.an_item(authority=brent)
    given_audits.a_confirmed_theme(item, first)
    given_audits.a_confirmed_theme(item, second)
    given_evidence.evidence(authority=brent, theme_code=first, kind=Kind.VOICE, dated=date(2026, 10, 1))
    given_evidence.evidence(authority=brent, theme_code=second, kind=Kind.VOICE, dated=date(2026, 1, 10))

    (fault,) = queries.found(brent, TODAY)[Check.SILENT]

    assert (fault.key, fault.detail) == (second, "Last heard of 10 January 2026. 1 open item")


def test_what_belongs_to_nobody_or_to_somebody_who_left_is_found(brent: Authority) -> None:
    gone = given.a_person(name="Priya Raman", authority=brent)
    unowned = given.an_item(authority=brent)
    owned = given.an_item(authority=brent, owner=gone)
    action = given.an_action(item=owned, lead=gone)
    given.an_action(item=owned, lead=gone, status=Status.SUPERSEDED)

    assert keys(brent, Check.LEFT) == []

    gone.active = False
    db.session.flush()

    assert references(brent, Check.NOBODY) == [unowned.reference]
    assert references(brent, Check.LEFT) == [owned.reference, action.reference]


def test_who_works_only_elsewhere_has_left_too(brent: Authority) -> None:
    elsewhere = given.a_person(authority=given.an_authority(slug="harrow", name="Harrow"))
    item = given.an_item(authority=brent, owner=elsewhere)

    assert references(brent, Check.LEFT) == [item.reference]


def test_another_authoritys_faults_are_not_found(brent: Authority) -> None:
    given.an_item(authority=given.an_authority(slug="harrow", name="Harrow"))

    assert all(not faults for faults in queries.found(brent, TODAY).values())


def test_a_night_is_kept_once_and_the_page_says_what_changed(brent: Authority, director: FlaskClient) -> None:
    old = given.an_item(authority=brent, owner=None)
    assert jobs.run({}) == {"checked": 1}
    assert jobs.run({}) == {"checked": 0}

    with time_machine.travel(date(2026, 11, 21), tick=False):
        new = given.an_item(authority=brent, wording="The quality of supervision")
        old.owner = given.a_person(authority=brent)
        db.session.flush()
        page = director.get("/brent/readiness/checks").text

    assert "1 new since last night, 1 put right" in page
    assert f'href="/brent/items/{new.number}/edit"' in page
    assert f"/brent/items/{old.number}/edit" not in page


def test_who_may_not_put_it_right_reads_who_may(
    brent: Authority, director: FlaskClient, qa_officer: FlaskClient
) -> None:
    audit = given_audits.an_audit(tool_id=SETTLED_BY_EVIDENCE)
    given_audits.closed(given_audits.a_finding(audit), on=date(2026, 11, 13))
    again = f'href="/brent/audits/{audit.number}/again"'

    page = director.get("/brent/readiness/checks").text
    assert "Audit Q-1 again" in page
    assert page.count("is for colleagues: QA officers and auditors log case audits.") == 1
    assert again not in page
    assert "is for colleagues" not in qa_officer.get("/brent/readiness/checks").text
    assert again in qa_officer.get("/brent/readiness/checks").text


def test_nights_older_than_a_month_go(brent: Authority) -> None:
    commands.keep_night(brent, date(2026, 10, 1))
    commands.keep_night(brent, TODAY)

    assert {row.found_on for row in db.session.query(NightlyCheck)} == {TODAY}


def test_a_page_with_ten_times_as_many_faults_asks_no_more_of_the_database(
    brent: Authority, director: FlaskClient
) -> None:
    given_se.a_version(authority=brent)
    _faults(brent, 2)
    with at_most(40) as few:
        director.get("/brent/readiness/checks")
    _faults(brent, 20)
    with at_most(len(few)):
        page = director.get("/brent/readiness/checks").text

    assert "Show all 22" in page


def _faults(brent: Authority, number: int) -> None:
    for _ in range(number):
        given_evidence.evidence(item=given.an_item(authority=brent), dated=date(2024, 1, 10))
