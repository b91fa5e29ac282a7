"""Items from every source: what each is asked, where it is shown, and what is refused."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import given
from tracker.improvements import commands, queries
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import Source
from tracker.improvements.sources.rules import QUESTIONS, Origin
from tracker.people.models import Authority
from tracker.platform.errors import Refused

TODAY = date(2026, 11, 20)
NOTICE = {
    "wording": "Requests for records are answered within one month.",
    "title": "Answering requests for records",
    "document": "Information notice 7",
    "dated": "2 September 2026",
    "place": "paragraph 3(b)",
    "said_by": "The information regulator",
    "url": "https://example.org/notices/7",
    "raised_on": "3 September 2026",
}
ORIGIN = Origin("Peer challenge of the front door", date(2026, 5, 12), "page 4", "The peer team")


def errors(page: str) -> list[str]:
    return [one.get_text(strip=True) for one in BeautifulSoup(page, "html.parser").select(".govuk-error-summary li")]


def an_item_of_a_peer_review(authority: Authority) -> ImprovementItem:
    return commands.add_item(
        authority,
        wording="Thresholds are not understood alike.",
        title="One understanding of thresholds",
        source=Source.PEER_REVIEW,
        origin=ORIGIN,
        raised_on=TODAY,
        today=TODAY,
    )


def test_where_it_comes_from_is_asked_first(head_of_service: FlaskClient) -> None:
    page = BeautifulSoup(head_of_service.get("/brent/items/new").text, "html.parser")

    offered = [one.get_text() for one in page.select("main tbody th a")]
    assert offered == [source.value for source in Source]


@pytest.mark.parametrize("source", list(Source))
def test_each_source_asks_in_its_own_words(head_of_service: FlaskClient, source: Source) -> None:
    page = head_of_service.get(f"/brent/items/new/{source.slug}").text

    assert QUESTIONS[source].document.label in page
    assert QUESTIONS[source].dated.label in page


def test_a_notice_is_added_with_its_name_day_paragraph_and_who_served_it(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    answer = head_of_service.post("/brent/items/new/statutory-notice", data=NOTICE)

    item = queries.items(brent)[0]
    assert answer.status_code == 302
    assert (item.source, item.origin) == (
        Source.STATUTORY_NOTICE,
        Origin(
            "Information notice 7", date(2026, 9, 2), "paragraph 3(b)", "The information regulator",
            "https://example.org/notices/7",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "typed", "refusal"),
    [
        ("document", "", "Say which notice"),
        ("dated", "", "Enter the day on which the notice was served"),
        ("dated", "31 February 2026", "Served on must be a real date, such as 11 December 2026"),
        ("place", "", "Say which requirement of the notice"),
        ("said_by", "", "Say who served it"),
        ("url", "http://example.org", "Enter a link that starts with https://."),
        ("url", "javascript:alert(1)", "Enter a link that starts with https://."),
        ("document", "x" * 301, "Use 300 characters or fewer"),
        ("dated", "1 January 2150", "1 January 2150 is still to come. Enter the date that is on the document."),
    ],
)
def test_what_a_notice_lacks_is_refused_and_nothing_is_lost(
    head_of_service: FlaskClient, brent: Authority, field: str, typed: str, refusal: str
) -> None:
    answer = head_of_service.post("/brent/items/new/statutory-notice", data=NOTICE | {field: typed})

    assert (answer.status_code, errors(answer.text)) == (422, [refusal])
    assert NOTICE["wording"] in answer.text
    assert queries.items(brent) == []


def test_the_names_of_a_source_say_nothing_of_a_child(head_of_service: FlaskClient, brent: Authority) -> None:
    said = NOTICE | {"said_by": "Mother of a child born on 4 March 2015"}

    answer = head_of_service.post("/brent/items/new/statutory-notice", data=said)

    assert answer.status_code == 422
    assert "looks like a date of birth" in answer.text
    assert queries.items(brent) == []


def test_a_source_that_does_not_exist_is_not_found(head_of_service: FlaskClient) -> None:
    assert head_of_service.get("/brent/items/new/hearsay").status_code == 404
    assert head_of_service.post("/brent/items/new/hearsay", data=NOTICE).status_code == 404


def test_the_item_says_where_it_was_said_and_links_to_the_plan_of_its_source(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    item = an_item_of_a_peer_review(brent)
    item.source_url = "https://example.org/letter"

    page = BeautifulSoup(head_of_service.get("/brent/items/1").text, "html.parser")

    quoted = " ".join(page.select_one("blockquote cite").get_text().split())  # type: ignore[union-attr]  # it is there
    assert quoted.startswith(
        "Peer review: Peer challenge of the front door, 12 May 2026, page 4. The peer team. Open the document"
    )
    letter = page.find("a", href="https://example.org/letter")
    assert letter is not None
    assert letter["rel"] == ["noopener", "noreferrer"]
    assert page.find("a", href="/brent/plan?source=Peer+review") is not None


def test_an_item_of_a_report_names_the_report_and_the_page_and_links_to_its_plan(head_of_service: FlaskClient) -> None:
    given.an_item(inspection=given.an_inspection())

    page = head_of_service.get("/brent/items/1").text

    assert "See it on page 2" in page
    assert "Inspection of May 2026, page 2" in page or ", page 2</a>" in page
    assert "/brent/plan?source=R-1" in page


def test_the_plan_can_be_narrowed_to_each_source_by_a_link(head_of_service: FlaskClient, brent: Authority) -> None:
    an_item_of_a_peer_review(brent)
    given.an_item(authority=brent, title="Our promise to families", source=Source.PRACTICE_STANDARD)

    page = head_of_service.get("/brent/plan?source=Peer+review").text

    assert "One understanding of thresholds" in page
    assert "Our promise to families" not in page


def test_the_plan_offers_the_sources_that_items_have_and_names_a_visit_as_one(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    an_item_of_a_peer_review(brent)
    visit = given.an_inspection(fieldwork_from=date(2025, 5, 13), fieldwork_to=date(2025, 5, 14))
    visit.activity = "focused_visit"
    given.an_item(inspection=visit, source=Source.FOCUSED_VISIT)

    page = BeautifulSoup(head_of_service.get("/brent/plan").text, "html.parser")
    offered = [link.text.strip() for link in page.select("a[href*='source=']")]

    assert offered == ["Focused visit of May 2025", "Focused visit", "Peer review"]


def test_an_item_whose_source_nobody_told_asks_for_it(head_of_service: FlaskClient) -> None:
    given.an_item(source=Source.AUDIT_THEME)

    before = head_of_service.get("/brent/items/1").text
    answer = head_of_service.post(
        "/brent/items/1/source",
        data={"version": "1", "document": "Audit report, Q2", "dated": "1 July 2026", "said_by": "The QA team"},
    )
    after = head_of_service.get("/brent/items/1").text

    assert "No document named" in before
    assert answer.status_code == 302
    assert "No document named" not in after
    assert "Audit report, Q2, 1 July 2026" in after


def test_another_kind_of_source_is_chosen_where_the_first_was_wrong(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    item = an_item_of_a_peer_review(brent)
    told: dict[str, Any] = {"version": item.version, "document": "Annual report", "dated": "1 July 2026"}

    lacking = head_of_service.post("/brent/items/1/source?kind=complaint-theme", data=told)
    whole = head_of_service.post("/brent/items/1/source?kind=complaint-theme", data=told | {"said_by": "Complaints"})

    assert (lacking.status_code, errors(lacking.text)) == (422, ["Say who saw the theme"])
    assert whole.status_code == 302
    assert (item.source, item.source_document) == (Source.COMPLAINT_THEME, "Annual report")


def test_the_second_of_two_who_correct_a_source_is_told(head_of_service: FlaskClient, brent: Authority) -> None:
    item = an_item_of_a_peer_review(brent)
    old = item.version
    commands.rename(item, title="Changed meanwhile")

    answer = head_of_service.post(
        "/brent/items/1/source",
        data={"version": str(old), "document": "Mine", "dated": "1 July 2026", "said_by": "Me"},
    )

    assert answer.status_code == 422
    assert "Somebody else changed this item" in answer.text
    assert item.source_document == ORIGIN.document


def test_what_an_imported_report_lists_keeps_its_source(head_of_service: FlaskClient) -> None:
    item = given.an_item(inspection=given.an_inspection())

    page = head_of_service.get("/brent/items/1/source").text
    answer = head_of_service.post(
        "/brent/items/1/source?kind=ourselves", data={"version": str(item.version), "said_by": "Us"}
    )

    assert "so its source stays as it is" in page
    assert answer.status_code == 422
    assert item.source is Source.INSPECTION


@pytest.mark.parametrize("path", ["items/new", "items/new/peer-review", "items/1/source"])
def test_a_qa_officer_reads_where_it_was_said_and_may_not_change_it(qa_officer: FlaskClient, path: str) -> None:
    given.an_item(source=Source.AUDIT_THEME)

    answers = [qa_officer.get(f"/brent/{path}")]
    if path != "items/new":
        answers.append(qa_officer.post(f"/brent/{path}", data=NOTICE))

    assert [answer.status_code for answer in answers] == [403] * len(answers)
    assert all("you may not change the improvement plan" in answer.text for answer in answers)
    assert "Change where it was said" not in qa_officer.get("/brent/items/1").text


def test_another_authoritys_item_is_not_found(head_of_service: FlaskClient) -> None:
    given.an_item(authority=given.an_authority(slug="elsewhere", name="Elsewhere"), source=Source.PEER_REVIEW)

    assert head_of_service.get("/brent/items/1/source").status_code == 404
    assert head_of_service.post("/brent/items/1/source", data=NOTICE).status_code == 404


def test_the_command_refuses_what_the_form_would(session: Session, brent: Authority) -> None:
    with pytest.raises(Refused, match="Say which review"):
        commands.add_item(
            brent,
            wording="Thresholds",
            title="Thresholds",
            source=Source.PEER_REVIEW,
            origin=Origin(said_by="The peer team"),
            raised_on=TODAY,
            today=TODAY,
        )


def test_the_database_holds_no_link_that_is_not_https(session: Session) -> None:
    item = given.an_item(source=Source.PEER_REVIEW)

    item.source_url = "http://example.org"

    with pytest.raises(IntegrityError, match="link_is_https"):
        session.flush()
