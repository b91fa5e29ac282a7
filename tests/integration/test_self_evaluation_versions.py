"""Grades and versions of the self-evaluation through its pages: agreed, signed, frozen and carried forward."""

from datetime import date

from flask.testing import FlaskClient

from tests import given, given_evidence
from tests import given_self_evaluation as given_se
from tests.given_self_evaluation import WORDS, hidden, the_statement
from tests.queries_counted import at_most
from tracker.people.models import Authority
from tracker.self_evaluation import commands
from tracker.self_evaluation.rules import VersionState


def test_an_area_is_graded_and_a_director_agrees(
    head_of_service: FlaskClient, director: FlaskClient, brent: Authority
) -> None:
    given_se.a_version(authority=brent)
    url = "/brent/self-evaluation/areas/help_protection"
    version = hidden(head_of_service.get(url).text, "version")
    answers = {"version": version, "grade": "good", "reason": "Plans hold.", "not_sure_of": "Fathers\nDelay"}

    unsure = head_of_service.post(url, data=answers)
    assert unsure.status_code == 422
    assert "Say how confident you are in that grade" in unsure.text

    page = head_of_service.post(url, data=answers | {"confidence": "High"}, follow_redirects=True).text
    assert "<li>Fathers</li><li>Delay</li>" in page
    assert "Agree this grade" not in page

    forbidden = head_of_service.post(f"{url}/agree")
    assert forbidden.status_code == 403
    assert "you may not sign the self-evaluation" in forbidden.text

    page = director.get("/brent/self-evaluation").text
    agreed = director.post(f"{url}/agree", data={"version": hidden(page, "version")}, follow_redirects=True)
    assert "The self-grade is agreed." in agreed.text


def test_a_stale_grade_form_overwrites_nothing(head_of_service: FlaskClient, brent: Authority) -> None:
    version = given_se.a_version(authority=brent)
    view = given_se.graded(version)
    stale = {"version": "0", "grade": "outstanding", "confidence": "High"}

    page = head_of_service.post("/brent/self-evaluation/areas/help_protection", data=stale)

    assert page.status_code == 422
    assert "Somebody else saved this area" in page.text
    assert view.grade_code == "good"


def test_only_a_director_signs_a_version_and_it_is_frozen(
    head_of_service: FlaskClient, director: FlaskClient, brent: Authority
) -> None:
    version = the_statement(brent).self_evaluation
    given_se.all_agreed(version)

    page = head_of_service.post("/brent/self-evaluation/1/review", follow_redirects=True).text
    assert "Version 1 is in review" in page
    assert "Pass version 1 on to the director" in page
    assert "with a head of service" in director.post("/brent/self-evaluation/1/sign-off", data={}).text
    read = {"read": hidden(page, "read")}
    assert head_of_service.post("/brent/self-evaluation/1/pass-on", data={"read": "0"}).status_code == 409
    page = head_of_service.post("/brent/self-evaluation/1/pass-on", data=read, follow_redirects=True).text
    assert "It is with the director for signature." in page
    assert head_of_service.get("/brent/self-evaluation/1/sign-off").status_code == 403
    assert head_of_service.post("/brent/self-evaluation/1/sign-off").status_code == 403

    asked = director.get("/brent/self-evaluation/1/sign-off").text
    assert "Sign off as Dana Whitfield" in asked
    page = director.post(
        "/brent/self-evaluation/1/sign-off", data={"read": hidden(asked, "read")}, follow_redirects=True
    ).text
    assert "You signed version 1." in page
    assert version.frozen_sha256 in page
    assert version.state is VersionState.SIGNED_OFF
    refused = head_of_service.post("/brent/statements/1/review")
    assert (refused.status_code, "cannot change" in refused.text) == (409, True)


def test_a_director_who_read_older_words_is_told(director: FlaskClient, brent: Authority) -> None:
    statement = the_statement(brent)
    version = statement.self_evaluation
    given_se.all_agreed(version)
    given_se.passed_on(version)
    read = hidden(director.get("/brent/self-evaluation/1/sign-off").text, "read")
    statement.text = "We will meet daily."

    page = director.post("/brent/self-evaluation/1/sign-off", data={"read": read})

    assert page.status_code == 422
    assert "Somebody changed this version since you opened it" in page.text
    assert hidden(page.text, "read") != read


def test_signing_is_refused_in_a_sentence_while_a_grade_is_not_agreed(director: FlaskClient, brent: Authority) -> None:
    given_se.passed_on(the_statement(brent).self_evaluation)

    page = director.post("/brent/self-evaluation/1/sign-off", data={})

    assert page.status_code == 422
    assert "There is no self-grade for leaders yet" in page.text


def test_a_version_in_review_is_sent_back_with_a_reason(director: FlaskClient, brent: Authority) -> None:
    version = the_statement(brent).self_evaluation
    commands.send_version_for_review(version)

    assert director.post("/brent/self-evaluation/1/send-back", data={"reason": " "}).status_code == 422
    page = director.post("/brent/self-evaluation/1/send-back", data={"reason": "Too long"}, follow_redirects=True)

    assert "Version 1 is a draft again." in page.text
    assert version.state is VersionState.DRAFT


def test_a_signed_version_is_carried_forward_and_both_can_be_read(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    given_se.a_signed_version(authority=brent, text="We will meet weekly.")

    page = head_of_service.post("/brent/self-evaluation/start", data={"title": "Winter"}, follow_redirects=True).text
    assert "Self-evaluation, version 2" in page

    compared = head_of_service.get("/brent/statements/2").text
    assert "Compare with version 1" in compared
    head_of_service.post(
        "/brent/statements/2/write",
        data=WORDS | {"version": hidden(head_of_service.get("/brent/statements/2/write").text, "version"),
                      "question": "plans", "text": "We will meet daily."},
    )  # fmt: skip
    difference = head_of_service.get("/brent/statements/2/compare").text
    assert "We will meet <del>weekly.</del>" in difference
    assert "We will meet <ins>daily.</ins>" in difference
    assert "Self-evaluation, version 1" in head_of_service.get("/brent/self-evaluation/1").text
    assert head_of_service.get("/brent/statements/1/compare").status_code == 404


def test_a_second_version_is_not_started_while_one_is_open(head_of_service: FlaskClient, brent: Authority) -> None:
    given_se.a_version(authority=brent)

    page = head_of_service.post("/brent/self-evaluation/start", data={"title": "Winter"})

    assert page.status_code == 422
    assert "Version 1 is not signed off yet" in page.text


def test_whoever_saves_or_agrees_a_kinder_grade_without_a_reason_is_asked_for_it(
    director: FlaskClient, brent: Authority
) -> None:
    given.an_inspection(authority=brent, grades={"help_protection": "good"})
    view = next(view for view in given_se.a_version(authority=brent).views if view.area_code == "help_protection")
    said = "We call this area outstanding, but inspectors called it good"
    words = {"grade": "outstanding", "confidence": "High", "reason": "", "not_sure_of": "", "version": view.version}

    saved = director.post("/brent/self-evaluation/areas/help_protection", data=words, follow_redirects=True)
    assert "A director has to agree it. " + said in saved.text
    agreed = director.post(
        "/brent/self-evaluation/areas/help_protection/agree", data={"version": view.version}, follow_redirects=True
    )
    assert "The self-grade is agreed. " + said in agreed.text
    assert "Nobody has said why: give the reason, or change the grade." in agreed.text

    words |= {"reason": "Every case that we looked at in summer.", "version": view.version}
    saved = director.post("/brent/self-evaluation/areas/help_protection", data=words, follow_redirects=True)
    assert "Nobody has said why" not in saved.text


def test_a_grade_kinder_than_inspectors_without_a_reason_is_a_gap(director: FlaskClient, brent: Authority) -> None:
    given.an_inspection(authority=brent, grades={"help_protection": "good"})
    version = given_se.a_version(authority=brent)
    given_se.graded(version, grade_code="outstanding")
    page = director.get("/brent/self-evaluation").text
    assert "Kinder than the evidence." in page
    assert "We call this area outstanding, but inspectors called it good in" in page
    assert "Say why, or change the grade" in page

    given_se.graded(version, grade_code="outstanding", reason="Audits show it.")
    page = director.get("/brent/self-evaluation").text
    assert "Our reason: Audits show it." in page
    assert "Say why, or change the grade" not in page


def test_a_version_page_costs_the_same_for_forty_statements_as_for_four(
    director: FlaskClient, brent: Authority
) -> None:
    given_evidence.evidence(authority=brent, dated=date(2026, 11, 1))
    version, author = given_se.a_version(authority=brent), given.a_person()
    for _ in range(40):
        given_se.a_statement("Delay fell [E-1].", version=version, author=author)

    with at_most(19):
        assert "S-40" in director.get("/brent/self-evaluation").text
