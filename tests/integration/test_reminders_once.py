"""Nobody is mailed twice and nothing is lost: runs that race, workers that die, servers that fail."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest
import time_machine
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from tests import given
from tests.mail_server import HERE, Mailbox, Notify, mail_server, notify_service
from tracker.application import create_app
from tracker.people import queries as people
from tracker.platform import clock, jobs, ticks
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.jobs import Job, JobState
from tracker.platform.mail import SmtpSender
from tracker.reminders import commands
from tracker.reminders import jobs as reminder_jobs
from tracker.reminders.models import Reminder, ReminderLetter
from tracker.reminders.rules import LONDON, LetterFate
from tracker.settings import MailSettings, Settings

pytestmark = pytest.mark.both_databases

MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=LONDON)
PEOPLE = 5
Row = TypeVar("Row")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def settings(tmp_path: Path, fresh_database_url: str, mailbox: Mailbox) -> Settings:
    in_file = f"sqlite:///{tmp_path / 'tracker.sqlite'}"
    return Settings(
        _env_file=None,
        secret_key=SecretStr("a key for tests only"),
        database_url=in_file if fresh_database_url == "sqlite://" else fresh_database_url,
        storage_url=f"file://{tmp_path / 'files'}",
        mail="smtp",
        mail_from="no-reply@example.gov.uk",
        smtp_host=HERE,
        smtp_port=mailbox.port,
        smtp_security="none",
        reminders="command",
        packs_ahead=False,
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """An application with worker jobs, and several people who each owe something."""
    app = create_app(settings)
    with time_machine.travel(MORNING), app.app_context():
        db.create_all()
        for number in range(PEOPLE):
            given.an_action(lead=given.a_person(email=f"person{number}@example.org"), due_on=MORNING.date())
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()


EVERYBODY = [f"person{number}@example.org" for number in range(PEOPLE)]


def run(app: Flask) -> int:
    """One run as a worker or a timetable does it: how many letters it wrote."""
    with app.app_context():
        return sum(reminder_jobs.run({}).values())


def letters() -> list[ReminderLetter]:
    """As the database has them; no lock is held afterwards."""
    return seen(select(ReminderLetter).options(joinedload(ReminderLetter.person)).order_by(ReminderLetter.written_at))


def seen(statement: Select[Row]) -> list[Row]:
    db.session.rollback()
    rows = list(db.session.scalars(statement))
    db.session.expunge_all()
    db.session.rollback()
    return rows


def later(minutes: float) -> time_machine.travel:
    return time_machine.travel(MORNING + timedelta(minutes=minutes))


# Races --------------------------------------------------------------------------------------------------------


def test_runs_that_race_write_one_letter_to_each_person(app: Flask, mailbox: Mailbox) -> None:
    ready = Barrier(4)

    def race(_: int) -> int:
        ready.wait(timeout=10)
        return run(app)

    with ThreadPoolExecutor(4) as threads:
        written = list(threads.map(race, range(4)))

    assert sum(written) == PEOPLE
    assert len(seen(select(Reminder))) == 2 * PEOPLE
    jobs.work(app, until_idle=True)
    assert sorted(mailbox.to) == EVERYBODY


def test_workers_that_race_send_each_letter_once(app: Flask, mailbox: Mailbox) -> None:
    run(app)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: jobs.work(app, until_idle=True), range(4)))

    assert sorted(mailbox.to) == EVERYBODY
    assert {letter.fate for letter in letters()} == {LetterFate.SENT}


def test_one_letter_in_the_hands_of_two_workers_goes_once(app: Flask, mailbox: Mailbox) -> None:
    """A worker that was taken for dead, and was only slow, beside the one that took its job."""
    run(app)
    letter_id = str(letters()[0].id)
    ready = Barrier(3)

    def send(_: int) -> object:
        with app.app_context():
            ready.wait(timeout=10)
            try:
                result = reminder_jobs.send({"letter": letter_id})
                db.session.commit()
                return result
            except jobs.TryLater as later:
                return str(later)

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(send, range(3)))

    assert len(mailbox.to) == 1


# Deaths -------------------------------------------------------------------------------------------------------


def killed_while(settings: Settings, place: str) -> None:
    """A process of its own that runs and sends, and is killed without a word at a place of the code."""
    code = f"""
import os, signal, sys
import time_machine
from pydantic import SecretStr
from tracker.application import create_app
from tracker.platform import jobs
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.reminders import commands, jobs as reminder_jobs
from tracker.platform.mail import SmtpSender
from tracker.settings import Settings

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

app = create_app(Settings(_env_file=None))
with time_machine.travel({MORNING.timestamp()!r}):
    {place}
    with app.app_context():
        reminder_jobs.run({{}})
    jobs.work(app, until_idle=True)
"""
    told = {
        "TRACKER_SECRET_KEY": "a key for tests only",
        "TRACKER_DATABASE_URL": settings.database_url,
        "TRACKER_STORAGE_URL": settings.storage_url,
        "TRACKER_MAIL": "smtp",
        "TRACKER_MAIL_FROM": settings.mail_from,
        "TRACKER_SMTP_HOST": settings.smtp_host,
        "TRACKER_SMTP_PORT": str(settings.smtp_port),
        "TRACKER_PACKS_AHEAD": "false",
        "TRACKER_SMTP_SECURITY": "none",
        "TRACKER_REMINDERS": "command",
    }
    ended = subprocess.run([sys.executable, "-c", code], env={**os.environ, **told}, capture_output=True, timeout=60)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


def taken_up_again(app: Flask) -> None:
    """Everything once more, later the same morning, by workers that find what a dead one left."""
    with later(10):
        run(app)
        jobs.work(app, until_idle=True)


@pytest.mark.parametrize(
    "place",
    [
        "commands._reminders = die",  # the letter's row is written, nothing is committed
        "jobs.work = die",  # everything is written, nothing is sent
        "SmtpSender.send = die",  # a worker has begun
        "commands.hand_over = die",  # it has said for whom, and not yet what
    ],
)
def test_a_run_killed_before_a_letter_leaves_is_made_good_and_nobody_is_mailed_twice(
    app: Flask, settings: Settings, mailbox: Mailbox, place: str
) -> None:
    db.session.remove()

    killed_while(settings, place)
    assert mailbox.to == []
    taken_up_again(app)

    assert sorted(mailbox.to) == EVERYBODY
    assert {letter.fate for letter in letters()} == {LetterFate.SENT}


def test_a_worker_killed_after_a_letter_left_sends_it_to_nobody_again(
    app: Flask, settings: Settings, mailbox: Mailbox
) -> None:
    db.session.remove()

    killed_while(settings, "commands.keep_sent = die")
    assert len(mailbox.to) == 1
    taken_up_again(app)

    assert sorted(mailbox.to) == EVERYBODY
    (unknown,) = [letter for letter in letters() if letter.fate is LetterFate.FAILED]
    assert "may or may not have arrived" in unknown.trouble
    assert unknown.person.email == mailbox.to[0]


# Failures -----------------------------------------------------------------------------------------------------


def waits(app: Flask) -> list[int]:
    """After how many minutes each waiting job is tried again."""
    queued = seen(select(Job).where(Job.state == JobState.QUEUED))
    return [round((job.not_before - clock.now()).total_seconds() / 60) for job in queued if job.not_before]


def test_a_server_that_is_down_is_tried_again_later_each_time_until_it_answers(app: Flask, mailbox: Mailbox) -> None:
    run(app)
    mailbox.answers = ["451 Come again"] * (4 * PEOPLE)
    waited = []
    minutes = 0.0

    for _ in range(4):
        with later(minutes):
            jobs.work(app, until_idle=True)
            (wait,) = set(waits(app))
            waited.append(wait)
            jobs.work(app, until_idle=True)
        minutes += wait + 0.5
    with later(minutes):
        jobs.work(app, until_idle=True)

    assert waited == [1, 5, 20, 60]
    assert sorted(mailbox.to) == EVERYBODY
    assert {letter.tries for letter in letters()} == {4}


def test_a_letter_that_waited_into_the_night_is_not_sent_then(app: Flask, mailbox: Mailbox) -> None:
    run(app)

    with later(10 * 60):
        jobs.work(app, until_idle=True)
        assert {job.message for job in seen(select(Job))} == {"Nobody is mailed now"}
    with later(24 * 60):
        run(app)
        jobs.work(app, until_idle=True)

    assert sorted(mailbox.to) == EVERYBODY
    assert sorted({letter.fate for letter in letters()}) == [LetterFate.REPLACED, LetterFate.SENT]


def test_a_fault_of_ours_reaches_the_log_and_the_next_days_letter_says_the_same(
    app: Flask, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(app)
    with monkeypatch.context() as broken:
        broken.setattr(SmtpSender, "send", lambda *args, **more: 1 / 0)
        jobs.work(app, until_idle=True)
    assert {job.state for job in seen(select(Job))} == {JobState.FAILED}

    with later(24 * 60):
        run(app)
        jobs.work(app, until_idle=True)

    assert sorted(mailbox.to) == EVERYBODY


def test_notify_is_asked_about_a_letter_that_was_cut_off(app: Flask, settings: Settings) -> None:
    with notify_service() as service:
        app.config["MAIL"] = notify_settings(service)
        service.keeps_then_fails, service.answers = True, [500]
        run(app)
        jobs.work(app, until_idle=True)

        assert sorted(each["email_address"] for each in service.sent) == EVERYBODY
    assert {letter.fate for letter in letters()} == {LetterFate.SENT}


def notify_settings(service: Notify) -> MailSettings:
    key = "test-11111111-1111-4111-8111-111111111111-22222222-2222-4222-8222-222222222222"
    return MailSettings(kind="notify", notify_key=key, notify_template="a-template", notify_address=service.address)


def test_a_letter_cut_off_a_moment_ago_may_still_be_on_its_way(app: Flask, mailbox: Mailbox) -> None:
    run(app)
    letter = letters()[0]
    assert commands.hand_over(letter, at=clock.now())
    db.session.commit()

    with pytest.raises(jobs.TryLater, match="may still be sending"):
        reminder_jobs.send({"letter": str(letter.id)})


def test_somebody_who_left_meanwhile_is_not_mailed(app: Flask, mailbox: Mailbox) -> None:
    run(app)
    leaver = people.person_by_email(EVERYBODY[0])
    assert leaver is not None
    leaver.active = False
    db.session.commit()

    jobs.work(app, until_idle=True)

    assert sorted(mailbox.to) == EVERYBODY[1:]


# The built-in timetable ---------------------------------------------------------------------------------------


def test_workers_look_by_themselves_unless_the_operators_timetable_does(settings: Settings, mailbox: Mailbox) -> None:
    built_in = create_app(settings.model_copy(update={"reminders": "built-in"}))
    with built_in.app_context(), time_machine.travel(MORNING):
        db.create_all()
        given.an_action(lead=given.a_person(email=EVERYBODY[0]), due_on=MORNING.date())
        db.session.commit()

        jobs.work(built_in, until_idle=True)

        assert mailbox.to == EVERYBODY[:1]
        db.session.remove()
        db.engine.dispose()
    assert "reminders" not in create_app(settings).extensions["ticks"]


def test_the_command_says_what_it_wrote_and_that_mail_is_off(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert reminder_jobs.report() == [f"Brent: {PEOPLE} letters to send"]
    db.session.commit()
    assert reminder_jobs.report() == ["Brent: 0 letters to send"]
    db.session.commit()

    monkeypatch.setitem(app.config, "MAIL", MailSettings(kind="off"))
    with pytest.raises(Refused, match="Mail is off"):
        reminder_jobs.report()


def test_of_two_workers_one_takes_the_turn_and_the_next_is_five_minutes_later(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"reminders": "built-in"}))
    looked: list[str] = []

    def look(times: int = 1) -> None:
        for _ in range(times):
            app.extensions.pop("ticks_looked_at", None)
            ticks.do_due(lambda place: lambda payload: looked.append(place))

    with app.app_context():
        db.create_all()
        with time_machine.travel(MORNING):
            look(3)
        with later(4.9):
            look()
        with later(5.1):
            look(2)
        db.session.remove()
        db.engine.dispose()

    assert [place for place in looked if "reminders" in place] == ["tracker.reminders.jobs:run"] * 2
