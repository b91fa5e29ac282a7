"""Whoever hands over says which documents of the checklist are ready by it; the others go on waiting."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.given_fieldwork import CALLED, NOON, evidence_to_hand_over
from tests.given_fieldwork import at_noon_of_the_week as at_noon_of_the_week  # a fixture
from tracker.fieldwork.checklist import commands as checklist
from tracker.fieldwork.models import Fieldwork
from tracker.handover import commands
from tracker.handover.commands import Asked
from tracker.handover.models import InspectorRequest
from tracker.handover.rules import Sort
from tracker.people.models import Authority, Person
from tracker.platform.errors import Refused

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("at_noon_of_the_week")]


def asking_for(fieldwork: Fieldwork, *names: str) -> InspectorRequest:
    wanted = [checklist.add(fieldwork, name=one, due_on=date(2026, 11, 19), owner=None, note="") for one in names]
    asked = Asked(
        sort=Sort.DOCUMENT_LIST, asked_by="A. Lead", asked_at=CALLED, words="The list of the call", due_at=None,
        owner=None, documents=wanted,
    )  # fmt: skip
    return commands.ask(fieldwork, asked=asked, now=NOON)


def boxes(page: str) -> dict[str, bool]:
    """The documents that the page offers as answered, and whether each has a tick."""
    found = BeautifulSoup(page, "html.parser").select('input[name="answers"]')
    return {str(one["value"]): one.has_attr("checked") for one in found}


def test_of_two_that_were_asked_for_the_one_that_is_handed_over_is_ready_and_the_other_waits(
    director: FlaskClient, brent: Authority, fieldwork: Fieldwork, priya: Person, session: Session
) -> None:
    request = asking_for(fieldwork, "Self-evaluation", "Structure charts")
    evaluation, charts = request.awaited
    file = evidence_to_hand_over(brent, "Our self-evaluation of November")
    commands.choose(request, reference=file.reference, by=priya, at=NOON)
    session.commit()

    assert boxes(director.get("/brent/requests/1").text) == {str(evaluation.id): True, str(charts.id): False}
    told = {"version": request.version, "to": "A. Lead", "answers": [str(evaluation.id)]}
    page = director.post("/brent/requests/1/hand-over", data=told, follow_redirects=True).text

    assert [evaluation.ready_on, charts.ready_on] == [NOON.date(), None]
    assert "1 document not ready yet" in page
    assert "1 document not ready yet" in director.get("/brent/fieldwork/1/requests").text
    assert boxes(page) == {str(charts.id): False}
    assert "1 of 2 ready" in director.get("/brent/fieldwork/1/documents").text
    assert director.get("/brent/fieldwork/1/documents").text.count(", handed over") == 1

    told = {"version": request.version, "to": "A. Lead", "answer": "Here.", "answers": [str(charts.id)]}
    assert "not ready yet" not in director.post("/brent/requests/1/hand-over", data=told, follow_redirects=True).text
    assert charts.ready_on == NOON.date()


def test_one_that_is_asked_for_alone_has_its_tick_and_without_it_waits(
    director: FlaskClient, fieldwork: Fieldwork, session: Session
) -> None:
    request = asking_for(fieldwork, "Rotas")
    (rotas,) = request.awaited
    session.commit()

    assert boxes(director.get("/brent/requests/1").text) == {str(rotas.id): True}
    director.post("/brent/requests/1/hand-over", data={"version": request.version, "to": "A. Lead", "answer": "Soon."})

    assert request.handed_at == NOON
    assert rotas.ready_on is None


def test_a_document_that_another_request_asks_for_is_not_answered_by_this(fieldwork: Fieldwork, priya: Person) -> None:
    first, second = asking_for(fieldwork, "Rotas"), asking_for(fieldwork, "Policies")

    with pytest.raises(Refused, match="Choose documents that H-1 asks for"):
        commands.hand_over(
            first, version=first.version, answer="Here.", to="A. Lead", by=priya, at=NOON, documents=second.awaited
        )
