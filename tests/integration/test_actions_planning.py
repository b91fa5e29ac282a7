"""What an action promises, the boards and partners it names, and the filters that find it by them."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests import given, given_actions
from tests.given_actions import samira
from tracker.actions import commands, queries
from tracker.actions.commands import Particulars
from tracker.actions.rules import Priority, Status
from tracker.people.models import Authority
from tracker.people.rules import PartnerKind, Role
from tracker.platform import clock, history
from tracker.platform.errors import Conflict, NotAllowed, Refused

TODAY = clock.today()


def test_an_action_is_promised_with_everything_the_board_asks(brent: Authority) -> None:
    director, accountable = given.a_person(role=Role.DIRECTOR), given.a_person(name="Helen Marsh")
    police, board = given_actions.a_partner(), given_actions.a_board()

    action = commands.add_action(
        given.an_item(),
        title="Audit with police",
        lead=director,
        due_on=TODAY + timedelta(days=30),
        accountable=accountable,
        partner=police,
        partner_contact="Detective inspector, public protection",
        priority=Priority.HIGH,
        board=board,
        milestones=[("Terms agreed", TODAY + timedelta(days=10)), ("Half audited", TODAY + timedelta(days=20))],
        by=director,
        on=TODAY,
    )

    assert (action.accountable, action.partner, action.board) == (accountable, police, board)
    assert [each.title for each in queries.milestones(action)] == ["Terms agreed", "Half audited"]
    assert action.hands.accountable == accountable.id


def test_the_accountable_director_of_an_action_may_sign_it_off(brent: Authority) -> None:
    action = given_actions.an_action_awaiting_sign_off()
    action.accountable = given.a_person(name="Ruth Anyanwu")
    given.stored(action)

    assert queries.signer(action) == action.accountable
    commands.sign_off(action, version=action.version, by=action.accountable, on=TODAY)

    assert action.status is Status.IMPACT_NOT_EVIDENCED


def test_what_an_action_promises_changes_on_the_version_that_was_seen_and_is_remembered(brent: Authority) -> None:
    action = given.an_action(title="Review every plan")
    says = Particulars(title="Review every plan twice", priority=Priority.LOW)

    commands.revise(action, version=action.version, says=says, by=action.lead)
    with pytest.raises(Conflict):
        commands.revise(action, version=action.version - 1, says=says, by=action.lead)

    assert history.of(action)[0].changes["title"] == ["Review every plan", "Review every plan twice"]
    assert history.of(action)[0].changes["priority"] == ["Medium", "Low"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"title": " "}, "Say what will be done"),
        ({"starts_on": TODAY + timedelta(days=9000)}, "The start is after the due date"),
        ({"partner_contact": "Designated nurse"}, "Choose the partner organisation whose contact this is"),
    ],
)
def test_what_makes_no_sense_is_not_promised(brent: Authority, changes: dict[str, object], why: str) -> None:
    action = given.an_action()
    says = Particulars(**{"title": "Review", **changes})  # type: ignore[arg-type]  # as keyword arguments

    with pytest.raises(Refused, match=why):
        commands.revise(action, version=action.version, says=says, by=action.lead)


@pytest.mark.parametrize("contact", ["0208 555 0199", "nurse.jones@example.nhs.uk", "NHS 943 476 5919"])
def test_the_contact_of_a_partner_is_a_role_and_never_a_number_or_an_address(brent: Authority, contact: str) -> None:
    action = given.an_action()
    says = Particulars(title="Review", partner=given_actions.a_partner(), partner_contact=contact)

    with pytest.raises(Refused, match="Name the contact’s role"):
        commands.revise(action, version=action.version, says=says, by=action.lead)


def test_a_board_or_partner_of_another_authority_is_not_named(brent: Authority) -> None:
    elsewhere = given.an_authority(slug="elsewhere", name="Elsewhere")
    action = given.an_action()

    for says in (
        Particulars(title="Review", board=given_actions.a_board(authority=elsewhere)),
        Particulars(title="Review", partner=given_actions.a_partner(authority=elsewhere)),
    ):
        with pytest.raises(Refused, match="is not on Brent’s list"):
            commands.revise(action, version=action.version, says=says, by=action.lead)


def test_boards_and_partners_are_listed_once_whatever_their_capitals(brent: Authority) -> None:
    planner = given.a_person()
    commands.add_board(brent, name="Improvement board", by=planner)
    commands.add_partner(brent, kind=PartnerKind.HEALTH, name="Health trust", by=planner)

    with pytest.raises(Refused, match="Improvement board is on the list already"):
        commands.add_board(brent, name="improvement BOARD ", by=planner)
    with pytest.raises(Refused, match="Health trust is on the list already"):
        commands.add_partner(brent, kind=PartnerKind.OTHER, name="HEALTH TRUST", by=planner)


def test_a_board_that_an_action_names_stays_and_one_that_none_names_goes(brent: Authority) -> None:
    planner = given.a_person()
    board, idle = given_actions.a_board(), given_actions.a_board(name="Scrutiny")
    given.an_action().board = board

    with pytest.raises(Refused, match="1 action names Improvement board, so it stays"):
        commands.remove_board(board, version=board.version, by=planner)
    commands.remove_board(idle, version=idle.version, by=planner)

    assert queries.boards(brent) == [board]


def test_a_qa_officer_keeps_no_lists(brent: Authority) -> None:
    with pytest.raises(NotAllowed):
        commands.add_board(brent, name="Mine", by=given.a_person(role=Role.QA_OFFICER))


def test_boards_and_partners_are_kept_on_their_pages(head_of_service: FlaskClient, brent: Authority) -> None:
    added = head_of_service.post("/brent/plan/boards", data={"name": "Improvement board"})
    assert "Improvement board added." in head_of_service.get(added.location).text
    again = head_of_service.post("/brent/plan/boards", data={"name": "Improvement board"})
    partner = head_of_service.post("/brent/plan/partners", data={"name": "Police", "kind": "Police"})
    assert "Police added." in head_of_service.get(partner.location).text
    board = queries.boards(brent)[0]
    renamed = head_of_service.post(
        f"/brent/plan/boards/{board.id}", data={"version": board.version, "name": "Partnership board"}
    )
    assert "Partnership board changed." in head_of_service.get(renamed.location).text
    stale = head_of_service.post(f"/brent/plan/boards/{board.id}", data={"version": 1, "name": "Third"})

    assert again.status_code == 422
    assert "is on the list already" in again.text
    assert stale.status_code == 422
    removed = head_of_service.post(f"/brent/plan/boards/{board.id}/remove")
    assert "taken off the list" in head_of_service.get(removed.location).text


def test_an_action_is_changed_on_its_page_and_the_second_of_two_sees_both(
    head_of_service: FlaskClient, director: FlaskClient
) -> None:
    action = given.an_action(lead=samira(), title="Review every plan")
    board, police = given_actions.a_board(), given_actions.a_partner()
    form = {
        "version": action.version,
        "title": "Mine",
        "priority": "High",
        "board": str(board.id),
        "partner": str(police.id),
        "partner_contact": "Detective inspector",
    }
    shown = head_of_service.get("/brent/actions/1/change").text
    director.post("/brent/actions/1/change", data={**form, "title": "Theirs"})

    answer = head_of_service.post("/brent/actions/1/change", data=form)
    chosen = head_of_service.post("/brent/actions/1/change", data={**form, "version": action.version})

    assert "Review every plan" in shown
    assert answer.status_code == 422
    assert "Dana Whitfield changed A-1" in answer.text
    assert "Theirs" in answer.text
    assert chosen.status_code == 302
    assert (action.title, action.priority, action.board, action.partner) == ("Mine", Priority.HIGH, board, police)


def test_the_plan_is_narrowed_by_priority_partner_board_and_due_date(head_of_service: FlaskClient) -> None:
    board, police = given_actions.a_board(), given_actions.a_partner()
    wanted = given.an_action(title="Wanted", due_on=TODAY + timedelta(days=25))
    wanted.priority, wanted.board, wanted.partner = Priority.HIGH, board, police
    given.an_action(title="Other", due_on=TODAY + timedelta(days=200))

    for question in ("priority=high", f"partner={police.id}", f"board={board.id}", "due=30-days"):
        page = head_of_service.get(f"/brent/plan?{question}").text
        assert ("Wanted" in page, "Other" in page) == (True, False), question
    assert "Other" in head_of_service.get("/brent/plan?due=later").text
    assert "With Metropolitan Police" in head_of_service.get("/brent/plan").text
    rows = load_workbook(BytesIO(head_of_service.get(f"/brent/plan.xlsx?board={board.id}").data)).active
    assert rows is not None
    assert [row[4].value for row in rows.iter_rows(min_row=2)] == ["A-1"]


def test_the_plan_is_sorted_by_priority_and_not_by_the_alphabet(head_of_service: FlaskClient) -> None:
    for priority in (Priority.MEDIUM, Priority.LOW, Priority.HIGH):
        given.an_action(title=f"Priority {priority}").priority = priority

    page = head_of_service.get("/brent/plan?sort=priority").text

    assert page.index("Priority High") < page.index("Priority Medium") < page.index("Priority Low")


def test_the_plan_says_what_each_status_means_in_words(head_of_service: FlaskClient) -> None:
    given_actions.a_delivered_action()
    given_actions.an_action_awaiting_sign_off()

    page = head_of_service.get("/brent/plan").text

    assert "Delivered, awaiting sign-off (1)" in page
    assert "Delivered, impact not yet evidenced (1)" in page
    assert "Impact not yet evidenced" in page
    assert "Done, and signed off by somebody else. Nothing shows yet what it changed." in page
