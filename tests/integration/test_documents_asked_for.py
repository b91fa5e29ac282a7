"""A document of the checklist and the request that asks for it are one thing: neither is told of or kept twice."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.given_fieldwork import CALLED, NOON, a_fieldwork, a_request
from tests.given_fieldwork import at_noon_of_the_week as at_noon_of_the_week  # a fixture
from tests.queries_counted import at_most
from tracker.fieldwork.checklist import commands as checklist
from tracker.fieldwork.checklist import queries as documents
from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.models import Fieldwork
from tracker.handover import commands, queries
from tracker.handover.briefs import queries as briefs
from tracker.handover.commands import Asked
from tracker.handover.models import InspectorRequest
from tracker.handover.rules import Sort
from tracker.people.models import Authority, Person
from tracker.platform.errors import Conflict, Refused

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("at_noon_of_the_week")]


def a_document(fieldwork: Fieldwork, name: str = "Rotas", owner: Person | None = None) -> Document:
    return checklist.add(fieldwork, name=name, due_on=date(2026, 11, 19), owner=owner, note="")


def asking_for(fieldwork: Fieldwork, *wanted: Document) -> InspectorRequest:
    asked = Asked(
        sort=Sort.DOCUMENT_LIST, asked_by="A. Lead", asked_at=CALLED, words="The list of the call", due_at=None,
        owner=None, documents=wanted,
    )  # fmt: skip
    return commands.ask(fieldwork, asked=asked, now=NOON)


def test_from_the_checklist_one_click_writes_the_request_and_each_page_leads_to_the_other(
    director: FlaskClient, fieldwork: Fieldwork, session: Session
) -> None:
    document = a_document(fieldwork)
    session.commit()
    form = director.get(f"/brent/fieldwork/1/requests/new?document={document.id}").text
    assert ">Rotas</textarea>" in form.replace("\n", "")

    told = {
        "version": "0", "sort": "Document list", "words": "The duty rotas, please", "asked_by": "A. Lead",
        "asked_on": "20 November 2026", "asked_at": "9:40", "documents": [str(document.id)],
    }  # fmt: skip
    page = director.post("/brent/fieldwork/1/requests/new", data=told, follow_redirects=True).text

    assert "Documents of the checklist (1)" in page
    row = director.get("/brent/fieldwork/1/documents").text
    assert "Asked for in" in row
    assert "Write down that it was asked for" not in row


def test_handed_over_it_is_ready_too(fieldwork: Fieldwork, priya: Person) -> None:
    first, second = a_document(fieldwork), a_document(fieldwork, "Policies")
    request = asking_for(fieldwork, first)

    commands.hand_over(request, version=request.version, answer="Here.", to="A. Lead", by=priya, at=NOON)

    assert (first.ready_on, first.ready_by) == (NOON.date(), priya)
    assert second.ready_on is None


def test_a_document_is_asked_for_by_one_request_alone_and_goes_with_what_takes_its_place(
    fieldwork: Fieldwork, brent: Authority
) -> None:
    document = a_document(fieldwork)
    first, second = asking_for(fieldwork, document), a_request(fieldwork)

    with pytest.raises(Conflict, match="Another request asks for one of these documents already"):
        asking_for(fieldwork, document)
    with pytest.raises(Refused, match="of the checklist of this inspection"):
        asking_for(a_fieldwork(authority=brent, rehearsal=True), document)
    commands.withdraw(first, version=first.version, because="Said anew", replaced_by=second, at=NOON)

    assert first.asks_for == []
    assert [one.document for one in second.asks_for] == [document]


def test_corrected_it_asks_for_what_is_ticked_and_for_no_more(fieldwork: Fieldwork) -> None:
    first, second = a_document(fieldwork), a_document(fieldwork, "Policies")
    request = asking_for(fieldwork, first)
    asked = Asked(
        sort=request.sort, asked_by="A. Lead", asked_at=CALLED, words="Anew", due_at=None, owner=None,
        documents=[second],
    )  # fmt: skip

    commands.correct(request, version=request.version, asked=asked, now=NOON)

    assert [one.document for one in request.asks_for] == [second]
    assert asking_for(fieldwork, first).asks_for[0].document is first


def test_a_brief_tells_of_it_once(fieldwork: Fieldwork, session: Session) -> None:
    alone, asked = a_document(fieldwork, "Alone"), a_document(fieldwork, "Asked for")
    request = asking_for(fieldwork, asked)
    session.commit()
    session.expire_all()

    told = briefs.brief(fieldwork, NOON.date())

    assert list(told.unanswered) == [request]
    assert list(told.not_ready) == [alone]


def test_the_checklist_costs_the_same_however_many_are_asked_for(fieldwork: Fieldwork, session: Session) -> None:
    for number in range(12):
        asking_for(fieldwork, a_document(fieldwork, f"Document {number}"))
    session.commit()
    session.expire_all()
    fieldwork.reference  # noqa: B018  # what the page has read before

    with at_most(8):
        found = documents.documents(fieldwork)
        assert all(queries.asked_in(one) is not None for one in found)
