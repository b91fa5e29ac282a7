"""People who save at the same moment, each in a thread of her own, on a database in a file or a server."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Thread
from time import sleep

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.test import TestResponse

from tests import given, given_actions, given_evidence, page_check
from tests.conftest import signed_in
from tracker.actions import queries
from tracker.actions.dependencies import queries as waiting
from tracker.actions.models import Action, ActionUpdate
from tracker.actions.rules import Status
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Strength
from tracker.people.rules import Role
from tracker.platform import clock, history
from tracker.platform.db import db

pytestmark = pytest.mark.both_databases

TODAY = clock.today()

Call = Callable[[], TestResponse]

PEOPLE = 4
TEXTS = [f"Said by person {place}" for place in range(PEOPLE)]


def directors(app: Flask) -> Sequence[FlaskClient]:
    """People who may each update anybody's action."""
    people = [given.a_person(name=f"Director {place}", role=Role.DIRECTOR) for place in range(PEOPLE)]
    db.session.commit()
    return [signed_in(app, person) for person in people]


def update(client: FlaskClient, action: Action, done: str) -> Call:
    """What saves an update when it is called, on the version that the action has now."""
    address = f"/brent/actions/{action.number}/update"
    form = {"version": action.version, "now": "On track", "done": done, "due_on": f"{action.due_on:%-d %B %Y}"}
    return lambda: client.post(address, data=form)


def at_once(calls: Sequence[Call]) -> Sequence[TestResponse]:
    """What each is answered when none starts before all are ready."""
    ready = Barrier(len(calls))

    def answer(call: Call) -> TestResponse:
        ready.wait(timeout=10)
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(answer, calls))


def what_was_said() -> list[str]:
    db.session.rollback()
    return [said.done for said in db.session.query(ActionUpdate)]


def faults() -> list[str]:
    return [fault for chain in history.chains() for fault in history.faults(chain)]


def test_of_four_who_save_one_action_at_once_one_succeeds_and_three_are_told(shared: Flask) -> None:
    action = given.an_action()
    calls = [update(client, action, text) for client, text in zip(directors(shared), TEXTS, strict=True)]
    db.session.commit()

    answers = at_once(calls)

    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
    said = what_was_said()
    assert len(said) == 1
    for answer, text in zip(answers, TEXTS, strict=True):
        if answer.status_code == 422:
            page_check.check(answer.text)
            assert text in answer.text
            assert said[0] in answer.text
    assert faults() == []


def test_four_who_save_four_actions_at_once_all_succeed(shared: Flask) -> None:
    calls = [update(client, given.an_action(), text) for client, text in zip(directors(shared), TEXTS, strict=True)]
    db.session.commit()

    answers = at_once(calls)

    assert [answer.status_code for answer in answers] == [302] * PEOPLE
    assert sorted(what_was_said()) == TEXTS
    assert faults() == []


def test_a_page_is_read_while_somebody_else_writes(shared: Flask) -> None:
    action = given.an_action(title="As it was")
    reader = directors(shared)[0]
    db.session.commit()
    action.title = "Half written"
    db.session.flush()

    page = at_once([lambda: reader.get("/brent/actions/1")])[0]

    assert page.status_code == 200
    assert "As it was" in page.text
    assert "Half written" not in page.text


def post(client: FlaskClient, address: str, **form: object) -> Call:
    return lambda: client.post(address, data=form)


def as_it_is(action: Action) -> Action:
    db.session.expire_all()
    return action


def test_a_milestone_and_an_update_saved_at_once_do_not_overwrite_each_other(shared: Flask) -> None:
    action = given.an_action()
    first, second, *_ = directors(shared)
    form = {"version": action.version, "title": "Two teams", "due_on": f"{action.due_on:%-d %B %Y}"}
    calls = [post(first, "/brent/actions/1/milestones/new", **form), update(second, action, TEXTS[0])]
    db.session.commit()

    answers = at_once(calls)

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert len(what_was_said()) + len(queries.milestones(as_it_is(action))) == 1


def test_of_two_who_move_one_due_date_at_once_the_second_sees_both_and_chooses(shared: Flask) -> None:
    action = given.an_action()
    clients = directors(shared)[:2]
    days = [action.due_on + timedelta(days=number) for number in (7, 14)]
    forms = [{"version": action.version, "due_on": f"{day:%-d %B %Y}", "reason": f"Until {day:%-d %B}"} for day in days]
    calls = [post(client, "/brent/actions/1/due-date", **form) for client, form in zip(clients, forms, strict=True)]
    db.session.commit()

    answers = at_once(calls)

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    lost = next(place for place, answer in enumerate(answers) if answer.status_code == 422)
    page_check.check(answers[lost].text)
    assert f"{days[1 - lost]:%-d %B %Y}" in answers[lost].text
    assert f"{days[lost]:%-d %B %Y}" in answers[lost].text
    chosen = clients[lost].post("/brent/actions/1/due-date", data={**forms[lost], "version": as_it_is(action).version})
    assert chosen.status_code == 302
    assert as_it_is(action).due_on == days[lost]
    assert action.first_due_on == days[0] - timedelta(days=7)


def test_two_who_each_add_half_of_a_circle_at_once_close_none(shared: Flask) -> None:
    one, other = given.an_action(), given.an_action()
    first, second, *_ = directors(shared)
    calls = [
        post(first, "/brent/actions/1/waits-for", version=one.version, other="A-2"),
        post(second, "/brent/actions/2/waits-for", version=other.version, other="A-1"),
    ]
    db.session.commit()

    answers = at_once(calls)

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert "could be finished first" in next(answer for answer in answers if answer.status_code == 422).text
    assert len(waiting.waits(given.an_authority())) == 1


def test_what_one_signs_off_and_another_sends_back_at_once_is_one_of_the_two(shared: Flask) -> None:
    action = given_actions.an_action_awaiting_sign_off(on=TODAY)
    first, second, *_ = directors(shared)
    calls = [
        post(first, "/brent/actions/1/sign-off", version=action.version, difference_due_on=f"{TODAY:%-d %B %Y}"),
        post(second, "/brent/actions/1/send-back", version=action.version, reason="Two teams are left"),
    ]
    db.session.commit()

    answers = at_once(calls)

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    signed = as_it_is(action).status is Status.IMPACT_NOT_EVIDENCED
    assert signed == (answers[0].status_code == 302)
    assert (action.signed_off_on is not None) == signed
    assert faults() == []


def test_evidence_withdrawn_while_somebody_embeds_an_action_because_of_it_does_not_count(shared: Flask) -> None:
    action = given_actions.a_delivered_action(on=TODAY - timedelta(days=5))
    proof = given_evidence.evidence(action=action, kind=Kind.AUDIT, strength=Strength.IMPACT)
    first, second, *_ = directors(shared)
    calls = [
        post(
            first,
            "/brent/actions/1/difference",
            version=action.version,
            difference="Children wait less",
            evidence=[str(proof.id)],
        ),
        post(second, "/brent/evidence/1/withdraw", version=proof.version, reason="Counted twice"),
    ]
    db.session.commit()

    at_once(calls)

    withdrawn = as_it_is(action).status is Status.EMBEDDED and db.session.get_one(Evidence, proof.id).withdrawn_on
    assert not withdrawn


def test_whoever_changes_several_things_one_by_one_and_whoever_changes_one_never_wait_for_each_other(
    shared: Flask,
) -> None:
    one, other = given.an_action(), given.an_action()
    db.session.commit()
    went_wrong: list[BaseException] = []

    def change_the_other() -> None:
        with shared.app_context():
            try:
                db.session.get_one(Action, other_id).title = "Theirs"
                db.session.commit()
            except BaseException as error:  # whatever it is, the test says so
                went_wrong.append(error)
                db.session.rollback()

    other_id, one.title = other.id, "First"
    db.session.flush()
    somebody = Thread(target=change_the_other)
    somebody.start()
    sleep(0.5)
    other.title = "Second"
    db.session.commit()
    somebody.join(timeout=60)

    assert {type(error) for error in went_wrong} <= {StaleDataError}
    db.session.expire_all()
    assert db.session.get_one(Action, other_id).title == ("Second" if went_wrong else "Theirs")


def test_of_several_actions_saved_in_one_go_only_those_that_nobody_changed_meanwhile_are_saved(shared: Flask) -> None:
    actions = [given.an_action() for _ in range(3)]
    first, second, *_ = directors(shared)
    lines = {
        f"a{one.number}-{name}": value
        for one in actions
        for name, value in {"version": one.version, "now": "At risk", "done": f"Line {one.number}"}.items()
    }
    calls = [post(first, "/brent/my-work/several", **lines), update(second, actions[1], "Theirs")]
    db.session.commit()

    answers = at_once(calls)

    said = what_was_said()
    assert {"Line 1", "Line 3"} < set(said)
    assert ("Line 2" in said) is not ("Theirs" in said)
    assert answers[0].status_code == (200 if "Theirs" in said else 302)
    assert answers[1].status_code == (302 if "Theirs" in said else 422)
    assert faults() == []
