"""Plans of many authorities, written straight into the tables: as much as a region would have after some years."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Table, insert, select, update

from tracker.actions.models import Action, ActionUpdate, GovernanceBoard
from tracker.actions.rules import Priority, Status
from tracker.boards import commands as boards
from tracker.boards.models import BoardDate
from tracker.boards.rules import Covers
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState, Source
from tracker.people.models import Authority, Membership, Person
from tracker.people.rules import Role
from tracker.platform.db import db

Row = dict[str, Any]

TODAY = date(2026, 11, 20)
WHILE_COPYING, AS_ALWAYS = 6_000_000, 2_000
"""Kilobytes of memory for SQLite: the second is its own choice."""
PEOPLE = 40
"""Who lead the actions of one authority."""
BOARD_MET = (56, 28)
"""Days ago."""
AT_ONCE = 5_000
"""Rows of one statement."""

UNDER_WAY = (Status.NOT_STARTED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
SIGNED_OFF = (Status.IMPACT_NOT_EVIDENCED, Status.EMBEDDED)


@dataclass(frozen=True)
class Size:
    """How much one authority has."""

    items: int
    actions: int
    updates: int


LARGE = Size(items=300, actions=3_000, updates=60_000)
SMALL = Size(items=30, actions=300, updates=6_000)
"""One authority so large, the others a tenth. Our choice."""


def fill(slugs: Iterable[str], size: Size, *, seed: int) -> None:
    """Write authorities with their people and plans; the same seed gives the same plans."""
    for place, slug in enumerate(slugs):
        _authority(slug, size, Random(seed + place))  # noqa: S311  # no secret, only variety
        db.session.commit()


def meet(slug: str) -> None:
    """Let a board meet twice, with a part of the plan slipped in between."""
    authority = db.session.scalars(select(Authority).where(Authority.slug == slug)).one()
    board = GovernanceBoard(authority=authority, name="Improvement board")
    for days in BOARD_MET:
        on = TODAY - timedelta(days=days)
        met = BoardDate(authority_id=authority.id, board=board, on=on, covers=Covers.WHOLE_PLAN)
        db.session.add(met)
        db.session.flush()
        boards.take(met, by=_director(authority), at=_moment(on))
        _slip(authority)
    db.session.commit()


def _director(authority: Authority) -> Person:
    directs = Membership.role == Role.DIRECTOR
    found = select(Person).join(Membership).where(Membership.authority_id == authority.id, directs)
    return db.session.scalars(found).one()


def _slip(authority: Authority) -> None:
    """A fifth of what is still to deliver is due two weeks later."""
    to_deliver = Action.status.in_(UNDER_WAY)
    late = select(Action.id, Action.due_on).where(Action.authority_id == authority.id, to_deliver)
    for action_id, due_on in db.session.execute(late.where(Action.number % 5 == 0)).all():
        moved = update(Action).where(Action.id == action_id).values(due_on=due_on + timedelta(days=14))
        db.session.execute(moved)


def _authority(slug: str, size: Size, chance: Random) -> None:
    authority: Row = {"id": an_id(chance), "slug": slug, "name": slug.capitalize()}
    people = list(_people(slug, chance))
    items = list(_items(authority["id"], people, size, chance))
    actions = list(_actions(authority["id"], people, items, size, chance))
    write(Authority, [authority])
    write(Person, people)
    write(Membership, _memberships(authority["id"], people, chance))
    write(ImprovementItem, items)
    write(Action, actions)
    write(ActionUpdate, _updates(actions, people, size, chance))


def write(model: type[Any], rows: Iterable[Row]) -> None:
    """Straight into its table: nothing of a model's own is done."""
    table: Table = model.__table__
    remaining = iter(rows)
    while chunk := list(islice(remaining, AT_ONCE)):
        db.session.execute(insert(table), chunk)


def keep_in_memory(kilobytes: int) -> None:
    """How much SQLite may: keys stand in no order, so that every page of an index is written to again and again."""
    if db.engine.dialect.name == "sqlite":
        db.session.connection().exec_driver_sql(f"PRAGMA cache_size = -{kilobytes}")


def an_id(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def _people(slug: str, chance: Random) -> Iterator[Row]:
    for number in range(PEOPLE):
        yield {
            "id": an_id(chance),
            "email": f"person{number}@{slug}.example.org",
            "name": f"Person {number} of {slug.capitalize()}",
            "password_hash": "",
            "active": True,
        }


def _memberships(authority: UUID, people: list[Row], chance: Random) -> Iterator[Row]:
    for number, person in enumerate(people):
        role = Role.DIRECTOR if number == 0 else Role.HEAD_OF_SERVICE
        yield {
            "id": an_id(chance),
            "authority_id": authority,
            "person_id": person["id"],
            "role": role,
            "job_title": "Head of service",
        }


def _items(authority: UUID, people: list[Row], size: Size, chance: Random) -> Iterator[Row]:
    for number in range(1, size.items + 1):
        yield {
            "id": an_id(chance),
            "number": number,
            "version": 1,
            "authority_id": authority,
            "wording": f"What needs to improve, number {number}, in the inspectors’ own words",
            "title": f"What needs to improve, number {number}",
            "source": chance.choice(list(Source)),
            "position": 0,
            "finding_type": "by_hand",
            "raised_on": TODAY - timedelta(days=chance.randrange(60, 900)),
            "owner_id": chance.choice(people)["id"],
            "accountable_id": people[0]["id"],
            "state": ItemState.OPEN,
            "closed_because": "",
        }


def _actions(authority: UUID, people: list[Row], items: list[Row], size: Size, chance: Random) -> Iterator[Row]:
    for number in range(1, size.actions + 1):
        lead, due = chance.choice(people[1:]), TODAY + timedelta(days=chance.randrange(-200, 400))
        status = chance.choice((*UNDER_WAY, *UNDER_WAY, Status.AWAITING_SIGN_OFF, *SIGNED_OFF))
        signed = status in SIGNED_OFF
        yield {
            "id": an_id(chance),
            "number": number,
            "version": 1,
            "authority_id": authority,
            "item_id": items[number % len(items)]["id"],
            "title": f"Action {number} that somebody promised for children",
            "lead_id": lead["id"],
            "partner_contact": "",
            "priority": chance.choice(list(Priority)),
            "starts_on": due - timedelta(days=chance.randrange(30, 300)),
            "due_on": due,
            "first_due_on": due - timedelta(days=chance.choice((0, 0, 0, 30, 90))),
            "status": status,
            "success_measure": "Children say what is different",
            "delivered_on": TODAY if signed or status is Status.AWAITING_SIGN_OFF else None,
            "delivered_by_id": lead["id"] if signed or status is Status.AWAITING_SIGN_OFF else None,
            "signed_off_on": TODAY if signed else None,
            "signed_off_by_id": people[0]["id"] if signed else None,
            "difference": "Seen in the audits of October" if status is Status.EMBEDDED else "",
            "difference_due_on": TODAY + timedelta(days=90) if signed else None,
            "last_update_at": _moment(TODAY),
        }


def _updates(actions: list[Row], people: list[Row], size: Size, chance: Random) -> Iterator[Row]:
    """As many to each action; the last says what it is now."""
    each = size.updates // len(actions)
    for action in actions:
        before = Status.NOT_STARTED
        for place in range(each):
            status = action["status"] if place == each - 1 else chance.choice(UNDER_WAY[1:])
            yield {
                "id": an_id(chance),
                "action_id": action["id"],
                "at": _moment(TODAY - timedelta(days=(each - place) * 14)),
                "by_id": action["lead_id"],
                "status_from": before,
                "status_to": status,
                "done": "What has happened since the last update, in a sentence or two as people write them.",
                "difference": "",
                "next_step": "The next team begins",
                "due_reason": "",
            }
            before = status


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)
