"""Pages on which an audit is started, answered and finished, attacked through forms and direct requests."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import given, given_audits
from tests.given_audits import GOOD, WEAK, WORST, typed_about
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import AuditState, Given
from tracker.people.models import Person
from tracker.platform.db import db

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")


def answer(client: FlaskClient, code: str = "plan", *, number: int = 1, **changes: str) -> TestResponse:
    return client.post(f"/brent/audits/{number}/domains/{code}", data={"saves": "0", "finding": "new"} | changes)


def test_an_empty_page_says_what_to_do_first(auditor: FlaskClient, head_of_service: FlaskClient) -> None:
    assert "Start the first audit" in auditor.get("/brent/audits").text
    assert "Start the first audit" not in head_of_service.get("/brent/audits").text
    assert "A QA officer starts one" in head_of_service.get("/brent/audits").text
    assert "No finding here" in auditor.get("/brent/findings").text


def test_a_qa_officer_starts_an_audit(auditor: FlaskClient) -> None:
    assert "/brent/audits/new/pre-proceedings" in auditor.get("/brent/audits/start").text

    response = auditor.post("/brent/audits/new/pre-proceedings", data=typed_about())

    assert response.location == "/brent/audits/1"
    page = auditor.get(response.location).text
    assert "Domains, 0 of 8 done" in page
    assert "Save and go to Assessment" in page


def test_a_name_in_place_of_a_reference_is_refused_with_what_was_typed_still_there(auditor: FlaskClient) -> None:
    response = auditor.post(
        "/brent/audits/new/pre-proceedings",
        data=typed_about(case_reference="Jade Smith", programme="Autumn"),
    )

    assert response.status_code == 422
    assert "This looks like a name" in response.text
    assert 'value="Autumn"' in response.text
    assert db.session.query(Audit).count() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"period_from": "31 February 2026"}, "must be a real date"),
        ({"period_to": "1 January 2026"}, "ends before it begins"),
        ({"period_to": "1 January 2027"}, "An audit looks back"),
        ({"area": "care_leavers"}, "choose from the list"),
        ({"team": "someone else's"}, "choose from the list"),
        ({"family_said": "It helped"}, "feedback was obtained"),
        ({"case_reference": ""}, "Enter a made-up reference"),
    ],
)
def test_wrong_facts_start_nothing(auditor: FlaskClient, changes: dict[str, str], sentence: str) -> None:
    response = auditor.post("/brent/audits/new/pre-proceedings", data=typed_about(**changes))

    assert response.status_code == 422
    assert sentence in response.text
    assert db.session.query(Audit).count() == 0


def test_an_unknown_tool_is_not_found(auditor: FlaskClient) -> None:
    assert auditor.get("/brent/audits/new/astrology").status_code == 404


@pytest.mark.parametrize("path", ["audits/start", "audits/new/pre-proceedings", "audits/1/moderate", "audits/1/finish"])
def test_a_head_of_service_does_not_audit(head_of_service: FlaskClient, amina: Person, path: str) -> None:
    given_audits.a_draft(auditor=amina)

    assert head_of_service.get(f"/brent/{path}").status_code == 403


def test_another_authoritys_audit_is_not_found(auditor: FlaskClient) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    given_audits.a_finding(given_audits.an_audit(authority=barnet))

    assert auditor.get("/brent/audits/1").status_code == 404
    assert auditor.get("/brent/findings/1").status_code == 404
    assert auditor.get("/barnet/audits/1").status_code == 404


def test_a_domain_is_saved_and_the_next_one_opens(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)

    response = answer(auditor, grade=WEAK, seen="Reviewed twice", difference="Calmer", then="next")

    assert response.location == "/brent/audits/1?domain=visits"
    assert audit.domains[3].by_auditor == Given(WEAK)
    assert (audit.domains[3].seen, audit.domains[3].difference) == ("Reviewed twice", "Calmer")


def test_save_and_leave_saves_what_is_there(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)

    response = answer(auditor, seen="Half a thought", then="leave")

    assert response.location == "/brent/audits?show=mine"
    assert audit.domains[3].seen == "Half a thought"
    assert "Words saved, no grade yet" in auditor.get("/brent/audits/1").text


def test_the_last_domain_leads_to_the_whole_case(auditor: FlaskClient, amina: Person) -> None:
    given_audits.a_draft(auditor=amina)

    assert answer(auditor, "impact", grade=GOOD).location == "/brent/audits/1/finish"


def test_two_windows_on_one_domain_keep_what_both_typed(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)
    answer(auditor, grade=GOOD, seen="From the first window")

    response = answer(auditor, grade=WEAK, seen="From the second window")

    assert response.status_code == 422
    assert "From the first window" in response.text
    assert "From the second window" in response.text
    assert audit.domains[3].seen == "From the first window"
    again = answer(auditor, grade=WEAK, seen="From the second window", saves="1")
    assert again.status_code == 302
    assert audit.domains[3].seen == "From the second window"


@pytest.mark.parametrize("saves", ["", "-1", "many", "99"])
def test_a_version_that_was_tampered_with_saves_nothing(auditor: FlaskClient, amina: Person, saves: str) -> None:
    audit = given_audits.a_draft(auditor=amina)

    assert answer(auditor, grade=GOOD, saves=saves).status_code == 422
    assert audit.domains[3].grade_code is None


def test_a_wrong_day_in_the_finding_keeps_the_version_so_that_nothing_is_overwritten(
    auditor: FlaskClient, amina: Person
) -> None:
    audit = given_audits.a_draft(auditor=amina)
    answer(auditor, grade=GOOD, seen="From the first window")

    response = answer(auditor, grade=WEAK, what="No reason for delay", agree_by="31 February")

    assert response.status_code == 422
    assert 'name="saves" value="0"' in response.text
    assert audit.domains[3].grade_code == GOOD


@pytest.mark.parametrize("grade", ["excellent", "10", "<script>"])
def test_a_grade_that_was_not_offered_is_refused(auditor: FlaskClient, amina: Person, grade: str) -> None:
    given_audits.a_draft(auditor=amina)

    assert answer(auditor, grade=grade).status_code == 422


def test_an_nhs_number_is_refused_and_what_was_typed_is_still_there(auditor: FlaskClient, amina: Person) -> None:
    given_audits.a_draft(auditor=amina)

    response = answer(auditor, grade=GOOD, seen="Record 943 476 5919 is thin")

    assert response.status_code == 422
    assert "This looks like an NHS number: 943 476 5919." in response.text
    assert "is thin" in response.text


def test_a_colleague_reads_a_draft_and_cannot_post_to_it(moderator: FlaskClient, amina: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)

    assert "What did you see?" not in moderator.get("/brent/audits/1").text
    assert answer(moderator, grade=GOOD).status_code == 422
    assert audit.domains[3].grade_code is None


def test_a_finding_is_raised_with_the_domain_and_changed_with_it(auditor: FlaskClient, amina: Person) -> None:
    samira = given.a_person(name="Samira Okafor")
    item = given.an_item()
    audit = given_audits.a_draft(auditor=amina)

    answer(auditor, grade=WEAK, what="Reason for delay not recorded", owner=str(samira.id), item=f"i-{item.number}")
    finding = audit.findings[0]
    assert (finding.owner, finding.item, finding.domain_code, finding.theme_code) == (samira, item, "plan", "HP08")

    page = auditor.get("/brent/audits/1?domain=plan").text
    assert "Reason for delay not recorded" in page
    assert f"/brent/findings/{finding.number}#join" in page
    answer(
        auditor, grade=WEAK, saves="1", finding="1", finding_version=str(finding.version), what="Delay not explained",
        owner=str(samira.id), agree_by="4 December 2026",
    )  # fmt: skip
    assert (finding.what, finding.item) == ("Delay not explained", None)
    answer(auditor, grade=WEAK, saves="2", finding="new", what="A second one")
    assert [one.what for one in db.session.query(Finding).order_by(Finding.number)] == [
        "Delay not explained",
        "A second one",
    ]


def test_an_unknown_item_saves_neither_grade_nor_finding(auditor: FlaskClient, amina: Person) -> None:
    given_audits.a_draft(auditor=amina)
    db.session.commit()

    response = answer(auditor, grade=WEAK, what="Delay", item="I-99")

    assert response.status_code == 422
    assert "There is no improvement item I-99" in response.text
    assert db.session.query(Finding).count() == 0
    assert "Domains, 0 of 8 done" in auditor.get("/brent/audits/1").text


def test_an_audit_is_finished_from_its_page(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)
    for domain in audit.domains:
        given_audits.graded(audit, domain.domain_code, GOOD)
    assert auditor.get("/brent/audits/1").location == "/brent/audits/1/finish"

    response = auditor.post(
        "/brent/audits/1/finish", data={"version": str(audit.version), "grade": WEAK, "strengths": "Seen often"}
    )

    assert response.location == "/brent/audits/1"
    assert "A re-audit is due by 20 February 2027" in auditor.get(response.location).text


def test_finishing_too_early_says_what_is_missing(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)

    response = auditor.post(
        "/brent/audits/1/finish", data={"version": str(audit.version), "grade": WEAK, "strengths": "Seen often"}
    )

    assert response.status_code == 422
    assert "Not graded yet: Chronology; Assessment" in response.text
    assert "Seen often" in response.text


def test_an_inadequate_grade_without_safety_is_refused_and_then_flagged(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)
    for domain in audit.domains:
        given_audits.graded(audit, domain.domain_code, WORST)
    asked = {"version": str(audit.version), "grade": WORST, "strengths": "None seen"}
    assert "No safety action recorded" in auditor.get("/brent/audits/1/finish").text

    refused = auditor.post("/brent/audits/1/finish", data=asked)
    done = auditor.post("/brent/audits/1/finish", data=asked | {"safety_action": "Visited the same day"})

    assert "Say what was done at once" in refused.text
    assert done.status_code == 302
    assert "Done at once: Visited the same day" in auditor.get("/brent/audits/1").text


def test_a_finished_audit_refuses_posts_from_an_old_page(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.an_audit(GOOD, auditor=amina)

    assert answer(auditor, grade=WEAK, saves="1").status_code == 422
    assert auditor.post("/brent/audits/1/finish", data={"grade": WEAK, "strengths": "x"}).status_code == 422
    assert auditor.post("/brent/audits/1/about", data=typed_about()).status_code == 422
    assert audit.domains[3].grade_code == GOOD


def test_a_finished_audit_is_taken_up_again(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.an_audit(GOOD, auditor=amina)
    assert "Take it up again" in auditor.get("/brent/audits/1").text

    auditor.post("/brent/audits/1/take-up-again", data={"version": str(audit.version)})

    assert audit.state is AuditState.DRAFT


def test_the_facts_are_corrected_and_the_family_heard(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)
    assert 'value="BR-4471"' in auditor.get("/brent/audits/1/about").text

    auditor.post("/brent/audits/1/about", data=typed_about(case_reference="BR-4472", version=str(audit.version)))
    auditor.post(
        "/brent/audits/1/feedback",
        data={"version": str(audit.version), "family_feedback": "Obtained", "family_said": "We were heard"},
    )

    assert (audit.case_reference, audit.family_said) == ("BR-4472", "We were heard")
