"""The counts of audits are those that a recount gives, whatever happens to the audits, and whoever does it at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from random import Random
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import given, given_audits
from tests.given_audits import DAY, GOOD, WEAK, WORST
from tests.queries_counted import at_most
from tracker.audits import commands
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import AuditState, FamilyFeedback, Given
from tracker.audits.safety.models import SafetyEscalation
from tracker.audits.summaries import counting
from tracker.audits.summaries.commands import kept, not_counted, recount
from tracker.audits.summaries.rules import WAITS, By, Counted, Key, Tally
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.platform.errors import Refused

NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def seen_by_all(brent: Authority) -> None:
    """No audit waits for moderation but the best and the worst."""
    given_audits.moderates_all(brent, share=0)


def recounted(authority: Authority) -> object:
    db.session.flush()
    return counting.counts(db.session.connection(), authority.id)


@pytest.mark.usefixtures("seen_by_all")
def test_a_finished_audit_is_counted_whole_and_by_its_team_area_tool_domains_and_themes(brent: Authority) -> None:
    team = given.a_team()
    given_audits.an_audit(GOOD, team=team)

    found = kept(brent)

    for by, member in (
        (By.WHOLE, ""),
        (By.TEAM, str(team.id)),
        (By.AREA, "help_protection"),
        (By.TOOL, "pre-proceedings"),
        (By.TEAM_IN_AREA, f"{team.id}/help_protection"),
    ):
        assert found[Key(by, member, Counted.AUDIT, NOVEMBER, "Good", 333)] == Tally(1, good=1)
    assert found[Key(By.DOMAIN, "pre-proceedings/plan", Counted.DOMAIN, NOVEMBER, "Good", 333)] == Tally(1, good=1)
    assert Key(By.THEME, "HP11", Counted.DOMAIN, NOVEMBER, "Good", 333) in found
    assert found == recounted(brent)


def test_a_draft_counts_nothing_until_it_is_finished_and_nothing_again_once_it_is_taken_up(brent: Authority) -> None:
    audit = given_audits.an_audit(WEAK)

    commands.take_up_again(audit, version=audit.version, by=audit.auditor)

    assert kept(brent) == {}


def test_a_moderated_grade_takes_the_place_of_the_auditors(brent: Authority) -> None:
    given_audits.an_audit(GOOD, moderated=WEAK)

    found = kept(brent)

    assert found[Key(By.WHOLE, "", Counted.AUDIT, NOVEMBER, "Requires improvement", 666)] == Tally(1)
    assert found[Key(By.WHOLE, "", Counted.MODERATED, NOVEMBER, "lower")] == Tally(1)
    assert Key(By.WHOLE, "", Counted.AUDIT, NOVEMBER, "Good", 333) not in found


@pytest.mark.usefixtures("seen_by_all")
def test_a_closed_finding_counts_in_the_month_it_was_closed_with_its_days(brent: Authority) -> None:
    finding = given_audits.a_finding(given_audits.an_audit(tool_id="case-audit-help-protection"))
    raised = finding.raised_on

    commands.close_by_evidence(
        finding, version=finding.version, because="Supervision now has dates", evidence="E-1",
        by=finding.audit.auditor, on=raised + timedelta(days=30),
    )  # fmt: skip

    closed = (raised + timedelta(days=30)).replace(day=1)
    assert kept(brent)[Key(By.WHOLE, "", Counted.CLOSED, closed, "04")] == Tally(1, days=30)
    assert kept(brent) == recounted(brent)


def test_an_audit_that_is_deleted_is_counted_no_more(brent: Authority) -> None:
    audit = given_audits.an_audit()
    given_audits.a_finding(audit)

    for thing in (*audit.findings, *audit.domains, audit):
        db.session.delete(thing)
    db.session.flush()

    assert kept(brent) == {}


def test_an_audit_that_is_to_be_moderated_counts_as_done_and_its_grades_and_findings_once_it_is(
    brent: Authority,
) -> None:
    audit = given_audits.an_audit(GOOD)
    given_audits.a_finding(audit)

    before = kept(brent)
    given_audits.moderate(audit, WEAK)
    after = kept(brent)

    assert before[Key(By.WHOLE, "", Counted.AUDIT, NOVEMBER, WAITS)] == Tally(1)
    assert {key.counted for key in before} == {Counted.AUDIT, Counted.PRACTITIONER, Counted.FAMILY}
    assert not any(key.by in {By.DOMAIN, By.THEME, By.TEAM_IN_AREA} for key in before)
    assert after[Key(By.WHOLE, "", Counted.AUDIT, NOVEMBER, "Requires improvement", 666)] == Tally(1)
    assert Key(By.WHOLE, "", Counted.RAISED, NOVEMBER, "Open") in after
    assert after == recounted(brent)


def test_a_re_audit_is_compared_once_nobody_is_kept_from_either_grade(brent: Authority) -> None:
    first = given_audits.an_audit(WEAK)
    again = given_audits.a_reaudit(first, GOOD)
    compared = Key(By.WHOLE, "", Counted.REAUDIT, NOVEMBER, "higher")

    given_audits.moderate(again, GOOD)
    one_waits = kept(brent)
    given_audits.moderate(first, WEAK)

    assert compared not in one_waits
    assert kept(brent)[compared] == Tally(1)
    assert kept(brent) == recounted(brent)


def test_a_new_draft_and_a_saved_domain_ask_for_no_count(brent: Authority) -> None:
    audit = given_audits.a_draft()
    domain = audit.domains[0].domain_code

    with at_most(12) as sent:
        given_audits.graded(audit, domain, WEAK)

    assert not [statement for statement in sent if "audit_summary" in statement]


# Random edits -----------------------------------------------------------------------------------------------------

Edit = Callable[["Case"], None]


class Case:
    """An authority whose audits are edited at random, by the room's own commands."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311  # no secret, only variety
        self.auditor, self.moderator = given_audits.a_qa_officer(), given_audits.a_qa_officer("Nadia Coyle")
        self.teams = [given.a_team(name=name) for name in ("Localities 1", "Localities 2")]
        self.audits: list[Audit] = []
        self.findings: list[Finding] = []
        self.action = given.an_action()

    def day(self) -> date:
        return DAY - timedelta(days=self.chance.randrange(120))

    def begin(self) -> None:
        team = self.chance.choice([*self.teams, None])
        audit = given_audits.a_draft(
            auditor=self.auditor, tool_id=self.chance.choice(("pre-proceedings", "case-audit-help-protection")),
            on=self.day(), team=team, case_reference=f"BR-{len(self.audits) + 1000}",
        )  # fmt: skip
        self.audits.append(audit)

    def finish(self, audit: Audit | None = None) -> None:
        audit = audit or self.chance.choice(self.audits)
        for domain in audit.domains:
            if audit.state is AuditState.DRAFT:
                grade = self.chance.choice((GOOD, WEAK, WORST, None))
                given_audits.graded(audit, domain.domain_code, grade if domain.position else GOOD)
        commands.finish(
            audit, version=audit.version, grade=self.chance.choice((GOOD, WEAK, WORST)), strengths="Seen often",
            safety_action="Seen the same day", by=self.auditor, on=self.day(),
        )  # fmt: skip

    def moderate(self) -> None:
        audit = self.chance.choice(self.audits)
        if audit.moderator is None:
            commands.begin_moderation(audit, version=audit.version, by=self.moderator)
        for domain in audit.domains[:2]:
            commands.moderate_domain(
                audit, domain.domain_code, saves=domain.moderator_saves,
                given=Given(self.chance.choice((GOOD, WEAK))), by=self.moderator,
            )  # fmt: skip
        given_audits.moderate(audit, self.chance.choice((GOOD, WEAK)), by=self.moderator)

    def settle(self) -> None:
        audit = self.chance.choice(self.audits)
        commands.agree_grade(
            audit, version=audit.version, grade=self.chance.choice((GOOD, WEAK, WORST)), reason="We talked",
            safety_action="Seen the same day", by=self.moderator,
        )  # fmt: skip

    def take_up(self) -> None:
        audit = self.chance.choice(self.audits)
        commands.take_up_again(audit, version=audit.version, by=self.auditor)

    def hear(self) -> None:
        audit = self.chance.choice(self.audits)
        feedback = self.chance.choice(list(FamilyFeedback))
        commands.record_feedback(
            audit, version=audit.version, family_feedback=feedback, family_said="", by=self.auditor
        )

    def correct(self) -> None:
        audit = self.chance.choice(self.audits)
        about = given_audits.about(
            case_reference=audit.case_reference, team=self.chance.choice(self.teams), on=audit.audited_on
        )
        commands.correct(audit, version=audit.version, about=about, by=self.auditor, on=DAY)

    def raise_finding(self) -> None:
        audit = self.chance.choice(self.audits)
        domain = self.chance.choice([None, audit.domains[0].domain_code])
        self.findings.append(given_audits.a_finding(audit, domain_code=domain, on=self.day()))

    def answer(self) -> None:
        finding = self.chance.choice(self.findings)
        commands.join_action(finding, version=finding.version, action=self.action, by=self.auditor)

    def close(self) -> None:
        finding = self.chance.choice(self.findings)
        commands.close_by_evidence(
            finding, version=finding.version, because="Seen", evidence="E-1", by=self.auditor,
            on=finding.raised_on + timedelta(days=self.chance.randrange(90)),
        )  # fmt: skip

    def reopen(self) -> None:
        finding = self.chance.choice(self.findings)
        commands.reopen_finding(finding, version=finding.version, reason="Too early", by=self.auditor)

    def again(self) -> None:
        first = self.chance.choice(self.audits)
        about = given_audits.about(case_reference=first.case_reference, team=first.team, on=DAY)
        audit = commands.start_reaudit(first, about=about, auditor=self.auditor, on=DAY)
        self.audits.append(audit)
        self.finish(audit)

    def remove(self) -> None:
        audit = self.chance.choice(self.audits)
        if audit.reaudits or any(finding.closed_by_reaudit for finding in audit.findings):
            raise Refused("Kept")
        if db.session.query(SafetyEscalation).filter_by(audit_id=audit.id).count():
            raise Refused("Kept")
        for finding in audit.findings:
            self.findings.remove(finding)
        for thing in (*audit.findings, *audit.domains, audit):
            db.session.delete(thing)
        self.audits.remove(audit)
        db.session.flush()
        db.session.expire_all()


EDITS = (
    Case.begin, Case.begin, Case.finish, Case.finish, Case.finish, Case.moderate, Case.moderate, Case.settle,
    Case.take_up, Case.hear, Case.correct, Case.raise_finding, Case.raise_finding, Case.answer, Case.close, Case.close,
    Case.reopen, Case.again, Case.remove,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_after_random_edits_the_counts_equal_a_recount(brent: Authority, seed: int) -> None:
    case = Case(seed)
    case.begin()
    case.raise_finding()

    done = 0
    for _ in range(90):
        try:
            case.chance.choice(EDITS)(case)
            done += 1
        except Refused:
            continue
        except IndexError:
            continue

    assert done > 30
    assert kept(brent) == recounted(brent)
    assert recount(brent).wrong == 0


def test_a_recount_mends_what_was_changed_behind_the_applications_back(brent: Authority) -> None:
    given_audits.an_audit(GOOD)
    db.session.execute(db.text("UPDATE audit_summary SET number = number + 5 WHERE counted = 'audit'"))
    db.session.execute(db.text("DELETE FROM audit_summary WHERE counted = 'family'"))

    first, second = recount(brent), recount(brent)

    assert (first.wrong > 0, second.wrong) == (True, 0)
    assert kept(brent) == recounted(brent)


def test_an_authority_whose_audits_are_older_than_the_counts_is_found(session: Session, brent: Authority) -> None:
    given_audits.an_audit(GOOD)
    assert not_counted() == []

    db.session.execute(db.text("DELETE FROM audit_summary"))

    assert not_counted() == [brent]


# Two at once ------------------------------------------------------------------------------------------------------


def test_auditors_who_finish_at_one_moment_are_all_counted(shared: Flask) -> None:
    authority = given.an_authority()
    given_audits.moderates_all(authority, share=0)
    people = [given_audits.a_qa_officer(f"Auditor {place}") for place in range(4)]
    drafts = [
        given_audits.a_draft(auditor=person, case_reference=f"BR-{place + 1}") for place, person in enumerate(people)
    ]
    for draft in drafts:
        for domain in draft.domains:
            given_audits.graded(draft, domain.domain_code)
    barrier, ids = Barrier(len(drafts)), [draft.id for draft in drafts]
    db.session.commit()

    def finish(audit_id: object) -> None:
        with shared.app_context(), shared.test_request_context(method="POST"):
            barrier.wait()
            audit = db.session.get_one(Audit, audit_id)
            commands.finish(audit, version=audit.version, grade=GOOD, strengths="Seen", by=audit.auditor, on=DAY)
            given_audits.a_finding(audit)
            db.session.commit()
            db.session.remove()

    with ThreadPoolExecutor(len(ids)) as pool:
        list(pool.map(finish, ids))

    assert kept(authority)[Key(By.WHOLE, "", Counted.AUDIT, NOVEMBER, "Good", 333)] == Tally(4, good=4)
    assert kept(authority) == recounted(authority)
