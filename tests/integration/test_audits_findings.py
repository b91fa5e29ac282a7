"""Findings: what they land on, which action answers them, and what it takes to close one."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import given, given_audits
from tests.given_audits import DAY, GOOD, WEAK, WORST
from tracker.actions.rules import Status
from tracker.audits import commands
from tracker.audits.models import Finding
from tracker.audits.rules import Change, FindingState
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform import history
from tracker.platform.errors import Conflict, NotAllowed, Refused


def test_a_finding_lands_on_the_first_theme_of_its_domain(brent: Authority) -> None:
    finding = given_audits.a_finding(domain_code="oversight")

    assert finding.reference == "F-1"
    assert finding.theme_code == "LD08"
    assert finding.agree_by == DAY + timedelta(days=14)


def test_a_finding_without_a_domain_lands_on_the_theme_of_its_audit(brent: Authority) -> None:
    assert given_audits.a_finding().theme_code == "HP11"


def test_a_finding_says_what_needs_to_change(brent: Authority) -> None:
    with pytest.raises(Refused, match="Say what needs to change"):
        given_audits.a_finding(what="  ")


def test_a_day_that_is_past_is_refused(brent: Authority) -> None:
    with pytest.raises(Refused, match="past"):
        given_audits.a_finding(agree_by=DAY - timedelta(days=1))


def test_an_owner_from_elsewhere_is_refused(brent: Authority) -> None:
    stranger = given.a_person(authority=given.an_authority(slug="barnet", name="Barnet"))

    with pytest.raises(Refused, match="does not work in Brent"):
        given_audits.a_finding(owner=stranger)


def test_an_item_from_elsewhere_is_refused(brent: Authority) -> None:
    item = given.an_item(authority=given.an_authority(slug="barnet", name="Barnet"))

    with pytest.raises(Refused, match="no such improvement item"):
        given_audits.a_finding(item=item)


def test_an_unknown_theme_is_refused(brent: Authority) -> None:
    with pytest.raises(Refused, match="no theme"):
        given_audits.a_finding(theme_code="XX99")


def test_a_finding_takes_the_item_of_the_action_that_answers_it(brent: Authority) -> None:
    action = given.an_action()

    finding = given_audits.a_finding(action=action)

    assert finding.item_id == action.item_id


def test_its_owner_agrees_an_action(brent: Authority) -> None:
    samira = given.a_person(name="Samira Okafor")
    finding = given_audits.a_finding(owner=samira)

    commands.join_action(finding, version=finding.version, action=given.an_action(), by=samira)

    assert finding.action is not None


@pytest.mark.parametrize("role", [Role.HEAD_OF_SERVICE, Role.DIRECTOR])
def test_somebody_elses_finding_is_left_alone(brent: Authority, role: Role) -> None:
    finding = given_audits.a_finding(owner=given.a_person())

    with pytest.raises(NotAllowed, match="is not yours"):
        commands.join_action(finding, version=finding.version, action=given.an_action(), by=given.a_person(role=role))


def test_another_authoritys_action_is_refused(brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    elsewhere = given.an_action(item=given.an_item(authority=barnet), lead=given.a_person(authority=barnet))

    with pytest.raises(Refused, match="no such action"):
        given_audits.a_finding(action=elsewhere)


def test_a_superseded_action_answers_nothing(brent: Authority) -> None:
    with pytest.raises(Refused, match="superseded"):
        given_audits.a_finding(action=given.an_action(status=Status.SUPERSEDED))


def test_a_tie_to_an_action_can_be_undone(brent: Authority) -> None:
    finding = given_audits.a_finding(action=given.an_action())

    commands.leave_action(finding, version=finding.version, by=finding.audit.auditor)

    assert finding.action is None


def test_an_owner_does_not_close_her_own_finding(brent: Authority) -> None:
    samira = given.a_person(name="Samira Okafor")
    finding = given_audits.a_finding(given_audits.an_audit(tool_id="case-audit-help-protection"), owner=samira)

    with pytest.raises(NotAllowed, match="may not raise or close audit findings"):
        commands.close_by_evidence(finding, version=finding.version, because="Done", evidence="E-1", by=samira, on=DAY)


@pytest.mark.parametrize(("because", "evidence"), [("", "E-231"), ("Delay is explained", " ")])
def test_closing_needs_what_changed_and_where_it_was_seen(brent: Authority, because: str, evidence: str) -> None:
    finding = given_audits.a_finding(given_audits.an_audit(tool_id="case-audit-help-protection"))

    with pytest.raises(Refused):
        commands.close_by_evidence(
            finding, version=finding.version, because=because, evidence=evidence, by=finding.audit.auditor, on=DAY
        )

    assert finding.state is FindingState.OPEN


def test_a_tool_that_asks_for_re_audit_does_not_take_evidence(brent: Authority) -> None:
    finding = given_audits.a_finding(given_audits.an_audit(WEAK, tool_id="pre-proceedings"))

    with pytest.raises(Refused, match="F-1 closes by re-audit"):
        given_audits.closed(finding, on=DAY)


def test_a_better_re_audit_closes_a_finding(brent: Authority) -> None:
    audit = given_audits.an_audit(WEAK)
    finding = given_audits.a_finding(audit)
    reaudit = given_audits.a_reaudit(audit, GOOD)

    commands.close_by_reaudit(
        finding, version=finding.version, because="Delay is explained", reaudit=reaudit, by=audit.auditor, on=DAY
    )

    assert (finding.state, finding.closed_by_reaudit) == (FindingState.CLOSED, reaudit)


def test_a_re_audit_of_the_re_audit_closes_it_too(brent: Authority) -> None:
    audit = given_audits.an_audit(WORST)
    finding = given_audits.a_finding(audit)
    third = given_audits.a_reaudit(given_audits.a_reaudit(audit, WEAK))

    commands.close_by_reaudit(
        finding, version=finding.version, because="Delay is explained", reaudit=third, by=audit.auditor, on=DAY
    )

    assert finding.state is FindingState.CLOSED


def test_a_re_audit_that_is_no_better_leaves_it_open(brent: Authority) -> None:
    audit = given_audits.an_audit(WEAK)
    finding = given_audits.a_finding(audit)
    reaudit = given_audits.a_reaudit(audit, WEAK)

    with pytest.raises(Refused, match="Q-2 is no better than Q-1"):
        commands.close_by_reaudit(
            finding, version=finding.version, because="Better", reaudit=reaudit, by=audit.auditor, on=DAY
        )


def test_an_audit_of_another_case_is_no_re_audit(brent: Authority) -> None:
    finding = given_audits.a_finding(given_audits.an_audit(WEAK))
    other = given_audits.an_audit(GOOD, case_reference="BR-9999")

    with pytest.raises(Refused, match="is not a re-audit"):
        commands.close_by_reaudit(
            finding, version=finding.version, because="Better", reaudit=other, by=finding.audit.auditor, on=DAY
        )


def test_a_closed_finding_is_opened_again_with_a_reason(brent: Authority) -> None:
    finding = given_audits.closed(
        given_audits.a_finding(given_audits.an_audit(tool_id="case-audit-help-protection")), on=DAY
    )

    with pytest.raises(Refused, match="Say why"):
        commands.reopen_finding(finding, version=finding.version, reason="", by=finding.audit.auditor)
    commands.reopen_finding(
        finding, version=finding.version, reason="Three plans this week have none", by=finding.audit.auditor
    )

    assert (finding.state, finding.closed_on, finding.closed_evidence) == (FindingState.OPEN, None, "")
    assert history.of(finding)[0].why == "Three plans this week have none"


def test_a_closed_finding_is_not_changed(brent: Authority) -> None:
    finding = given_audits.closed(
        given_audits.a_finding(given_audits.an_audit(tool_id="case-audit-help-protection")), on=date(2026, 11, 20)
    )

    with pytest.raises(Refused, match="was closed on 20 November 2026"):
        commands.change_finding(
            finding, version=finding.version, change=Change("Else"), by=finding.audit.auditor, on=DAY
        )


def test_the_second_to_change_a_finding_is_told(brent: Authority) -> None:
    finding = given_audits.a_finding()
    opened = finding.version
    commands.change_finding(finding, version=opened, change=Change("First"), by=finding.audit.auditor, on=DAY)

    with pytest.raises(Conflict, match="F-1 was saved"):
        commands.change_finding(finding, version=opened, change=Change("Second"), by=finding.audit.auditor, on=DAY)

    assert finding.what == "First"


def test_the_database_itself_refuses_a_closed_finding_without_a_reason(session: Session, brent: Authority) -> None:
    finding = given_audits.a_finding()

    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(
            update(Finding).where(Finding.id == finding.id).values(state=FindingState.CLOSED, closed_on=DAY)
        )
