"""Statements of the self-evaluation through its pages: who may do what, and what a refusal says."""

import pytest
from flask.testing import FlaskClient

from tests import given, given_evidence
from tests import given_self_evaluation as given_se
from tests.given_self_evaluation import WORDS, hidden, the_statement
from tests.queries_counted import at_most
from tracker.improvements.rules import MappedTo
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.self_evaluation import commands, queries
from tracker.self_evaluation.models import SelfEvaluation
from tracker.self_evaluation.rules import StatementState


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


def test_a_statement_page_takes_a_bounded_number_of_statements(director: FlaskClient, brent: Authority) -> None:
    for number in range(30):
        given_evidence.evidence(authority=brent, title=f"Evidence {number}")
    cites = " ".join(f"Seen [E-{number}]." for number in range(1, 31))
    item = given_se.mapped(given.an_item(authority=brent), MappedTo.THEME, code="HP11")
    given_se.a_statement(cites, version=given_se.a_version(authority=brent), item=item)

    with at_most(22):
        assert "E-30" in director.get("/brent/statements/1").text
