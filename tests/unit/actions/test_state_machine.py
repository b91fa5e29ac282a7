"""What may follow what, who may say so, and what a refusal says."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.actions import rules
from tracker.actions.rules import DeliveryWord, DifferenceWord, Hands, Move, Status
from tracker.people.rules import Role, Standing

LEAD, OWNER, ACCOUNTABLE, SOMEBODY = uuid4(), uuid4(), uuid4(), uuid4()
HANDS = Hands(LEAD, OWNER, ACCOUNTABLE, LEAD)
EVERY_STEP = [(status, move, to) for status in Status for move in Move for to in Status]


def why_not(move: Move, status: Status, to: Status) -> str | None:
    return rules.why_not(move, reference="A-104", status=status, to=to)


@pytest.mark.parametrize(("status", "move", "to"), EVERY_STEP)
def test_every_refusal_names_the_action_where_it_stands_and_what_would_be_accepted(
    status: Status, move: Move, to: Status
) -> None:
    refusal = why_not(move, status, to)

    if to in rules.MOVES[status].get(move, ()):
        assert refusal is None
    else:
        assert refusal is not None
        assert refusal.startswith("A-104 is ")
        assert refusal.endswith(rules.ACCEPTED[status])


@pytest.mark.parametrize("status", sorted(rules.TO_DELIVER))
def test_no_update_reaches_delivered_without_a_signature(status: Status) -> None:
    reached = frozenset[Status]().union(*rules.MOVES[status].values())

    assert not reached & rules.DELIVERED


def test_only_a_signature_leads_to_delivered_or_a_doubt_leads_back_to_it() -> None:
    leads_there = {
        (status, move)
        for status, move, to in EVERY_STEP
        if to is Status.IMPACT_NOT_EVIDENCED and why_not(move, status, to) is None
    }

    assert leads_there == {(Status.AWAITING_SIGN_OFF, Move.SIGN_OFF), (Status.EMBEDDED, Move.DOUBT)}


def test_only_what_is_delivered_can_be_shown_to_have_made_a_difference() -> None:
    leads_there = {status for status in Status if why_not(Move.EMBED, status, Status.EMBEDDED) is None}

    assert leads_there == {Status.IMPACT_NOT_EVIDENCED}


def test_nothing_follows_what_is_superseded() -> None:
    assert rules.MOVES[Status.SUPERSEDED] == {}


def test_what_is_embedded_is_doubted_and_nothing_else() -> None:
    assert rules.MOVES[Status.EMBEDDED] == {Move.DOUBT: {Status.IMPACT_NOT_EVIDENCED}}


def test_work_that_has_begun_cannot_be_said_not_to_have_started() -> None:
    assert why_not(Move.REPORT, Status.ON_TRACK, Status.NOT_STARTED) == (
        "A-104 is on track, so it cannot become not started. Say that it is on track, at risk, off track or delivered."
    )


def test_delivered_never_reads_as_done() -> None:
    assert rules.delivery(Status.IMPACT_NOT_EVIDENCED) is DeliveryWord.DELIVERED
    assert rules.difference(Status.IMPACT_NOT_EVIDENCED) is DifferenceWord.NOT_SHOWN
    assert rules.difference(Status.AWAITING_SIGN_OFF) is DifferenceWord.NOT_YET_ASKED


@pytest.mark.parametrize(
    ("person", "role", "allowed"),
    [
        (LEAD, Role.HEAD_OF_SERVICE, True),
        (LEAD, Role.QA_OFFICER, True),
        (OWNER, Role.HEAD_OF_SERVICE, True),
        (SOMEBODY, Role.DIRECTOR, True),
        (SOMEBODY, Role.HEAD_OF_SERVICE, False),
        (ACCOUNTABLE, Role.HEAD_OF_SERVICE, False),
    ],
)
def test_an_action_is_updated_by_its_lead_the_owner_of_its_item_or_a_director(
    person: object, role: Role, allowed: bool
) -> None:
    assert rules.may_update(Standing(person, role), HANDS) is allowed  # type: ignore[arg-type]  # UUIDs, as parameters


@pytest.mark.parametrize(
    ("person", "role", "why"),
    [
        (LEAD, Role.DIRECTOR, "You lead A-104"),
        (SOMEBODY, Role.QA_OFFICER, "You may not sign off actions"),
        (SOMEBODY, Role.HEAD_OF_SERVICE, "not yours"),
        (OWNER, Role.HEAD_OF_SERVICE, None),
        (ACCOUNTABLE, Role.HEAD_OF_SERVICE, None),
        (SOMEBODY, Role.DIRECTOR, None),
    ],
)
def test_an_action_is_signed_off_by_another_person_who_answers_for_it(
    person: object, role: Role, why: str | None
) -> None:
    refusal = rules.why_not_signer(Standing(person, role), HANDS, reference="A-104")  # type: ignore[arg-type]  # as above

    assert refusal is None if why is None else why in (refusal or "")


def test_whoever_said_it_is_delivered_may_not_sign_it_off_after_giving_it_to_somebody_else() -> None:
    hands = Hands(lead=SOMEBODY, owner=OWNER, deliverer=OWNER)

    refusal = rules.why_not_signer(Standing(OWNER, Role.HEAD_OF_SERVICE), hands, reference="A-104")

    assert refusal == "You said that A-104 is delivered, so somebody else has to sign it off."


def test_the_owner_is_asked_to_sign_unless_the_work_is_hers() -> None:
    assert rules.signer(HANDS) == OWNER
    assert rules.signer(Hands(lead=OWNER, owner=OWNER, accountable=ACCOUNTABLE)) == ACCOUNTABLE
    assert rules.signer(Hands(lead=LEAD, owner=LEAD)) is None


def test_sign_off_that_is_late_is_not_the_leads_lateness() -> None:
    today = date(2026, 11, 20)

    assert rules.days_late(Status.OFF_TRACK, date(2026, 10, 28), None, today) == 23
    assert rules.days_late(Status.AWAITING_SIGN_OFF, date(2026, 10, 28), None, today) == 0
    assert rules.days_late(Status.IMPACT_NOT_EVIDENCED, date(2026, 9, 2), date(2026, 11, 19), today) == 1
    assert rules.days_late(Status.EMBEDDED, date(2026, 9, 2), date(2026, 11, 19), today) == 0


def test_an_action_due_today_is_not_late() -> None:
    assert rules.days_late(Status.ON_TRACK, date(2026, 11, 20), None, date(2026, 11, 20)) == 0
    assert rules.days_late(Status.ON_TRACK, date(2026, 11, 19), None, date(2026, 11, 20)) == 1


def test_the_form_offers_not_started_only_while_it_is_true() -> None:
    assert Status.NOT_STARTED in rules.choices(Status.NOT_STARTED)
    assert list(rules.choices(Status.AT_RISK)) == [
        Status.ON_TRACK,
        Status.AT_RISK,
        Status.OFF_TRACK,
        Status.AWAITING_SIGN_OFF,
    ]
    assert rules.choices(Status.AWAITING_SIGN_OFF) == []


@pytest.mark.parametrize("status", Status)
def test_every_status_is_explained_and_only_embedded_says_that_children_gained(status: Status) -> None:
    assert rules.MEANS[status].endswith(".")
    assert ("Impact evidenced" in rules.SECOND_LINE.get(status, "")) is (status is Status.EMBEDDED)


@given(st.lists(st.sampled_from([(move, to) for move in Move for to in Status]), max_size=40))
def test_whatever_is_tried_nothing_is_embedded_without_a_signature_and_a_difference_after_delivery(
    tried: list[tuple[Move, Status]],
) -> None:
    status, taken = Status.NOT_STARTED, []
    for move, to in tried:
        if why_not(move, status, to) is None:
            status = to
            taken.append(move)

    told = [move for move in taken if move not in {Move.EMBED, Move.DOUBT}]
    if status in rules.DELIVERED:
        assert told[-2:] == [Move.DELIVER, Move.SIGN_OFF]
    if status is Status.EMBEDDED:
        assert taken[-1] is Move.EMBED


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_this_week_ends_on_a_sunday_at_least_two_days_ahead(today: date) -> None:
    end = rules.end_of_week(today)

    assert end.weekday() == 6
    assert 2 <= (end - today).days <= 8


def test_what_told_other_people_cannot_be_taken_back() -> None:
    assert rules.can_be_taken_back(Status.ON_TRACK, Status.AWAITING_SIGN_OFF)
    assert not rules.can_be_taken_back(Status.AWAITING_SIGN_OFF, Status.OFF_TRACK)
    assert not rules.can_be_taken_back(Status.IMPACT_NOT_EVIDENCED, Status.EMBEDDED)
