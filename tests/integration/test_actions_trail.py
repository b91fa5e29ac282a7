"""The trail of an action: everything that is said stays as it was said, whoever asks the database otherwise."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Delete, Update, delete, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import given, given_actions
from tracker.actions import commands, queries
from tracker.actions.models import Action, ActionUpdate
from tracker.actions.rules import Confidence, Status
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.db import db

TODAY = clock.today()
EARLIER = date(2026, 9, 2)


def test_an_update_says_what_was_done_what_it_changed_the_next_step_and_how_sure_its_lead_is(brent: Authority) -> None:
    action = given.an_action()

    commands.update(
        action,
        version=action.version,
        status=Status.AT_RISK,
        done=" Two teams began. ",
        difference="Six families know what comes next.",
        next_step="The other two teams",
        confidence=Confidence.DOUBTFUL,
        by=action.lead,
        on=TODAY,
    )

    said = queries.trail(action)[0]
    assert (said.done, said.difference) == ("Two teams began.", "Six families know what comes next.")
    assert (said.next_step, said.confidence) == ("The other two teams", Confidence.DOUBTFUL)


@pytest.mark.parametrize(
    "statement",
    [
        update(ActionUpdate).values(done="Something else"),
        update(ActionUpdate).values(difference="More than there was"),
        delete(ActionUpdate),
    ],
    ids=["words", "difference", "removed"],
)
def test_the_database_refuses_to_rewrite_the_trail(session: Session, statement: Update | Delete) -> None:
    given_actions.an_update(given.an_action(), done="As it was")

    with pytest.raises(IntegrityError, match="only ever added"), session.begin_nested():
        session.execute(statement)

    assert session.scalars(text("SELECT done FROM action_update")).one() == "As it was"


def change_its_words(said: ActionUpdate) -> None:
    said.done = "Something else"
    db.session.flush()


def remove_it(said: ActionUpdate) -> None:
    db.session.delete(said)
    db.session.flush()


def remove_its_action(said: ActionUpdate) -> None:
    db.session.delete(said.action)
    db.session.flush()


@pytest.mark.parametrize("rewrite", [change_its_words, remove_it, remove_its_action])
def test_no_code_of_ours_can_rewrite_the_trail_either(
    session: Session, rewrite: Callable[[ActionUpdate], None]
) -> None:
    said = given_actions.an_update(given.an_action(), done="As it was")

    with pytest.raises(IntegrityError), session.begin_nested():
        rewrite(said)

    assert session.scalars(text("SELECT done FROM action_update")).one() == "As it was"


FORBIDDEN = {
    "ck_action_delivered_is_signed_off": {"status": Status.EMBEDDED, "difference": "Shown", "signed_off_on": None},
    "ck_action_embedded_made_a_difference": {"status": Status.EMBEDDED, "difference": ""},
    "ck_action_starts_before_it_is_due": {"starts_on": date(2027, 1, 1), "due_on": EARLIER},
    "ck_action_contact_is_of_a_partner": {"partner_contact": "Designated nurse", "partner_id": None},
}


@pytest.mark.parametrize(("constraint", "values"), FORBIDDEN.items())
def test_the_database_holds_what_the_commands_promise(
    session: Session, constraint: str, values: dict[str, object]
) -> None:
    action = given_actions.a_delivered_action(on=EARLIER)

    with pytest.raises(IntegrityError, match=constraint), session.begin_nested():
        session.execute(update(Action).where(Action.id == action.id).values(values))


def test_the_database_lets_nobody_sign_off_what_she_leads_or_delivered(session: Session) -> None:
    action = given_actions.a_delivered_action()

    for lead in ({"lead_id": action.signed_off_by_id}, {"delivered_by_id": action.signed_off_by_id}):
        with pytest.raises(IntegrityError, match="signed_off_by"), session.begin_nested():
            session.execute(update(Action).where(Action.id == action.id).values(lead))


def test_the_day_first_promised_is_never_altered_by_any_step(brent: Authority) -> None:
    director = given.a_person(role=Role.DIRECTOR)
    action = given.an_action(due_on=TODAY + timedelta(days=5))
    first = action.first_due_on

    for later in (10, 20):
        commands.reschedule(
            action,
            version=action.version,
            due_on=TODAY + timedelta(days=later),
            reason="The vacancy",
            by=action.lead,
            on=TODAY,
        )
    commands.deliver(action, version=action.version, done="Done", by=action.lead, on=TODAY)
    commands.send_back(action, version=action.version, reason="Two teams are left", by=director, on=TODAY)

    assert action.first_due_on == first
    moves = [(said.due_from, said.due_to) for said in queries.trail(action) if said.due_to]
    assert moves[-1] == (first, TODAY + timedelta(days=10))
