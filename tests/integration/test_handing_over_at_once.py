"""Two who hand over at one moment, each on a connection of her own: something is given once, and the other is told."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from tests import page_check
from tests.given_fieldwork import a_fieldwork, a_request
from tests.integration.test_two_at_once import at_once, directors, faults
from tracker.fieldwork.models import Fieldwork
from tracker.handover import commands
from tracker.handover.models import HandedFile, Handing, InspectorRequest, InspectorsRoom
from tracker.packs import commands as packs
from tracker.packs.rules import PackKind
from tracker.platform import clock, storage
from tracker.platform.db import db

pytestmark = pytest.mark.both_databases


def handings() -> Sequence[Handing]:
    db.session.rollback()
    return db.session.scalars(select(Handing)).all()


def a_request_with_a_pack() -> InspectorRequest:
    """With the improvement plan chosen, whose file is a plain stand-in."""
    request = a_request(a_fieldwork())
    pack = packs.freeze(request.authority, kind=PackKind.IMPROVEMENT_PLAN, by=None, at=clock.now())
    packs.keep_file(pack, storage.keep(io.BytesIO(b"%PDF the plan")), pages=1, at=clock.now())
    chooser = request.fieldwork.started_by
    commands.choose(request, reference=pack.reference, by=chooser, at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    return request


def test_of_four_who_hand_over_one_request_at_once_one_succeeds_and_three_read_who_was_quicker(shared: Flask) -> None:
    request = a_request_with_a_pack()
    people = directors(shared)
    address, told = f"/brent/requests/{request.number}/hand-over", {"version": request.version, "to": "A. Lead"}
    db.session.commit()

    answers = at_once(
        [lambda client=client, place=place: client.post(address, data=told | {"answer": f"Answer {place}"})  # type: ignore[misc]  # bound
         for place, client in enumerate(people)]
    )  # fmt: skip

    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
    (given,) = handings()
    assert [file.handing_id for file in db.session.scalars(select(HandedFile))] == [given.id]
    for place, answer in enumerate(answers):
        if answer.status_code == 422:
            page_check.check(answer.text)
            assert f"{given.handed_by.name} handed H-1 over to A. Lead at" in answer.text
            assert "Nothing was handed over a second time." in answer.text
            assert f"Answer {place}" in answer.text
    assert faults() == []


def test_one_who_hands_over_and_one_who_withdraws_at_once_do_not_both_succeed(shared: Flask) -> None:
    request = a_request_with_a_pack()
    first, second, *_ = directors(shared)
    here, version = f"/brent/requests/{request.number}", request.version
    db.session.commit()

    answers = at_once(
        [
            lambda: first.post(f"{here}/hand-over", data={"version": version, "to": "A. Lead", "answer": "Here."}),
            lambda: second.post(f"{here}/withdraw", data={"version": version, "because": "Asked twice"}),
        ]
    )

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    given, now = handings(), db.session.scalars(select(InspectorRequest)).one()
    assert bool(given) != bool(now.withdrawn_at)
    assert faults() == []


def test_of_four_who_begin_an_inspection_or_open_its_room_at_once_one_succeeds_and_the_others_are_told(
    shared: Flask,
) -> None:
    people = directors(shared)
    today = clock.today()
    call = {
        "sort": "A rehearsal", "activity": "short", "called_on": f"{today:%-d %B %Y}", "called_at": "9:40",
        "remote_from": f"{today:%-d %B %Y}", "first_day": f"{today:%-d %B %Y}", "last_day": f"{today:%-d %B %Y}",
    }  # fmt: skip
    db.session.commit()

    begun = at_once([lambda one=one: one.post("/brent/fieldwork/start", data=call) for one in people])  # type: ignore[misc]  # bound
    opened = at_once([lambda one=one: one.post("/brent/fieldwork/1/room/open") for one in people])  # type: ignore[misc]  # bound

    assert sorted(answer.status_code for answer in begun) == [302, 422, 422, 422]
    assert {answer.status_code for answer in opened} == {302}
    db.session.rollback()
    assert len(db.session.scalars(select(Fieldwork)).all()) == 1
    assert len(db.session.scalars(select(InspectorsRoom)).all()) == 1
    assert faults() == []
