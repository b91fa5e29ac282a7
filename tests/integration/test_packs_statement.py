"""The written statement of action: gathered from the newest report, its items, their actions and the clock."""

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from reports import contents as pack
from reports.contents import PackContents
from tests import given, given_indicators
from tests.given_deadlines import PUBLISH, STATEMENT, a_line, a_received_inspection
from tests.queries_counted import at_most
from tracker.actions.models import GovernanceBoard, Milestone
from tracker.deadlines import commands as deadlines
from tracker.packs import commands
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.errors import Refused

TODAY = date(2026, 7, 1)
Chapter = TypeVar("Chapter")


@pytest.fixture(autouse=True)
def _in_july() -> Iterator[None]:
    with time_machine.travel("2026-07-01 12:00 +0000"):
        yield


def statement(brent: Authority) -> PackContents:
    kept = commands.freeze(brent, kind=PackKind.STATEMENT_OF_ACTION, by=None, at=clock.now()).contents
    return PackContents.from_json(kept)


def chapter(contents: PackContents, kind: type[Chapter]) -> Chapter:
    return next(each for each in contents.chapters if isinstance(each, kind))


def test_a_statement_answers_each_item_in_inspectors_words(brent: Authority) -> None:
    inspection = a_received_inspection(authority=brent, grades={"help_protection": "good"})
    item = given.an_item(inspection=inspection, wording="The quality of plans", owner=given.a_person(name="Tom Ferris"))
    action = given.an_action(
        item=item, title="Weekly panel", lead=given.a_person(name="Samira Okafor"), due_on=date(2026, 12, 1)
    )
    action.accountable = given.a_person(name="Helen Marsh")
    action.success_measure = "Nine in ten plans are good"
    action.board = GovernanceBoard(authority=brent, name="Improvement board")
    action.milestones.append(
        Milestone(position=0, title="Terms agreed", due_on=date(2026, 9, 1), first_due_on=date(2026, 9, 1))
    )
    given.an_item(inspection=inspection, wording="The pace of change")
    given_indicators.a_measure(item=item, figures=[54, 58], until=date(2026, 6, 30))

    contents = statement(brent)

    (first, second) = chapter(contents, pack.ProposedActions).items
    assert (first.words, first.source, first.owner) == (
        "The quality of plans",
        "Ofsted report, page 2: what needs to improve",
        "Tom Ferris",
    )
    (proposed,) = first.actions
    assert (proposed.lead, proposed.accountable, proposed.due) == ("Samira Okafor", "Helen Marsh", date(2026, 12, 1))
    assert proposed.success == "Nine in ten plans are good"
    assert (proposed.milestones, proposed.board) == (("Terms agreed, 1 September 2026",), "Improvement board")
    assert second.actions == ()
    assert "1 of them has no action yet" in chapter(contents, pack.ProposedActions).lede
    heads = {row.head: row.points for row in chapter(contents, pack.Watching).rows}
    assert heads["Boards"] == ("Improvement board",)
    assert heads["Measures"][0].startswith("M-1 ")


def test_a_statement_says_what_the_regulations_ask_and_how_it_stands(brent: Authority) -> None:
    inspection = a_received_inspection(authority=brent)
    deadlines.record_done(
        a_line(inspection, PUBLISH, today=TODAY),
        done_on=TODAY, sent_to="brent.gov.uk", by=given.a_person(), version=0, today=TODAY,
    )  # fmt: skip

    (publish, send) = chapter(statement(brent), pack.InspectionFacts).deadlines

    assert (publish.by, publish.done) == (date(2026, 7, 29), "1 July 2026: brent.gov.uk")
    assert (send.by, send.standing.text, send.done) == (date(2026, 9, 24), "60 working days left", "")


def test_a_statement_has_no_overall_grade_and_a_place_for_the_director_to_sign(brent: Authority) -> None:
    a_received_inspection(authority=brent, grades={"help_protection": "good", "care_leavers": "outstanding"})

    contents = statement(brent)

    facts = {row.head: row.points for row in chapter(contents, pack.InspectionFacts).rows}
    assert facts["Judgements"] == ("help_protection: Good", "care_leavers: Outstanding")
    (signatory,) = chapter(contents, pack.Signatures).signatories
    assert signatory.post == "Director of children’s services"
    assert contents.signed_off is None
    assert contents.short_title == "Brent children’s services: written statement of action"


def test_a_letter_that_asks_for_no_statement_is_passed_over(brent: Authority) -> None:
    report = a_received_inspection(authority=brent, fieldwork_from=date(2026, 1, 12), fieldwork_to=date(2026, 1, 23))
    letter = a_received_inspection(authority=brent)
    given.an_item(inspection=report, wording="From the report")
    given.an_item(inspection=letter, wording="From the letter")
    assert [item.words for item in chapter(statement(brent), pack.ProposedActions).items] == ["From the letter"]

    line = a_line(letter, STATEMENT, today=TODAY)
    deadlines.record_not_required(line, because="A letter on a visit", by=given.a_person(), version=0)

    assert [item.words for item in chapter(statement(brent), pack.ProposedActions).items] == ["From the report"]


def test_without_an_inspection_there_is_nothing_to_answer(director: FlaskClient, brent: Authority) -> None:
    with pytest.raises(Refused, match="Import its report first"):
        statement(brent)

    page = director.post("/brent/packs/", data={"kind": "statement-of-action"})
    assert page.status_code == 422
    assert "Import its report first" in page.text


def test_a_director_makes_the_statement_as_a_pack(director: FlaskClient, brent: Authority) -> None:
    given.an_item(inspection=a_received_inspection(authority=brent))

    page = director.post("/brent/packs/", data={"kind": "statement-of-action"}, follow_redirects=True)

    assert "Written statement of action, as at 1 July 2026" in page.text
    file = director.post("/brent/packs/1/download")
    assert file.data.startswith(b"%PDF")


def test_a_statement_takes_a_bounded_number_of_statements_to_the_database(brent: Authority, session: Session) -> None:
    inspection = a_received_inspection(authority=brent)
    for _ in range(12):
        item = given.an_item(inspection=inspection)
        for _ in range(3):
            action = given.an_action(item=item)
            action.milestones.append(Milestone(position=0, title="Step", due_on=TODAY, first_due_on=TODAY))
    session.flush()
    session.expunge_all()

    with at_most(40):
        statement(session.merge(brent, load=False))
