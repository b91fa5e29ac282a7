"""The life of an audit: begun, graded, finished, moderated without sight, audited again."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import given, given_audits
from tests.given_audits import DAY, GOOD, WEAK, WORST
from tracker.audits import commands
from tracker.audits.models import Audit, DomainGrade
from tracker.audits.rules import AuditState, FamilyFeedback, Given
from tracker.audits.tools import toolbox
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.errors import Conflict, NotAllowed, Refused


def finish(audit: Audit, grade: str | None = GOOD, *, strengths: str = "Seen often", safety_action: str = "") -> None:
    commands.finish(
        audit,
        version=audit.version,
        grade=grade,
        strengths=strengths,
        safety_action=safety_action,
        by=audit.auditor,
        on=DAY,
    )


def grade_all(audit: Audit, grade: str = GOOD) -> None:
    for domain in audit.domains:
        given_audits.graded(audit, domain.domain_code, grade)


def test_a_new_audit_has_every_domain_of_its_tool_waiting(brent: Authority) -> None:
    audit = given_audits.a_draft(tool_id="pre-proceedings")

    assert audit.reference == "Q-1"
    assert audit.state is AuditState.DRAFT
    assert [domain.domain.name for domain in audit.domains][:4] == [
        "Chronology",
        "Assessment",
        "Risk and thresholds",
        "Plan",
    ]
    assert audit.theme_code == "HP11"


def test_a_case_is_never_named(brent: Authority) -> None:
    with pytest.raises(Refused, match="looks like a name"):
        given_audits.a_draft(case_reference="Jade Smith")


def test_only_who_logs_audits_starts_one(brent: Authority) -> None:
    with pytest.raises(NotAllowed, match="may not log case audits"):
        given_audits.a_draft(auditor=given.a_person())


def test_another_authoritys_team_is_refused(brent: Authority) -> None:
    team = given.a_team(authority=given.an_authority(slug="barnet", name="Barnet"))

    with pytest.raises(Refused, match="one of your own teams"):
        given_audits.a_draft(team=team)


def test_words_are_kept_before_there_is_a_grade(brent: Authority) -> None:
    audit = given_audits.a_draft()

    domain = commands.grade_domain(audit, "plan", saves=0, given=Given(None), seen="Reviewed twice", by=audit.auditor)

    assert domain.seen == "Reviewed twice"
    assert not domain.by_auditor.is_in


def test_nobody_but_the_auditor_grades(brent: Authority) -> None:
    audit = given_audits.a_draft()

    with pytest.raises(NotAllowed, match="Amina Yusuf’s audit"):
        commands.grade_domain(audit, "plan", saves=0, given=Given(GOOD), by=given_audits.a_qa_officer("Nadia Coyle"))


def test_the_second_to_save_a_domain_is_told(brent: Authority) -> None:
    audit = given_audits.a_draft()
    commands.grade_domain(audit, "plan", saves=0, given=Given(GOOD), seen="First", by=audit.auditor)

    with pytest.raises(Conflict, match="Plan in Q-1 was saved"):
        commands.grade_domain(audit, "plan", saves=0, given=Given(WEAK), seen="Second", by=audit.auditor)

    assert (audit.domains[3].seen, audit.domains[3].grade_code) == ("First", GOOD)


def test_two_who_save_a_domain_at_the_same_moment_are_one_too_many(session: Session, brent: Authority) -> None:
    audit = given_audits.a_draft()
    session.execute(
        update(DomainGrade).values(version=DomainGrade.version + 1), execution_options={"synchronize_session": False}
    )

    with pytest.raises(Conflict, match="Q-1 was saved"):
        commands.grade_domain(audit, "plan", saves=0, given=Given(GOOD), by=audit.auditor)


def test_auditor_and_moderator_save_the_same_domain_without_standing_in_each_others_way(brent: Authority) -> None:
    audit = given_audits.a_draft()
    nadia = given_audits.a_qa_officer("Nadia Coyle")
    commands.begin_moderation(audit, version=audit.version, by=nadia)

    commands.moderate_domain(audit, "plan", saves=0, given=Given(WEAK), by=nadia)
    domain = commands.grade_domain(audit, "plan", saves=0, given=Given(GOOD), by=audit.auditor)

    assert (domain.by_auditor, domain.by_moderator) == (Given(GOOD), Given(WEAK))
    assert domain.counted == Given(WEAK)


@pytest.mark.parametrize("grade", ["excellent", ""])
def test_a_grade_that_the_tool_does_not_have_is_refused(brent: Authority, grade: str) -> None:
    audit = given_audits.a_draft()

    with pytest.raises(Refused, match="Choose one of the grades"):
        commands.grade_domain(audit, "plan", saves=0, given=Given(grade), by=audit.auditor)


def test_a_domain_that_the_tool_does_not_have_is_refused(brent: Authority) -> None:
    audit = given_audits.a_draft()

    with pytest.raises(Refused, match="no such domain"):
        commands.grade_domain(audit, "astrology", saves=0, given=Given(GOOD), by=audit.auditor)


def test_an_audit_is_not_finished_before_every_domain_is_graded(brent: Authority) -> None:
    audit = given_audits.a_draft()
    given_audits.graded(audit, "plan")

    with pytest.raises(Refused, match=r"Not graded yet: Chronology; Assessment"):
        finish(audit)


def test_an_audit_in_which_nothing_applies_is_refused(brent: Authority) -> None:
    audit = given_audits.a_draft()
    for domain in audit.domains:
        given_audits.graded(audit, domain.domain_code, None)

    with pytest.raises(Refused, match="No domain applies"):
        finish(audit)


def test_the_grade_for_the_case_is_the_auditors_own_and_never_worked_out(brent: Authority) -> None:
    audit = given_audits.a_draft()
    grade_all(audit, GOOD)

    with pytest.raises(Refused, match="Choose one of the grades"):
        finish(audit, grade=None)
    finish(audit, grade=WEAK)

    assert audit.counted_grade == WEAK
    assert audit.reaudit_due_on == date(2027, 2, 12)


@pytest.mark.parametrize(("case", "domain"), [(WORST, GOOD), (GOOD, WORST)])
def test_the_worst_grade_asks_what_was_done_at_once(brent: Authority, case: str, domain: str) -> None:
    audit = given_audits.a_draft()
    grade_all(audit)
    given_audits.graded(audit, "risk", domain)

    with pytest.raises(Refused, match="Say what was done at once"):
        finish(audit, case)
    finish(audit, case, safety_action="Head of service told at noon; visited the same day")

    assert audit.is_flagged


def test_a_finished_audit_is_not_graded_any_more(brent: Authority) -> None:
    audit = given_audits.an_audit()

    with pytest.raises(Refused, match="was finished on 12 November 2026"):
        given_audits.graded(audit, "plan", WEAK)
    with pytest.raises(Refused, match="was finished on"):
        finish(audit)


def test_an_auditor_takes_her_audit_up_again_until_a_moderator_has_begun(brent: Authority) -> None:
    audit = given_audits.an_audit(WEAK)

    commands.take_up_again(audit, version=audit.version, by=audit.auditor)
    assert (audit.state, audit.reaudit_due_on) == (AuditState.DRAFT, None)
    finish(audit, WEAK)
    commands.begin_moderation(audit, version=audit.version, by=given_audits.a_qa_officer("Nadia Coyle"))

    with pytest.raises(Refused, match="Nadia Coyle is moderating"):
        commands.take_up_again(audit, version=audit.version, by=audit.auditor)


def test_what_the_family_said_is_added_after_the_audit_is_finished(brent: Authority) -> None:
    audit = given_audits.an_audit()

    commands.record_feedback(
        audit,
        version=audit.version,
        family_feedback=FamilyFeedback.OBTAINED,
        family_said="We knew what was happening",
        by=audit.auditor,
    )

    assert audit.family_said == "We knew what was happening"


def test_words_of_a_family_that_was_not_asked_are_refused(brent: Authority) -> None:
    audit = given_audits.an_audit()

    with pytest.raises(Refused, match="feedback was obtained"):
        commands.record_feedback(
            audit, version=audit.version, family_feedback=FamilyFeedback.DECLINED, family_said="Yes", by=audit.auditor
        )


def test_nobody_moderates_her_own_audit(brent: Authority) -> None:
    audit = given_audits.an_audit()

    with pytest.raises(NotAllowed, match="You audited Q-1, so you cannot moderate it"):
        commands.begin_moderation(audit, version=audit.version, by=audit.auditor)


def test_the_database_itself_refuses_an_auditor_who_moderates_herself(session: Session, brent: Authority) -> None:
    audit = given_audits.an_audit()

    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(update(Audit).where(Audit.id == audit.id).values(moderator_id=audit.auditor_id))


def test_the_database_itself_refuses_a_grade_for_what_does_not_apply(session: Session, brent: Authority) -> None:
    audit = given_audits.an_audit()

    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(update(DomainGrade).where(DomainGrade.audit_id == audit.id).values(applies=False))


def test_a_head_of_service_does_not_moderate(brent: Authority) -> None:
    audit = given_audits.an_audit()

    with pytest.raises(NotAllowed, match="may not moderate"):
        commands.begin_moderation(audit, version=audit.version, by=given.a_person())


def test_two_moderators_of_one_audit_are_one_too_many(brent: Authority) -> None:
    audit = given_audits.an_audit()
    commands.begin_moderation(audit, version=audit.version, by=given_audits.a_qa_officer("Nadia Coyle"))

    with pytest.raises(NotAllowed, match="Somebody else is moderating"):
        commands.begin_moderation(audit, version=audit.version, by=given_audits.a_qa_officer("Ruth Adeyemi"))


def test_a_moderator_begins_before_she_grades(brent: Authority) -> None:
    audit = given_audits.an_audit()

    with pytest.raises(Refused, match="Begin to moderate Q-1 first"):
        commands.moderate_domain(audit, "plan", saves=0, given=Given(GOOD), by=given_audits.a_qa_officer("Nadia Coyle"))


def test_the_moderators_grade_counts_and_the_auditors_is_kept(brent: Authority) -> None:
    audit = given_audits.an_audit(GOOD)

    given_audits.moderate(audit, WEAK)

    assert (audit.grade_code, audit.moderator_grade_code, audit.counted_grade) == (GOOD, WEAK, WEAK)
    assert audit.state is AuditState.MODERATED
    assert audit.reaudit_due_on == date(2027, 2, 12)


def test_a_draft_is_moderated_by_domain_but_not_as_a_whole(brent: Authority) -> None:
    audit = given_audits.a_draft()
    nadia = given_audits.a_qa_officer("Nadia Coyle")
    commands.begin_moderation(audit, version=audit.version, by=nadia)

    with pytest.raises(Refused, match="has not finished Q-1"):
        commands.moderate(audit, version=audit.version, grade=GOOD, reason="Clear", by=nadia, on=DAY)


def test_a_grade_without_a_reason_is_no_moderation(brent: Authority) -> None:
    audit = given_audits.an_audit()
    nadia = given_audits.a_qa_officer("Nadia Coyle")
    commands.begin_moderation(audit, version=audit.version, by=nadia)

    with pytest.raises(Refused, match="Say why"):
        commands.moderate(audit, version=audit.version, grade=GOOD, reason=" ", by=nadia, on=DAY)


def test_an_audit_is_moderated_once(brent: Authority) -> None:
    audit = given_audits.an_audit(moderated=GOOD)
    assert audit.moderator is not None

    with pytest.raises(Refused, match="was moderated on 12 November 2026"):
        commands.moderate(audit, version=audit.version, grade=WEAK, reason="Again", by=audit.moderator, on=DAY)


def test_grades_stand_once_both_have_seen_both(brent: Authority) -> None:
    audit = given_audits.a_draft()
    nadia = given_audits.a_qa_officer("Nadia Coyle")
    commands.begin_moderation(audit, version=audit.version, by=nadia)
    given_audits.graded(audit, "plan", GOOD)
    commands.moderate_domain(audit, "plan", saves=0, given=Given(WEAK), by=nadia)

    with pytest.raises(Refused, match="yours stands"):
        given_audits.graded(audit, "plan", WEAK)
    with pytest.raises(Refused, match="yours stands"):
        commands.moderate_domain(audit, "plan", saves=1, given=Given(GOOD), by=nadia)
    given_audits.graded(audit, "plan", GOOD, seen="More words are welcome")


def test_the_two_may_settle_on_a_grade_after_they_have_talked(brent: Authority) -> None:
    audit = given_audits.an_audit(GOOD, moderated=WEAK)
    assert audit.moderator is not None

    commands.agree_grade(audit, version=audit.version, grade=GOOD, reason="The visit log was found", by=audit.moderator)

    assert (audit.grade_code, audit.moderator_grade_code, audit.counted_grade) == (GOOD, WEAK, GOOD)
    assert audit.reaudit_due_on is None


def test_a_moderator_who_finds_the_worst_grade_says_what_was_done_at_once(brent: Authority) -> None:
    audit = given_audits.an_audit(GOOD, safety_action="")
    nadia = given_audits.a_qa_officer("Nadia Coyle")
    commands.begin_moderation(audit, version=audit.version, by=nadia)

    with pytest.raises(Refused, match="Say what was done at once"):
        commands.moderate(audit, version=audit.version, grade=WORST, reason="Not seen since May", by=nadia, on=DAY)

    assert audit.state is AuditState.DONE


def test_a_moderator_who_has_graded_nothing_may_leave_it_to_another(brent: Authority) -> None:
    audit = given_audits.an_audit()
    nadia = given_audits.a_qa_officer("Nadia Coyle")
    commands.begin_moderation(audit, version=audit.version, by=nadia)

    commands.give_up_moderation(audit, version=audit.version, by=nadia)

    assert audit.moderator is None


def test_a_re_audit_looks_at_the_same_case(brent: Authority) -> None:
    audit = given_audits.an_audit(WEAK)

    with pytest.raises(Refused, match="is about BR-4471"):
        commands.start_reaudit(audit, about=given_audits.about(case_reference="BR-9999"), auditor=audit.auditor, on=DAY)


def test_a_draft_is_not_audited_again(brent: Authority) -> None:
    audit = given_audits.a_draft()

    with pytest.raises(Refused, match="still a draft"):
        commands.start_reaudit(audit, about=given_audits.about(), auditor=audit.auditor, on=DAY)


def test_one_re_audit_at_a_time(brent: Authority) -> None:
    audit = given_audits.an_audit(WEAK)
    commands.start_reaudit(audit, about=given_audits.about(), auditor=audit.auditor, on=DAY)

    with pytest.raises(Refused, match="Q-2 is a re-audit of Q-1 already"):
        commands.start_reaudit(audit, about=given_audits.about(), auditor=audit.auditor, on=DAY)


def test_every_grade_is_in_the_history_of_its_authority(brent: Authority) -> None:
    audit = given_audits.a_draft()
    given_audits.graded(audit, "plan", WEAK)

    newest = history.of(audit.domains[3])[0]

    assert newest.reference == "Q-1 Plan"
    assert newest.chain == brent.id
    assert newest.changes["grade_code"] == [None, WEAK]


def test_an_answered_audit_keeps_the_version_it_was_answered_in(brent: Authority) -> None:
    audit = given_audits.an_audit()

    assert audit.tool is toolbox().tool("pre-proceedings", 1)
