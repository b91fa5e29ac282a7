"""The self-evaluation through its pages: who may do what, and what a refusal says."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests import given, given_evidence
from tests import given_self_evaluation as given_se
from tests.queries_counted import at_most
from tracker.improvements.rules import MappedTo
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.self_evaluation import commands, queries
from tracker.self_evaluation.models import SelfEvaluation, Statement
from tracker.self_evaluation.rules import Question, StatementState, VersionState

WORDS = {"title": "Letters", "question": "know", "text": "Letters are clear [E-1].", "item": ""}


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    assert found, f"no hidden field {name}"
    return found[1]


def the_statement(brent: Authority, text: str = "We will meet weekly.") -> Statement:
    return given_se.a_statement(text, version=given_se.a_version(authority=brent), question=Question.PLANS)


def newest(brent: Authority) -> SelfEvaluation:
    version = queries.newest(brent)
    assert version is not None
    return version


# Starting and writing -----------------------------------------------------------------------------------------


def test_an_authority_without_a_version_is_told_how_to_start(head_of_service: FlaskClient) -> None:
    page = head_of_service.get("/brent/self-evaluation").text

    assert "No version yet" in page
    assert 'href="/brent/self-evaluation/start"' in page


def test_the_first_version_is_started_and_waits_for_words(head_of_service: FlaskClient, brent: Authority) -> None:
    assert head_of_service.post("/brent/self-evaluation/start", data={"title": " "}).status_code == 422

    page = head_of_service.post("/brent/self-evaluation/start", data={"title": "Autumn 2026"}, follow_redirects=True)

    assert "Self-evaluation, version 1" in page.text
    assert page.text.count("Nothing written yet") == 12
    assert newest(brent).title == "Autumn 2026"


def test_a_statement_is_written_read_with_its_marks_and_linked(head_of_service: FlaskClient, brent: Authority) -> None:
    given_evidence.evidence(authority=brent, title="Dip sample", area_code="help_protection")
    given.an_item(authority=brent, wording="The quality of plans")
    given_se.a_version(authority=brent)
    url = "/brent/statements/new?area=help_protection"
    assert "Dip sample" in head_of_service.get(url).text

    page = head_of_service.post(
        url, data=WORDS | {"text": "Letters are clear [e-1]. All is well.", "item": "i-1"}, follow_redirects=True
    ).text

    assert "S-1 saved as a draft." in page
    assert "a: no evidence" in page
    assert '<sup><a class="govuk-link" href="#citation-1">[1]' in page
    assert "It answers" in page
    assert 'href="/brent/evidence/1"' in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Enter a title"),
        ({"question": ""}, "Choose a question"),
        ({"item": "I-77"}, "There is no improvement item I-77"),
        ({"item": "A-1"}, "must be a reference such as I-9"),
        ({"text": "A" * 100_000}, "“Letters” has 100,000 characters; a statement may have 20,000"),
    ],
)
def test_what_cannot_be_saved_is_refused_with_the_text_still_there(
    head_of_service: FlaskClient, brent: Authority, change: dict[str, str], sentence: str
) -> None:
    given_se.a_version(authority=brent)

    page = head_of_service.post("/brent/statements/new?area=help_protection", data=WORDS | change)

    assert page.status_code == 422
    assert sentence in page.text
    assert (WORDS | change)["text"][:24] in page.text
    assert queries.version(brent, 1).statements == []  # type: ignore[union-attr]  # there is a version


@pytest.mark.parametrize("area", ["", "overall", "nowhere"])
def test_there_is_no_page_to_write_on_an_unknown_area(
    head_of_service: FlaskClient, brent: Authority, area: str
) -> None:
    given_se.a_version(authority=brent)

    assert head_of_service.get(f"/brent/statements/new?area={area}").status_code == 404


def test_the_second_to_save_sees_both_texts_and_may_then_save_her_own(
    head_of_service: FlaskClient, qa_officer: FlaskClient, brent: Authority
) -> None:
    statement = the_statement(brent)
    url = f"/brent/statements/{statement.number}/write"
    opened = hidden(head_of_service.get(url).text, "version")
    qa_officer.post(url, data=WORDS | {"version": opened, "text": "Written by QA.", "question": "plans"})

    conflict = head_of_service.post(
        url, data=WORDS | {"version": opened, "text": "Written by me.", "question": "plans"}
    )

    assert conflict.status_code == 422
    assert "saved by somebody else, or in another window, while you were writing" in conflict.text
    assert "Written by QA." in conflict.text
    assert "Written by me." in conflict.text
    assert "by Amina Yusuf" in conflict.text
    assert statement.text == "Written by QA."

    again = {"version": hidden(conflict.text, "version"), "text": "Put together.", "question": "plans"}
    assert head_of_service.post(url, data=WORDS | again).status_code == 302
    assert statement.text == "Put together."


@pytest.mark.parametrize("version", ["", "0", "99", "x"])
def test_a_form_without_its_version_overwrites_nothing(
    head_of_service: FlaskClient, brent: Authority, version: str
) -> None:
    statement = the_statement(brent)

    page = head_of_service.post("/brent/statements/1/write", data=WORDS | {"version": version})

    assert page.status_code == 422
    assert statement.text == "We will meet weekly."


def test_markdown_reads_as_lists_and_tables_and_never_as_markup_of_the_page(
    director: FlaskClient, brent: Authority
) -> None:
    the_statement(
        brent,
        "# Now\n\nWe will do this:\n\n- **meet** weekly\n  - with lawyers\n- plan\n\n1. first\n\n"
        "| Team | <b>12</b> |\n|---|---|\n| North | <script>alert(1)</script> |\n\n[x](javascript:alert(1))",
    )

    page = director.get("/brent/statements/1").text

    assert "<li>meet weekly<ul" in page
    assert "<li>with lawyers</li></ul></li>" in page
    assert '<ol class="govuk-list govuk-list--number">' in page
    assert '<th scope="col">Team</th>' in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    "text",
    [
        "A" * 20_000,
        "We [E-1] " * 2_000,
        "\n".join(f"{' ' * depth}- point {depth}" for depth in range(180)),
        "\u202eאנחנו יודעים. נוכל לומר.\u202c العربية. لغة.",
        "<table><tr><td onclick='x'>" * 200,
        "{{ 7 * 7 }}{% raw %}",
        "**" * 9_000,
        "\x00\x07 nothing \ud7ff \ufffe",
        "👍 " * 3_000,
    ],
)
def test_whatever_is_pasted_is_kept_and_shown(head_of_service: FlaskClient, brent: Authority, text: str) -> None:
    given_se.a_version(authority=brent)

    saved = head_of_service.post("/brent/statements/new?area=leadership", data=WORDS | {"text": text})

    assert saved.status_code == 302
    assert head_of_service.get("/brent/statements/1").status_code == 200
    assert head_of_service.get("/brent/statements/1/write").status_code == 200
    assert head_of_service.get("/brent/self-evaluation").status_code == 200


# Review and sign-off of statements ----------------------------------------------------------------------------


def test_a_statement_goes_to_review_and_is_signed_off_by_a_colleague(
    head_of_service: FlaskClient, qa_officer: FlaskClient, brent: Authority
) -> None:
    given_se.a_version(authority=brent)
    head_of_service.post(
        "/brent/statements/new?area=leadership", data=WORDS | {"question": "plans", "text": "We will meet."}
    )

    sent = head_of_service.post("/brent/statements/1/review", follow_redirects=True).text
    assert "S-1 is in review" in sent
    assert "You wrote it, so a colleague signs it off." in sent

    page = qa_officer.get("/brent/statements/1").text
    signed = qa_officer.post(
        "/brent/statements/1/sign-off", data={"version": hidden(page, "version")}, follow_redirects=True
    )
    assert "S-1 is signed off." in signed.text


def test_its_author_may_not_sign_it_off(head_of_service: FlaskClient, brent: Authority) -> None:
    given_se.a_version(authority=brent)
    head_of_service.post(
        "/brent/statements/new?area=leadership", data=WORDS | {"question": "plans", "text": "We will meet."}
    )
    head_of_service.post("/brent/statements/1/review")

    refused = head_of_service.post("/brent/statements/1/sign-off")

    assert refused.status_code == 403
    assert "You wrote S-1. Somebody else has to sign it off." in refused.text


def test_a_claim_is_refused_with_its_reference(qa_officer: FlaskClient, brent: Authority) -> None:
    statement = given_se.a_statement("Practice is good.", version=given_se.a_version(authority=brent))
    commands.send_for_review(statement)

    refused = qa_officer.post("/brent/statements/1/sign-off")

    assert refused.status_code == 409
    assert "These make a claim without evidence: S-1" in refused.text


def test_a_text_saved_since_the_page_was_opened_is_not_signed_off(qa_officer: FlaskClient, brent: Authority) -> None:
    statement = the_statement(brent)
    commands.send_for_review(statement)

    refused = qa_officer.post("/brent/statements/1/sign-off", data={"version": str(statement.version - 1)})

    assert refused.status_code == 409
    assert "Read it again first" in refused.text
    assert statement.state is StatementState.IN_REVIEW


def test_a_reviewer_sends_back_with_a_reason(qa_officer: FlaskClient, brent: Authority) -> None:
    commands.send_for_review(the_statement(brent))

    empty = qa_officer.post("/brent/statements/1/send-back", data={"reason": ""})
    assert empty.status_code == 422
    assert "Say what should change" in empty.text

    page = qa_officer.post("/brent/statements/1/send-back", data={"reason": "Say by when"}, follow_redirects=True)
    assert "S-1 is a draft again." in page.text
    assert "Say by when" in page.text


def test_a_statement_is_removed_with_a_reason(head_of_service: FlaskClient, brent: Authority) -> None:
    the_statement(brent)

    assert head_of_service.post("/brent/statements/1/remove", data={}).status_code == 422
    page = head_of_service.post("/brent/statements/1/remove", data={"reason": "Said twice"}, follow_redirects=True)

    assert "S-1 is removed" in page.text
    assert head_of_service.get("/brent/statements/1").status_code == 404


# Grades and versions ------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    "address",
    ["/brent/statements/1", "/brent/statements/1/write", "/brent/statements/1/compare", "/brent/self-evaluation/1"],
)
def test_another_authoritys_statements_and_versions_are_not_found(
    director: FlaskClient, brent: Authority, address: str
) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    given_se.a_signed_version(authority=barnet, by=given.a_person(authority=barnet, role=Role.DIRECTOR))

    assert director.get(address).status_code == 404


def test_a_version_page_costs_the_same_for_forty_statements_as_for_four(
    director: FlaskClient, brent: Authority
) -> None:
    given_evidence.evidence(authority=brent, dated=date(2026, 11, 1))
    version, author = given_se.a_version(authority=brent), given.a_person()
    for _ in range(40):
        given_se.a_statement("Delay fell [E-1].", version=version, author=author)

    with at_most(19):
        assert "S-40" in director.get("/brent/self-evaluation").text


def test_a_statement_page_takes_a_bounded_number_of_statements(director: FlaskClient, brent: Authority) -> None:
    for number in range(30):
        given_evidence.evidence(authority=brent, title=f"Evidence {number}")
    cites = " ".join(f"Seen [E-{number}]." for number in range(1, 31))
    item = given_se.mapped(given.an_item(authority=brent), MappedTo.THEME, code="HP11")
    given_se.a_statement(cites, version=given_se.a_version(authority=brent), item=item)

    with at_most(22):
        assert "E-30" in director.get("/brent/statements/1").text
