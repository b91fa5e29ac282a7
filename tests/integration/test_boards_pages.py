"""The pages about boards: dates, snapshots, what moved, how far from target, the plan over time."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given, given_boards
from tests.given_boards import noon
from tests.queries_counted import at_most
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.boards import commands, queries
from tracker.boards.models import BoardDate, Snapshot
from tracker.boards.rules import Covers
from tracker.people.models import Authority

SEPTEMBER, OCTOBER, TODAY = date(2026, 9, 28), date(2026, 10, 26), date(2026, 11, 22)
STATEMENTS = 8
"""At most, for a page of 20 rows. Our target."""


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(noon(TODAY), tick=False):
        yield


@pytest.fixture
def moved(brent: Authority) -> Action:
    """Two snapshots and a change after each: an action slips, then goes off track and late."""
    item = given.an_item(title="Care proceedings")
    action = given.an_action(item=item, title="Weekly panel", due_on=date(2026, 10, 1))
    board = given_boards.a_board()
    given_boards.a_snapshot(board=board, on=SEPTEMBER)
    action.due_on = date(2026, 10, 31)
    given_boards.a_snapshot(board=board, on=OCTOBER)
    action.status = Status.OFF_TRACK
    given.an_action(item=item, title="Ask families", due_on=date(2027, 1, 8), status=Status.NOT_STARTED)
    return action


def page(client: FlaskClient, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).text, "html.parser")


def main(client: FlaskClient, address: str) -> str:
    """The words of a page, as they are read."""
    content = page(client, address).find("main")
    assert content is not None
    return " ".join(content.get_text(" ").split())


def rows(workbook: bytes) -> list[tuple[Any, ...]]:
    """The lines of the first sheet, its headings first."""
    return list(openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0].iter_rows(values_only=True))


# What moved -----------------------------------------------------------------------------------------------------


def test_the_page_says_what_has_moved_since_the_last_board_until_now(director: FlaskClient, moved: Action) -> None:
    words = main(director, "/brent/boards")

    assert "From 26 October 2026 ( B-2 , Improvement board) to now." in words
    assert "1 action is newly late and 1 newly off track. 1 action is new." in words
    assert "22 days late; it was due on 31 October 2026. Off track, was on track." in words
    assert words.index("Weekly panel") < words.index("Ask families")


def test_any_two_snapshots_are_compared_and_the_earlier_one_comes_first(director: FlaskClient, moved: Action) -> None:
    forward, backward = (
        main(director, f"/brent/boards?from={first}&to={second}") for first, second in (("B-1", "B-2"), ("B-2", "B-1"))
    )

    assert "1 action is put back by 30 days." in forward
    assert "Put back by 30 days, from 1 October 2026 to 31 October 2026." in forward
    assert forward == backward


def test_what_to_compare_is_chosen_without_javascript(director: FlaskClient, moved: Action) -> None:
    form = page(director, "/brent/boards?from=B-1&to=B-2").find("form", attrs={"aria-label": "Compare two days"})

    assert form is not None
    assert form["method"] == "get"
    chosen = {
        select["name"]: [option["value"] for option in select.find_all("option") if option.has_attr("selected")]
        for select in form.find_all("select")
    }
    assert chosen == {"from": ["B-1"], "to": ["B-2"]}
    every = form.find("select", attrs={"name": "to"})
    assert every is not None
    assert [option["value"] for option in every.find_all("option")] == ["now", "B-2", "B-1"]


@pytest.mark.parametrize("query", ["from=B-99&to=B-98", "from=x&to=", "from=A-1&to=E-2&show=nothing&page=7"])
def test_an_address_that_names_no_snapshot_means_the_last_board_and_now(
    director: FlaskClient, moved: Action, query: str
) -> None:
    assert "From 26 October 2026 ( B-2 , Improvement board) to now." in main(director, f"/brent/boards?{query}")


def test_one_kind_of_change_is_shown_alone(director: FlaskClient, moved: Action) -> None:
    words = main(director, "/brent/boards?show=new")

    assert "Ask families" in words
    assert "Weekly panel" not in words


def test_then_and_now_stand_beside_each_other_with_delivered_set_apart(director: FlaskClient, moved: Action) -> None:
    moved.status, moved.signed_off_on = Status.IMPACT_NOT_EVIDENCED, TODAY

    content = page(director, "/brent/boards")

    apart = content.find("tr", class_="app-apart")
    assert apart is not None
    assert apart.get_text(" ", strip=True) == "Delivered, impact not yet evidenced 0 1 +1"
    assert "They are not counted as embedded." in content.get_text()


def test_what_moved_is_exported_as_it_is_shown(director: FlaskClient, moved: Action) -> None:
    answer = director.get("/brent/boards/changes.xlsx?from=B-1&to=B-2")

    assert "brent-plan-changes-2026-09-28-to-2026-10-26.xlsx" in answer.headers["Content-Disposition"]
    heads, row = rows(answer.data)
    told = dict(zip(heads, row, strict=True))
    assert (told["Action"], told["Days put back"], told["Status then"]) == ("A-1", 30, "On track")
    assert told["Due now"].date() == date(2026, 10, 31)


def test_a_snapshot_of_one_boards_actions_says_that_only_those_are_compared(
    director: FlaskClient, brent: Authority
) -> None:
    board, scrutiny = given_boards.a_board(), given_boards.a_board(name="Scrutiny")
    given.an_action(title="Watched").board = board
    given.an_action(title="Not watched")
    given_boards.a_snapshot(board=scrutiny, on=SEPTEMBER)
    given_boards.a_snapshot(board=board, on=OCTOBER, covers=Covers.OWN_ACTIONS)
    given_boards.a_snapshot(board=scrutiny, on=OCTOBER, covers=Covers.OWN_ACTIONS)

    only = "Only the actions that Improvement board watches over are compared."
    assert only in main(director, "/brent/boards?from=B-2&to=now")
    assert only in main(director, "/brent/boards?from=B-1&to=B-2")
    assert "Nothing has moved between the two days." in main(director, "/brent/boards?from=B-1&to=B-2")
    assert "holds only the actions of Improvement board, and B-3 only those of Scrutiny" in main(
        director, "/brent/boards?from=B-2&to=B-3"
    )


def test_before_the_first_snapshot_the_pages_say_what_to_do_first(director: FlaskClient, brent: Authority) -> None:
    for address in ("/brent/boards", "/brent/boards/how-far"):
        assert "Say when a board meets." in main(director, address)
    assert director.get("/brent/boards/changes.xlsx").status_code == 404

    given_boards.a_board_date(on=TODAY + timedelta(days=25))
    assert "taken by itself on 17 December 2026, for Improvement board" in main(director, "/brent/boards")


def test_a_colleague_who_may_not_plan_is_told_who_may(qa_officer: FlaskClient, brent: Authority) -> None:
    assert "A head of service or a director says when boards meet." in main(qa_officer, "/brent/boards")
    assert "A head of service or a director says when boards meet." in main(qa_officer, "/brent/boards/dates")


# How far --------------------------------------------------------------------------------------------------------


def test_each_item_says_how_far_from_target_it_is(director: FlaskClient, moved: Action) -> None:
    moved.first_due_on = date(2026, 10, 1)

    words = main(director, "/brent/boards/how-far?from=B-1")

    assert "I-1 Care proceedings" in words
    assert "8 January 2027" in words
    assert "As planned one action 52 days behind" in words
    assert "1 late" in words


def test_an_item_without_an_action_is_a_gap(director: FlaskClient, moved: Action) -> None:
    given.an_item(title="Nobody has begun")

    assert "Nobody has begun No action yet" in main(director, "/brent/boards/how-far")


# Dates and snapshots --------------------------------------------------------------------------------------------


def test_board_dates_are_added_for_a_year(director: FlaskClient, brent: Authority) -> None:
    board = given_boards.a_board()
    posted = {"board": str(board.id), "first": "17 December 2026", "repeat": "Every four weeks for a year"}

    answer = director.post(
        "/brent/boards/dates/new", data={**posted, "covers": Covers.WHOLE_PLAN.value}, follow_redirects=True
    )

    assert "Improvement board: 13 dates from 17 December 2026 added." in answer.text
    assert len(queries.dates(brent)) == 13


def test_a_board_date_that_is_refused_keeps_what_was_typed(director: FlaskClient, brent: Authority) -> None:
    board = given_boards.a_board()
    posted = {"board": str(board.id), "first": "17 December 2020", "repeat": "Only this date"}

    answer = director.post("/brent/boards/dates/new", data={**posted, "covers": Covers.WHOLE_PLAN.value})

    assert answer.status_code == 422
    assert "The first board date is past." in answer.text
    assert "17 December 2020" in answer.text
    assert queries.dates(brent) == []


def test_without_a_board_there_is_nothing_to_add_a_date_to(director: FlaskClient, brent: Authority) -> None:
    assert "Name the board first" in main(director, "/brent/boards/dates/new")


def test_somebody_takes_a_snapshot_and_sees_what_it_holds(director: FlaskClient, moved: Action) -> None:
    board_date = given_boards.a_board_date(board=given_boards.a_board(name="Scrutiny"), on=TODAY)

    answer = director.post(f"/brent/boards/dates/{board_date.id}/snapshot", follow_redirects=True)

    assert answer.request.path == "/brent/boards/snapshots/3"
    assert "B-3 keeps the plan as it is now." in answer.text
    assert "by Dana Whitfield" in answer.text
    again = director.post(f"/brent/boards/dates/{board_date.id}/snapshot")
    assert again.status_code == 422
    assert "A snapshot never changes" in again.text


def test_a_date_too_far_ahead_offers_no_snapshot_and_refuses_one(director: FlaskClient, brent: Authority) -> None:
    board_date = given_boards.a_board_date(on=TODAY + timedelta(days=60))

    assert "Take the snapshot now" not in main(director, "/brent/boards/dates")
    answer = director.post(f"/brent/boards/dates/{board_date.id}/snapshot")

    assert answer.status_code == 422
    assert "two weeks before the board" in answer.text


def test_a_date_is_taken_off_and_one_with_a_snapshot_is_not(
    director: FlaskClient, brent: Authority, session: Session
) -> None:
    later = given_boards.a_board_date(on=TODAY + timedelta(days=3))
    kept = given_boards.a_snapshot(board=later.board, on=OCTOBER).board_date

    answer = director.post(f"/brent/boards/dates/{later.id}/remove", follow_redirects=True)
    assert "Improvement board of 25 November 2026 taken off the list." in answer.text
    refused = director.post(f"/brent/boards/dates/{kept.id}/remove")

    assert refused.status_code == 422
    assert "so its date stays" in refused.text
    assert session.get(BoardDate, kept.id) is not None


def test_the_dates_say_what_was_taken_by_whom_and_what_was_missed(director: FlaskClient, moved: Action) -> None:
    given_boards.a_board_date(board=given_boards.a_board(name="Scrutiny"), on=date(2026, 10, 1))
    given_boards.a_board_date(board=given_boards.a_board(name="Partnership"), on=TODAY)
    commands.take_due(noon(TODAY))

    words = main(director, "/brent/boards/dates")

    assert "Not taken" in words
    assert "by itself; 2 actions" in words
    assert "by Dana Whitfield; 1 action" in words


def test_a_snapshot_shows_the_plan_as_it_was_with_its_hash(director: FlaskClient, moved: Action) -> None:
    snapshot = queries.snapshots(moved.authority)[0]

    words = main(director, "/brent/boards/snapshots/2")

    assert "B-2 The plan on 26 October 2026" in words
    assert "Weekly panel" in words
    assert "On track" in words
    assert "Off track" not in words
    assert snapshot.sha256 in words
    assert "What moved since the board before" in words
    assert len(rows(director.get("/brent/boards/snapshots/2.xlsx").data)) == 2
    assert director.get("/brent/search/?q=b-2").location.endswith("/brent/boards/snapshots/2")


def test_a_snapshot_that_is_not_there_is_not_found(director: FlaskClient, brent: Authority) -> None:
    assert director.get("/brent/boards/snapshots/9").status_code == 404
    assert director.get("/brent/boards/snapshots/9.xlsx").status_code == 404


# Over time ------------------------------------------------------------------------------------------------------


def test_the_plan_over_time_is_drawn_and_told_in_tables(director: FlaskClient, moved: Action) -> None:
    given.an_inspection(fieldwork_from=date(2026, 4, 27), grades={"leadership": "good"})

    content = page(director, "/brent/boards/over-time")

    pictures = {str(drawing["aria-labelledby"]).partition("-")[0] for drawing in content.select(".app-chart svg")}
    assert pictures == {"burn", "states", "timeline"}
    assert all(drawing.find("title") and drawing.find("desc") for drawing in content.select(".app-chart svg"))
    captions = [caption.get_text() for caption in content.find_all("caption")]
    assert captions == [
        "Promised, delivered and embedded, day by day",
        "Actions in each state, day by day",
        "The items along their days",
    ]
    assert "between 27 October 2028 and 27 October 2029" in content.get_text()
    assert "1 of 2 actions were first promised by 22 November 2026." in content.get_text()


def test_the_timeline_of_one_item_shows_its_actions(director: FlaskClient, moved: Action) -> None:
    words = main(director, "/brent/boards/over-time?item=I-1&months=6")

    assert "Timeline of the actions for I-1" in words
    assert "A-1 Weekly panel Not said 1 October 2026 22 November 2026 Off track 52 days behind" in words
    assert "Timeline of the items" in main(director, "/brent/boards/over-time?item=I-99&months=x")


def test_a_plan_without_actions_has_nothing_to_draw(director: FlaskClient, brent: Authority) -> None:
    assert "No action yet" in main(director, "/brent/boards/over-time")


def test_an_authority_says_when_it_expects_inspectors(director: FlaskClient, moved: Action) -> None:
    form = page(director, "/brent/boards/next-inspection").find("input", attrs={"name": "version"})
    assert form is not None
    posted = {
        "version": str(form["value"]),
        "opens_on": "1 May 2027",
        "closes_on": "30 September 2027",
        "because": "Said at the annual meeting.",
    }

    answer = director.post("/brent/boards/next-inspection", data=posted, follow_redirects=True)
    assert "between 1 May 2027 and 30 September 2027. Said at the annual meeting." in " ".join(answer.text.split())
    second = director.post("/brent/boards/next-inspection", data={**posted, "because": "Mine."})
    assert second.status_code == 422
    assert "Somebody else has said when inspectors may come" in second.text
    assert "Said at the annual meeting." in second.text
    assert BeautifulSoup(second.text, "html.parser").find("input", attrs={"name": "version", "value": "1"})
    refused = director.post(
        "/brent/boards/next-inspection", data={**posted, "version": "1", "closes_on": "1 April 2027"}
    )
    assert refused.status_code == 422
    assert "Choose a later last day." in refused.text
    blank = director.post("/brent/boards/next-inspection", data={**posted, "version": "1", "closes_on": "\u2028"})
    assert blank.status_code == 422

    back = director.post("/brent/boards/next-inspection/rule", follow_redirects=True)
    assert "Nobody has said when the next inspection is to be expected." in back.text


# Bounds ---------------------------------------------------------------------------------------------------------


def test_every_page_keeps_to_its_number_of_statements(
    director: FlaskClient, brent: Authority, moved: Action, session: Session
) -> None:
    lead = given.a_person(authority=brent)
    for number in range(45):
        given.an_action(item=given.an_item(), lead=lead, due_on=date(2026, 11, 1) + timedelta(days=number))
    session.expire_all()

    for address in ("", "?from=B-1&to=B-2", "?show=late", "/how-far", "/over-time", "/over-time?item=I-1", "/dates",
                    "/snapshots/2"):  # fmt: skip
        with at_most(STATEMENTS):
            assert director.get(f"/brent/boards{address}").status_code == 200
        session.expunge_all()


def test_a_snapshot_belongs_to_one_authority(director: FlaskClient, brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    theirs: Snapshot = given_boards.a_snapshot(board=given_boards.a_board(authority=barnet))

    assert director.get(f"/brent/boards/snapshots/{theirs.number}").status_code == 404
    assert director.post(f"/brent/boards/dates/{theirs.board_date_id}/remove").status_code == 404
    assert "B-1" not in main(director, "/brent/boards")
