"""What moves several times in a few minutes is told once, as it finally stands, whatever becomes of the worker."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from tests import given
from tests.conftest import signed_in
from tests.given_fieldwork import a_fieldwork
from tests.integration.test_reminders_once import mailbox as mailbox  # a fixture
from tests.integration.test_reminders_once import settings as settings  # a fixture
from tests.integration.test_two_at_once import at_once
from tests.mail_server import Mailbox
from tracker.application import create_app
from tracker.fieldwork import moving
from tracker.fieldwork.models import Fieldwork, Told
from tracker.fieldwork.plan.rules import MeetingKind
from tracker.fieldwork.timetable import commands as timetable
from tracker.fieldwork.timetable.models import Meeting
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.platform import clock, jobs
from tracker.platform.db import db
from tracker.settings import Settings

pytestmark = pytest.mark.both_databases

NOW = datetime(2026, 11, 17, 12, tzinfo=UTC)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """An application with worker jobs, and a meeting at 15:00 that Priya sees to and Amina is at."""
    app = create_app(settings)
    with app.app_context(), minutes(0):
        db.create_all()
        fieldwork = a_fieldwork()
        people = {
            name: given.a_person(name=name, email=f"{name.lower()}@example.org", authority=fieldwork.authority)
            for name in ("Priya", "Amina")
        }
        said = timetable.Said(
            name="Feedback", kind=MeetingKind.OTHER, day=date(2026, 11, 27), starts_at=time(15), minutes=30,
            where_held="", others="", owner=people["Priya"], at_it=[people["Amina"]],
        )  # fmt: skip
        timetable.add(fieldwork, said)
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


def minutes(after: float) -> time_machine.travel:
    return time_machine.travel(NOW + timedelta(minutes=after), tick=False)


def meeting() -> Meeting:
    return db.session.scalars(select(Meeting)).one()


def person(name: str) -> Person:
    return db.session.scalars(select(Person).where(Person.name == name)).one()


def the_inspection() -> Fieldwork:
    return db.session.scalars(select(Fieldwork)).one()


def move(after: float, hour: int, *, by: str = "") -> None:
    """Somebody puts the meeting on another hour, so many minutes from the beginning."""
    with minutes(after):
        fieldwork = the_inspection()
        who = person(by) if by else fieldwork.started_by
        with moving.told(fieldwork, by=who, at=clock.now()):
            meeting().starts_at = time(hour)
            db.session.flush()
        db.session.commit()


def work(app: Flask, after: float) -> None:
    db.session.remove()
    with minutes(after):
        jobs.work(app, until_idle=True)


def told() -> dict[str, str]:
    found = {one.person.name: one.words for one in db.session.scalars(select(Told))}
    db.session.rollback()
    return found


TO_17 = "“Feedback” moved: Friday 27 November 2026, 17:00 to 17:30. It was Friday 27 November 2026, 15:00 to 15:30."


def test_two_changes_within_a_minute_are_one_mail_of_what_finally_moved(app: Flask, mailbox: Mailbox) -> None:
    move(0, 16)
    move(1, 17)

    work(app, 3.5)  # three minutes after the first change, and not after the second
    assert (told(), mailbox.to) == ({}, [])
    work(app, 4)

    assert told() == {"Priya": TO_17, "Amina": TO_17}
    assert sorted(mailbox.to) == ["amina@example.org", "priya@example.org"]


def test_what_moved_back_is_told_to_nobody(app: Flask, mailbox: Mailbox) -> None:
    move(0, 16)
    move(1, 15)

    work(app, 10)

    assert (told(), mailbox.to) == ({}, [])


def test_what_moves_again_after_it_was_told_is_told_anew_from_there(app: Flask, mailbox: Mailbox) -> None:
    move(0, 16)
    work(app, 3)
    move(4, 15)
    work(app, 7)

    assert len(mailbox.to) == 4
    newest = db.session.scalars(select(Told).where(Told.told_at > NOW + timedelta(minutes=5))).all()
    back = "“Feedback” moved: Friday 27 November 2026, 15:00 to 15:30. It was Friday 27 November 2026, 16:00 to 16:30."
    assert {one.person.name: one.words for one in newest} == {"Priya": back, "Amina": back}


def test_what_goes_on_moving_is_told_after_four_times_as_long(app: Flask, mailbox: Mailbox) -> None:
    for after in range(0, 12, 2):
        move(after, 16 + after // 2 % 3)

    work(app, 11.9)
    assert mailbox.to == []
    work(app, 12)

    assert len(mailbox.to) == 2


def test_who_moves_it_on_herself_is_told_nothing_of_it(app: Flask, mailbox: Mailbox) -> None:
    move(0, 16)
    move(1, 17, by="Priya")

    work(app, 10)

    assert told() == {"Amina": TO_17}


def test_two_who_move_at_the_same_moment_are_told_of_in_one(app: Flask, mailbox: Mailbox) -> None:
    directors = [given.a_person(name=f"Director {n}", role=Role.DIRECTOR) for n in range(2)]
    for name in ("Rotas", "Charts"):
        with moving.told(the_inspection(), by=person("Priya"), at=clock.now()):
            timetable.add(
                the_inspection(),
                timetable.Said(
                    name=name, kind=MeetingKind.OTHER, day=date(2026, 11, 26), starts_at=time(9), minutes=30,
                    where_held="", others="", owner=person("Priya"), at_it=[],
                ),
            )  # fmt: skip
    app.config["WTF_CSRF_ENABLED"] = False
    clients = [signed_in(app, one) for one in directors]
    wanted = [one for one in db.session.scalars(select(Meeting)) if one.name != "Feedback"]
    calls: list[Callable[[], object]] = []
    for client, one in zip(clients, wanted, strict=True):
        address = f"/brent/fieldwork/1/timetable/meetings/{one.id}/call-off"
        calls.append(lambda c=client, a=address, v=one.version: c.post(a, data={"version": v, "because": "Ill"}))  # type: ignore[misc]  # bound
    db.session.commit()

    answers = at_once(calls)  # type: ignore[arg-type]  # of clients
    work(app, 10)

    assert [answer.status_code for answer in answers] == [302, 302]
    assert mailbox.to == ["priya@example.org"]
    assert told()["Priya"].count("is no longer on.") == 2


def test_the_page_says_what_is_going_to_be_told_and_when(app: Flask) -> None:
    dana = signed_in(app, given.a_person(name="Dana", role=Role.DIRECTOR))
    db.session.commit()
    move(0, 16)

    with minutes(1):
        page = dana.get("/brent/fieldwork/1").text

    assert "Amina: “Feedback” moved: Friday 27 November 2026, 16:00 to 16:30." in page
    assert "Is told on 17 November 2026 at 12:03" in page


def killed_while(settings: Settings, place: str) -> None:
    """A worker of its own that is killed without a word at a place of the code."""
    code = f"""
import os, signal
import time_machine
from tracker.application import create_app
from tracker.fieldwork import moving
from tracker.platform import jobs
from tracker.reminders import made
from tracker.settings import Settings

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

app = create_app(Settings(_env_file=None))
with time_machine.travel({(NOW + timedelta(minutes=4)).timestamp()!r}):
    {place}
    jobs.work(app, until_idle=True)
"""
    names = ("database_url", "storage_url", "mail", "mail_from", "smtp_host", "smtp_port", "smtp_security", "reminders")
    told = {f"TRACKER_{name.upper()}": str(getattr(settings, name)) for name in names}
    told |= {"TRACKER_SECRET_KEY": settings.secret_key.get_secret_value(), "TRACKER_PACKS_AHEAD": "false"}
    ended = subprocess.run([sys.executable, "-c", code], env={**os.environ, **told}, capture_output=True, timeout=60)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


@pytest.mark.parametrize(
    "place",
    [
        "jobs._run_claimed = die",  # a worker has taken it up
        "moving._mail = die",  # what is told is written, and no mail
        "jobs._end = die",  # everything is written, nothing is saved
    ],
)
def test_a_worker_that_is_killed_loses_nothing_and_tells_nobody_twice(
    app: Flask, settings: Settings, mailbox: Mailbox, place: str
) -> None:
    move(0, 16)
    move(1, 17)
    db.session.remove()

    killed_while(settings, place)
    assert (told(), mailbox.to) == ({}, [])
    work(app, 15)

    assert told() == {"Priya": TO_17, "Amina": TO_17}
    assert len(db.session.scalars(select(Told)).all()) == 2
    assert sorted(mailbox.to) == ["amina@example.org", "priya@example.org"]
