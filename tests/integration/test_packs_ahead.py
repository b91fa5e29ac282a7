"""Packs that are made ahead of the call: at night and when something changed, and not again when nothing has."""

import io
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests import given
from tracker.packs import commands
from tracker.packs import queries as packs
from tracker.packs.models import Pack, PackSet
from tracker.packs.ready import jobs, queries, rules
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform import storage
from tracker.platform.db import db
from tracker.platform.jobs import Job

pytestmark = pytest.mark.any_database
PLAN = PackKind.IMPROVEMENT_PLAN


def kept_plainly(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """In the place of the task that lays a pack out: what it says, as it is."""
    pack = db.session.get_one(Pack, UUID(payload["pack"]))
    stored = storage.keep(io.BytesIO(pack.contents_sha256.encode()))
    commands.keep_file(pack, stored, pages=1, at=pack.asked_at)
    return {}


@pytest.fixture
def clock(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Traveller]:
    """Morning of the 23rd; only the plan is made ahead, and laying it out, which takes seconds, is seen elsewhere."""
    monkeypatch.setattr(jobs, "AHEAD", (PLAN,))
    monkeypatch.setitem(app.extensions["tasks"], "packs.render", f"{__name__}:kept_plainly")
    monkeypatch.setitem(sys.modules, __name__, sys.modules[kept_plainly.__module__])
    with time_machine.travel(datetime(2026, 11, 23, 7, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def at(traveller: time_machine.Traveller, day: int, hour: int, minute: int = 0) -> int:
    """Let that moment come, and the tick of it; how many authorities were asked about."""
    traveller.move_to(datetime(2026, 11, day, hour, minute, tzinfo=UTC))
    return jobs.run({})["asked"]


def numbers(authority: Authority) -> list[int]:
    return [pack.number for pack in packs.packs(authority)]


def test_the_first_look_makes_them_and_readiness_offers_them(
    clock: time_machine.Traveller, director: FlaskClient, brent: Authority
) -> None:
    given.an_action(item=given.an_item(authority=brent))
    not_yet = director.get("/brent/readiness").text
    assert "The first are not made yet" in not_yet
    assert "Make them now" in not_yet
    assert 'action="/brent/packs/ahead"' in not_yet

    at(clock, 23, 19)
    page = director.get("/brent/readiness").text

    ahead = queries.ahead(brent)
    assert ahead is not None
    assert ahead.offered is not None
    assert "as at 23 November 2026 at 19:00" in page
    assert director.post(f"/brent/packs/everything/{ahead.offered.id}/download").status_code == 200


def test_nothing_is_made_again_when_nothing_changed(clock: time_machine.Traveller, brent: Authority) -> None:
    given.an_action(item=given.an_item(authority=brent))
    at(clock, 23, 19)
    sets = db.session.scalar(select(func.count()).select_from(PackSet))

    assert at(clock, 23, 22) == 0  # the same day
    assert at(clock, 24, 2) == 1  # the night
    looked = db.session.scalars(select(Job).where(Job.task == jobs.LOOK).order_by(Job.queued_at.desc())).first()

    assert looked is not None
    assert looked.result == {"made": 0}
    assert numbers(brent) == [1]
    assert db.session.scalar(select(func.count()).select_from(PackSet)) == sets
    assert getattr(queries.state_of(brent), "looked_at", None) == datetime(2026, 11, 24, 2, tzinfo=UTC)


def test_what_changed_is_made_within_the_hour_and_takes_the_place_of_the_old(
    clock: time_machine.Traveller, brent: Authority
) -> None:
    item = given.an_item(authority=brent)
    given.an_action(item=item)
    at(clock, 23, 19)
    for minute, title in ((0, "Second"), (40, "Third"), (59, "Fourth")):
        clock.move_to(datetime(2026, 11, 23, 20, minute, tzinfo=UTC))
        given.an_action(item=item, title=title)
        db.session.flush()
        at(clock, 23, 20, minute)
    at(clock, 23, 21, 30)

    assert numbers(brent) == [4, 3]  # three changes came too soon after one another for a pack each
    assert len(queries.made_ahead(brent)) == rules.KEPT_SETS


def test_a_pack_that_somebody_took_or_asked_for_stays(
    clock: time_machine.Traveller, director: FlaskClient, brent: Authority
) -> None:
    item = given.an_item(authority=brent)
    at(clock, 23, 8)
    director.post("/brent/packs/1/download")
    for hour in (9, 10, 11, 12):
        given.an_action(item=item, title=f"At {hour}")
        db.session.flush()
        at(clock, 23, hour)
        if hour == 10:
            director.post("/brent/packs/", data={"kind": "improvement-plan"})

    assert numbers(brent) == [5, 4, 3, 1]
    replaced = db.session.scalars(select(Pack).where(Pack.number == 5)).one()
    assert replaced.contents["replaces"].startswith("P-3,")


def test_one_that_cannot_be_made_is_named(
    clock: time_machine.Traveller, director: FlaskClient, brent: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "AHEAD", (PackKind.SELF_EVALUATION,))
    at(clock, 23, 9)
    assert "There is no self-evaluation yet" in director.get("/brent/readiness").text

    monkeypatch.setattr(jobs, "AHEAD", (PLAN, PackKind.SELF_EVALUATION))
    director.post("/brent/packs/ahead")

    ahead = queries.ahead(brent)
    assert ahead is not None
    assert ahead.offered is not None
    assert [one["name"] for one in ahead.offered.left_out] == ["Self-evaluation"]
