"""Evidence through its pages: added, refused, found, downloaded, withdrawn."""

import io
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests import given, given_audits, given_evidence
from tests.queries_counted import at_most
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Strength
from tracker.people.models import Authority
from tracker.platform import history

SAID = {
    "title": "PLO tracker summary",
    "shows": "Dates are complete in 22 of 24",
    "strength": "Outcome",
    "dated": "12 November 2025",
    "marking": "Official",
}
VOICE = SAID | {"words": "They listened", "voice_of": "Parent", "consent": "Asked on the day"}


def post(client: FlaskClient, kind: str, said: dict[str, Any], *, query: str = "") -> TestResponse:
    return client.post(f"/brent/evidence/add/{kind}{query}", data=said, content_type="multipart/form-data")


def a_file(content: bytes = given_evidence.PDF, name: str = "PLO tracker.pdf") -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def only(session: Session) -> Evidence:
    return session.query(Evidence).one()


def table(response: TestResponse) -> list[str]:
    soup = BeautifulSoup(response.text, "html.parser")
    return [" ".join(row.get_text(" ").split()) for row in soup.select("table tbody tr")]


def value_of(response: TestResponse, name: str) -> str:
    """What the box of this name holds."""
    return str(BeautifulSoup(response.text, "html.parser").select(f"[name={name}]")[0]["value"])


def errors(response: TestResponse) -> list[str]:
    soup = BeautifulSoup(response.text, "html.parser")
    return [one.get_text(" ", strip=True) for one in soup.select(".govuk-error-summary li")]


def test_an_empty_register_says_what_to_do_first(head_of_service: FlaskClient) -> None:
    assert "No evidence yet" in head_of_service.get("/brent/evidence").text


def test_the_kind_is_asked_first_and_keeps_what_it_speaks_for(head_of_service: FlaskClient, brent: Authority) -> None:
    given.an_action(item=given.an_item(title="Care proceedings"))

    page = head_of_service.get("/brent/evidence/add?item=I-1&action=A-1&kind=voice").text

    assert "It will speak for I-1 Care proceedings." in page
    assert "/brent/evidence/add/voice?item=I-1&amp;action=A-1&amp;kind=voice" in page


@pytest.mark.parametrize("kind", ["file", "link", "data", "audit", "observation", "practice-example", "voice"])
def test_every_kind_has_its_form(qa_officer: FlaskClient, kind: str) -> None:
    assert qa_officer.get(f"/brent/evidence/add/{kind}").status_code == 200


def test_there_is_no_form_for_a_kind_that_is_not(qa_officer: FlaskClient) -> None:
    assert qa_officer.get("/brent/evidence/add/rumour").status_code == 404


def test_a_document_is_added_and_linked_in_one_go(session: Session, head_of_service: FlaskClient) -> None:
    given.an_action(item=given.an_item())

    response = post(
        head_of_service, "file", SAID | {"file": a_file(), "item": "1", "theme": "HP11"}, query="?action=A-1"
    )

    assert response.location == "/brent/evidence/1"
    assert {link.item and link.item.reference for link in only(session).links} == {"I-1", None}
    assert {link.theme_code for link in only(session).links} == {"HP11", None}
    assert {link.action and link.action.reference for link in only(session).links} == {"A-1", None}


def test_one_after_another_keeps_what_they_speak_for(head_of_service: FlaskClient, brent: Authority) -> None:
    given.an_item()

    response = post(head_of_service, "voice", VOICE | {"item": "1", "theme": "HP11", "another": "yes"})

    assert response.location == "/brent/evidence/add/voice?item=I-1&theme=HP11"
    chosen = BeautifulSoup(head_of_service.get(response.location).text, "html.parser").select("option[selected]")
    assert {"1", "HP11"} <= {str(option["value"]) for option in chosen}


@pytest.mark.parametrize(
    ("kind", "said", "sentence"),
    [
        ("file", SAID, "Choose the file to add."),
        ("file", SAID | {"file": (b"", "empty.pdf")}, "The file is empty."),
        ("file", SAID | {"file": (b"MZ\x90" + bytes(99), "plan.pdf")}, "You can add PDF, Word"),
        ("file", SAID | {"file": (given_evidence.PDF, "../../etc/passwd")}, "holds a path to a folder"),
        ("file", SAID | {"file": (given_evidence.an_office_file("x/y.xml"), "a.docx")}, "is a zip archive"),
        ("data", SAID | {"title": ""}, "Enter a title"),
        ("data", SAID | {"dated": "31 February 2026"}, "must be a real date"),
        ("data", SAID | {"dated": "1 January 2150"}, "is in the future"),
        ("data", SAID | {"strength": "Miracle"}, "choose from the list"),
        ("data", SAID | {"item": "77"}, "Choose the item, area and theme from their lists."),
        ("data", SAID | {"owner": "nobody"}, "choose from the list"),
        ("link", SAID | {"url": "javascript:alert(1)"}, "Enter the address of the page, starting with https://"),
        ("voice", SAID, "Enter what was said, in their own words"),
        ("data", SAID | {"shows": "Case 1234567 drifted"}, "“1234567” in “What it shows” looks like a case number."),
    ],
)
def test_what_is_refused_says_why_and_records_nothing(
    session: Session, head_of_service: FlaskClient, kind: str, said: dict[str, Any], sentence: str
) -> None:
    if "file" in said:
        said = said | {"file": a_file(*said["file"])}

    response = post(head_of_service, kind, said)

    assert response.status_code == 422
    assert any(sentence in error for error in errors(response)), errors(response)
    assert session.query(Evidence).count() == 0
    assert value_of(response, "title") == said["title"]


def test_a_file_that_is_too_large_is_refused(
    session: Session, head_of_service: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(head_of_service.application.config, "LARGEST_UPLOAD", 1024 * 1024)

    large = FileStorage(io.BytesIO(given_evidence.PDF + bytes(1024 * 1024) + b"%%EOF"), "large.pdf")
    boundary, body = encode_multipart(SAID | {"file": large})

    response = head_of_service.post(
        "/brent/evidence/add/file", data=body, content_type=f"multipart/form-data; boundary={boundary}"
    )

    assert errors(response) == ["The file is larger than 1 MB. Choose a smaller file."]
    assert session.query(Evidence).count() == 0


def test_what_looks_like_child_data_may_stay_for_a_reason(session: Session, head_of_service: FlaskClient) -> None:
    said = SAID | {"shows": "Contract 1234567 ended"}

    asked = post(head_of_service, "data", said).text
    kept = post(head_of_service, "data", said | {"not_child_data_because": "A contract’s number"})

    assert "Why can this not lead to a child?" in asked
    assert kept.status_code == 302
    assert only(session).not_child_data_because == "A contract’s number"


def test_a_download_is_an_attachment_and_is_recorded(session: Session, qa_officer: FlaskClient) -> None:
    post(qa_officer, "file", SAID | {"file": a_file(name="Évaluation “à jour”.pdf")})

    page = qa_officer.get("/brent/evidence/1").text
    response = qa_officer.post("/brent/evidence/1/download")

    assert "Download Évaluation “à jour”.pdf" in page
    assert response.data == given_evidence.PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="valuation  jour.pdf"; '
        "filename*=UTF-8''%C3%89valuation%20%E2%80%9C%C3%A0%20jour%E2%80%9D.pdf"
    )
    newest = history.of(only(session))[0]
    assert (newest.what, newest.actor_name) == ("downloaded", "Amina Yusuf")


def test_there_is_nothing_to_download_where_there_is_no_file(qa_officer: FlaskClient, brent: Authority) -> None:
    given_evidence.evidence()

    response = qa_officer.post("/brent/evidence/1/download")

    assert response.status_code == 409
    assert "E-1 has no file" in response.text


def test_what_somebody_typed_is_shown_as_she_typed_it(head_of_service: FlaskClient, brent: Authority) -> None:
    given_evidence.evidence(title="<script>alert(1)</script>", shows="A & B")

    page = head_of_service.get("/brent/evidence/1").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_evidence_is_corrected_and_the_second_of_two_people_is_told(
    session: Session, head_of_service: FlaskClient, qa_officer: FlaskClient
) -> None:
    given_evidence.evidence()

    assert 'value="PLO tracker summary"' in head_of_service.get("/brent/evidence/1/correct").text
    first = head_of_service.post("/brent/evidence/1/correct", data=SAID | {"title": "Week 46", "version": "1"})
    second = qa_officer.post("/brent/evidence/1/correct", data=SAID | {"title": "Week 47", "version": "1"})

    assert first.location == "/brent/evidence/1"
    assert second.status_code == 422
    assert "E-1 was changed by somebody else" in errors(second)[0]
    assert only(session).title == "Week 46"


def test_a_practice_example_is_corrected_with_all_it_says(session: Session, head_of_service: FlaskClient) -> None:
    given_evidence.evidence(kind=Kind.PRACTICE_EXAMPLE)
    team = value_of(head_of_service.get("/brent/evidence/1/correct"), "team")
    said = SAID | {
        "version": "1",
        "team": "Localities 3",
        "contact": "Practice lead",
        "aims": "Less delay",
        "done": "Met",
    }
    response = head_of_service.post("/brent/evidence/1/correct", data=said)

    assert team == "Localities 2"
    assert response.status_code == 302
    assert only(session).practice.team == "Localities 3"  # type: ignore[union-attr]  # a practice example has one


def test_a_file_is_replaced(session: Session, head_of_service: FlaskClient) -> None:
    given_evidence.evidence(kind=Kind.FILE)

    nothing = head_of_service.post("/brent/evidence/1/file", data={"version": "1"})
    response = head_of_service.post(
        "/brent/evidence/1/file", data={"version": "1", "file": a_file(b"month,late\n", "late.csv")}
    )

    assert errors(nothing) == ["Choose the file to add."]
    assert response.status_code == 302
    assert only(session).file_name == "late.csv"


def test_evidence_is_withdrawn_with_a_reason_and_reinstated(session: Session, head_of_service: FlaskClient) -> None:
    given_evidence.evidence()

    refused = head_of_service.post("/brent/evidence/1/withdraw", data={"version": "1", "reason": ""})
    head_of_service.post("/brent/evidence/1/withdraw", data={"version": "1", "reason": "Counted twice"})
    page = head_of_service.get("/brent/evidence/1").text
    head_of_service.post("/brent/evidence/1/reinstate", data={"version": "2"})

    assert errors(refused) == ["Say why it can no longer be relied on"]
    assert "Withdrawn on" in page
    assert "Counted twice" in page
    assert only(session).withdrawn_on is None


@pytest.mark.parametrize(
    ("kind", "said"), [("link", SAID | {"url": "https://example.org/minutes"}), ("voice", VOICE), ("data", SAID)]
)
def test_whatever_kind_it_is_it_may_cover_a_period_up_to_its_day(
    session: Session, head_of_service: FlaskClient, kind: str, said: dict[str, Any]
) -> None:
    post(head_of_service, kind, said | {"period_from": "1 May 2025"})

    assert (only(session).period_from, only(session).period_to) == (date(2025, 5, 1), date(2025, 11, 12))
    assert "1 May 2025 to 12 November 2025" in head_of_service.get("/brent/evidence/1").text
    refused = post(head_of_service, kind, said | {"period_from": "13 November 2025"})
    assert errors(refused) == ["The period ends before it starts. Change one of its days."]


def test_evidence_is_said_to_speak_for_a_finding(session: Session, head_of_service: FlaskClient) -> None:
    given_audits.a_finding(given_audits.an_audit(given_audits.WEAK))
    given_evidence.evidence(shows="Dates are complete in 22 of 24")
    new, shows = "/brent/evidence/1/links/new", "What it shows was looked at again in May"

    assert errors(head_of_service.post(new, data={"finding": "F-9"})) == [
        "There is no finding F-9 here. Look it up in the list of findings."
    ]
    assert errors(head_of_service.post(new, data={"finding": "A-1"})) == [
        "Audit finding must be a reference such as F-9"
    ]
    assert head_of_service.post(new, data={"finding": "f-1", "finding_shows": shows}).status_code == 302

    assert shows in head_of_service.get("/brent/evidence/1").text
    assert shows in head_of_service.get("/brent/findings/1").text
    assert "E-1 is attached to F-1 already" in errors(head_of_service.post(new, data={"finding": "F-1"}))[0]


def test_evidence_is_linked_changed_and_unlinked(session: Session, head_of_service: FlaskClient) -> None:
    given.an_action()
    given_evidence.evidence()
    new = "/brent/evidence/1/links/new"

    assert errors(head_of_service.post(new, data={})) == ["Choose an item, an action, a finding, an area or a theme."]
    assert errors(head_of_service.post(new, data={"action": "A-9"})) == [
        "There is no action “A-9”. Enter a reference such as A-104."
    ]
    assert head_of_service.post(new, data={"action": "a-1", "action_shows": "Letters are clear"}).status_code == 302
    (link,) = only(session).links
    change = f"/brent/evidence/1/links/{link.id}"
    assert "Letters are clear" in head_of_service.get(change).text
    assert "case number" in errors(head_of_service.post(change, data={"shows_there": "Case 1234567"}))[0]
    head_of_service.post(change, data={"shows_there": "Letters are short"})
    assert "Letters are short" in head_of_service.get("/brent/evidence/1").text
    head_of_service.post(f"{change}/remove")

    assert only(session).links == []
    assert history.of(only(session))[0].what == "no longer linked to A-1"


def test_the_register_is_filtered_searched_and_sorted_by_its_address(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    item = given.an_item()
    given_evidence.evidence(title="Alpha", item=item, theme_code="HP11")
    given_evidence.evidence(title="Beta", kind=Kind.VOICE, strength=Strength.IMPACT)
    given_evidence.evidence(title="Gamma 100%", kind=Kind.AUDIT, area_code="leadership", withdrawn_on=item.raised_on)

    def titles(query: str) -> list[str]:
        rows = table(head_of_service.get(f"/brent/evidence?{query}"))
        return [word for row in rows for word in ("Alpha", "Beta", "Gamma") if word in row]

    assert titles("") == ["Beta", "Alpha"]
    assert titles("sort=number") == ["Alpha", "Beta"]
    assert titles("kind=voice") == ["Beta"]
    assert titles("strength=impact") == ["Beta"]
    assert titles("item=I-1") == ["Alpha"]
    assert titles("theme=HP11") == ["Alpha"]
    assert titles("area=help_protection") == ["Alpha"]
    assert titles("show=withdrawn") == ["Gamma"]
    assert titles("show=withdrawn&q=100%25") == ["Gamma"]
    assert titles("q=%25") == []
    assert titles("q=alpha+delay") == ["Alpha"]
    assert titles("show=mine") == []
    assert titles("kind=rumour&sort=nonsense&page=99&area=nowhere") == []


@pytest.mark.parametrize("query", ["authority=barnet", "kind=voice&kind=data", "q=%ff", "_external=1"])
def test_no_address_breaks_the_register(head_of_service: FlaskClient, brent: Authority, query: str) -> None:
    given_evidence.evidence()

    for path in ("evidence", "evidence/add", "evidence/coverage", "evidence/add/data"):
        assert head_of_service.get(f"/brent/{path}?{query}").status_code == 200


def test_the_export_holds_what_is_shown_and_nothing_that_runs(head_of_service: FlaskClient, brent: Authority) -> None:
    given_evidence.evidence(title="=1+1", item=given.an_item(title="Plans"))
    given_evidence.evidence(kind=Kind.VOICE)

    book = load_workbook(io.BytesIO(head_of_service.get("/brent/evidence/register.xlsx?kind=data").data))

    rows = [[cell.value for cell in row] for row in book["Evidence"].iter_rows()]
    assert len(rows) == 2
    assert rows[1][:3] == ["E-1", "'=1+1", "Data"]
    assert rows[1][7] == "I-1 Plans"


def test_coverage_shows_gaps_first_and_leads_to_the_evidence(head_of_service: FlaskClient, brent: Authority) -> None:
    given_evidence.evidence(theme_code="HP11")
    given_evidence.evidence(theme_code="HP12")
    given_evidence.evidence(theme_code="HP12", kind=Kind.VOICE)
    given_evidence.evidence(theme_code="HP12", kind=Kind.AUDIT)

    page = head_of_service.get("/brent/evidence/coverage?area=help_protection")

    assert "No evidence for 22 of 24 themes" in page.text
    assert [row.split()[0] for row in table(page)] == ["HP11", "HP12"]
    assert "No audit or voice" in table(page)[0]
    assert "Triangulated" in table(page)[1]
    assert [row.split()[0] for row in table(head_of_service.get("/brent/evidence/coverage?show=gaps"))] == ["HP11"]
    assert "/brent/evidence?theme=HP11" in page.text


def test_evidence_of_another_authority_is_not_there(head_of_service: FlaskClient, brent: Authority) -> None:
    given_evidence.evidence(authority=given.an_authority(slug="barnet", name="Barnet"))

    assert head_of_service.get("/brent/evidence/1").status_code == 404
    assert head_of_service.post("/brent/evidence/1/download").status_code == 404


def test_the_register_takes_as_many_statements_for_much_evidence_as_for_little(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    for number in range(20):
        given_evidence.evidence(title=f"Piece {number}", item=given.an_item(), theme_code="HP11")

    with at_most(10):
        assert len(table(head_of_service.get("/brent/evidence"))) == 20
    with at_most(8):
        head_of_service.get("/brent/evidence/coverage")


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_its_page(head_of_service: FlaskClient, brent: Authority, kind: Kind) -> None:
    given_evidence.evidence(kind=kind, theme_code="HP11", item=given.an_item())

    for path in ("", "/correct", "/file", "/withdraw", "/links/new"):
        assert head_of_service.get(f"/brent/evidence/1{path}").status_code == 200
