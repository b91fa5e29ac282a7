"""Answering the questions of a domain, lenses, and tools of every scale."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests import given, given_audits
from tracker.audits import commands, queries
from tracker.audits.asking import Answered
from tracker.audits.models import Audit
from tracker.audits.rules import Given
from tracker.audits.tools import toolbox
from tracker.platform.db import db
from tracker.platform.errors import Refused

pytestmark = pytest.mark.usefixtures("session", "on_the_twentieth_of_november")

LENS = toolbox().newest("equity-lens")


def a_draft_through_the_lens() -> Audit:
    authority = given.an_authority()
    return commands.start_audit(
        authority,
        tool=toolbox().newest("lado-referrals"),
        lenses=[LENS],
        about=given_audits.about(),
        auditor=given_audits.a_qa_officer(authority=authority),
        on=given_audits.DAY,
    )


def answer(audit: Audit, domain: str, answers: dict[str, Answered], grade: str = "good") -> None:
    saves = next(one.auditor_saves for one in audit.domains if one.domain_code == domain)
    commands.grade_domain(audit, domain, saves=saves, given=Given(grade), answers=answers, by=audit.auditor)


def answers_of(audit: Audit, domain: str) -> dict[str, Answered]:
    db.session.flush()
    db.session.expire_all()
    again = queries.audit(audit.authority, audit.number)
    assert again is not None
    return dict(next(one for one in again.domains if one.domain_code == domain).answered)


def test_an_answer_and_its_note_are_kept_beside_the_grade_and_an_empty_one_is_taken_back() -> None:
    audit = a_draft_through_the_lens()

    answer(audit, "referral", {"one_day": Answered("no"), "why_late": Answered(note=" A bank holiday ")})
    assert answers_of(audit, "referral") == {"one_day": Answered("no"), "why_late": Answered(note="A bank holiday")}

    answer(audit, "referral", {"why_late": Answered(), "one_day": Answered("yes")})
    assert answers_of(audit, "referral") == {"one_day": Answered("yes")}


def test_a_question_that_does_not_follow_is_refused_and_nothing_is_kept() -> None:
    audit = a_draft_through_the_lens()

    with pytest.raises(Refused, match="Only where “Was it referred within one working day"):
        answer(audit, "referral", {"one_day": Answered("yes"), "why_late": Answered(note="Holiday")})

    assert answers_of(audit, "referral") == {}


def test_an_unknown_question_or_answer_is_refused() -> None:
    audit = a_draft_through_the_lens()

    with pytest.raises(Refused, match="has no such question"):
        answer(audit, "referral", {"colour": Answered("yes")})
    with pytest.raises(Refused, match="Choose one of the answers"):
        answer(audit, "referral", {"one_day": Answered("perhaps")})


def test_an_audit_is_finished_only_once_what_must_be_answered_is() -> None:
    audit = a_draft_through_the_lens()
    for domain in audit.domains:
        answer(audit, domain.domain_code, {})

    with pytest.raises(Refused, match="9 questions that must be answered wait in Referral and first response"):
        commands.finish(
            audit, version=audit.version, grade="good", strengths="Prompt", by=audit.auditor, on=given_audits.DAY
        )


def test_a_domain_for_other_ages_is_left_out_until_the_facts_are_corrected() -> None:
    authority = given.an_authority()
    about = given_audits.about()
    auditor = given_audits.a_qa_officer(authority=authority)
    audit = commands.start_audit(
        authority,
        tool=toolbox().newest("children-with-disabilities"),
        about=about,
        auditor=auditor,
        on=given_audits.DAY,
    )
    adulthood = next(domain for domain in audit.domains if domain.domain_code == "adulthood")
    assert not adulthood.applies

    older = replace(about, age_band="16 and 17")
    commands.correct(audit, version=audit.version, about=older, by=auditor, on=given_audits.DAY)

    assert adulthood.applies


def start_through_the_lens(auditor: FlaskClient) -> None:
    about = {
        "case_reference": "BR-4471", "age_band": "5 to 9", "area": "help_protection", "period_from": "20 May 2026",
        "period_to": "12 November 2026", "with_practitioner": "yes", "family_feedback": "Not yet",
        "lenses": "equity-lens", "legal_status": "Child in need",
    }  # fmt: skip
    assert auditor.post("/brent/audits/new/lado-referrals", data=about).status_code == 302


def test_an_audit_is_started_through_a_lens_and_shows_the_versions_of_both(auditor: FlaskClient) -> None:
    start_through_the_lens(auditor)

    shown = auditor.get("/brent/audits/1").text

    assert "Identity in the record" in shown
    assert "version 1, with Equity lens, version 1" in " ".join(shown.split())


def test_the_page_of_a_domain_asks_its_questions_and_keeps_what_was_answered(auditor: FlaskClient) -> None:
    start_through_the_lens(auditor)
    answers = {"grade": "good", "answer_one_day": "no", "note_why_late": "A bank holiday"}

    saved = auditor.post("/brent/audits/1/domains/referral", data={"saves": "0", "finding": "new"} | answers)

    assert saved.status_code == 302
    again = auditor.get("/brent/audits/1?domain=referral").text
    assert "A bank holiday" in again
    assert "Only where “Was it referred within one working day of the employer knowing?” is answered No." in again


def test_an_answer_that_does_not_follow_is_refused_on_the_page_with_what_was_typed(auditor: FlaskClient) -> None:
    start_through_the_lens(auditor)
    answers = {"answer_one_day": "yes", "note_why_late": "A bank holiday"}

    refused = auditor.post("/brent/audits/1/domains/referral", data={"saves": "0", "finding": "new"} | answers)

    assert refused.status_code == 422
    assert "does not follow from the answers" in refused.text
    assert "A bank holiday" in refused.text
