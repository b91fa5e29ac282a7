"""Choosing one's mails, stopping the digest from a mail, and when an authority reminds."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests import given
from tests.given_reminders import MONDAY, MORNING
from tests.given_reminders import _monday as _monday  # a fixture
from tests.given_reminders import person as person  # a fixture
from tests.given_reminders import samira as samira  # a fixture
from tests.queries_counted import at_most
from tracker.people.models import Authority, Person
from tracker.platform import clock
from tracker.platform.errors import Conflict
from tracker.reminders import commands, queries
from tracker.reminders.addresses import Addresses
from tracker.reminders.rules import Choice, Numbers, Weekday
from tracker.settings import Settings

CHOICE: dict[str, Any] = {
    "version": 0, "packs": "y", "digest": "y", "due_soon": "y", "overdue": "y", "waiting": "y", "escalated": "y",
    "week": "y", "digest_weekday": "", "digest_hour": "",
}  # fmt: skip
NUMBERS: dict[str, Any] = {
    "version": 0, "due_soon_days": "5", "statutory_soon_days": "20", "overdue_every_days": "3",
    "accountable_after_days": "10", "director_after_days": "20", "digest_weekday": "Friday", "hour": "9",
    "quiet_from": "17", "quiet_until": "8", "closed": "29 December 2026\n30 December 2026",
}  # fmt: skip


# Which mails --------------------------------------------------------------------------------------------------


def test_a_person_chooses_her_mails(samira: FlaskClient, brent: Authority, person: Person) -> None:
    posted = CHOICE | {"digest_weekday": "Thursday", "digest_hour": "9"}
    del posted["overdue"]

    page = samira.post("/brent/reminders", data=posted, follow_redirects=True)

    assert "Your choice is saved." in page.text
    row = queries.own_choice(brent, person)
    assert row is not None
    assert row.choice == Choice(overdue=False, digest_weekday=Weekday.THURSDAY, digest_hour=9, chosen_on=MONDAY)


def test_a_choice_made_in_two_windows_is_not_lost_silently(samira: FlaskClient) -> None:
    samira.post("/brent/reminders", data=CHOICE)

    page = samira.post("/brent/reminders", data=CHOICE | {"digest_weekday": "Friday"})

    assert page.status_code == 422
    assert "You changed this in another window" in page.text


@pytest.mark.parametrize("what", ["her mails", "the numbers"])
def test_of_two_first_choices_at_one_moment_the_second_is_asked_to_look_again(
    brent: Authority, person: Person, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    for asked in ("own_choice", "chosen_numbers"):  # as both found it: nothing was chosen yet
        monkeypatch.setattr(queries, asked, lambda *args: None)

    def choose() -> None:
        if what == "her mails":
            commands.choose(brent, person, choice=Choice(), version=0)
        else:
            commands.set_numbers(brent, numbers=Numbers(), version=0)

    choose()
    with pytest.raises(Conflict, match="Look at it again"):
        choose()


@pytest.mark.parametrize("hour", ["6", "25", "noon"])
def test_an_hour_at_which_nobody_is_mailed_cannot_be_chosen(samira: FlaskClient, hour: str) -> None:
    page = samira.post("/brent/reminders", data=CHOICE | {"digest_hour": hour})

    assert page.status_code == 422
    assert "choose from the list" in page.text


def test_the_demonstration_shows_the_mail_on_the_page_and_mails_nobody(
    samira: FlaskClient, brent: Authority, person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    given.an_action(lead=person, title="Weekly panel", due_on=MONDAY)

    commands.remind(brent, now=clock.now())

    assert "Not mailed, only shown. To: samira@example.org" in capsys.readouterr().err
    page = samira.get("/brent/reminders")
    assert "nobody is mailed" in page.text
    assert "Brent: your week, 1 due soon" in page.text
    link = re.search(r'href="(/brent/reminders/mails/[^"]+)"', page.text)
    assert link is not None
    shown = samira.get(link[1]).text
    assert "Deliver A-1: Weekly panel" in shown
    assert '<a href="http://127.0.0.1:8000/brent/actions/1"' in shown


def test_nobody_reads_a_colleagues_mail(
    samira: FlaskClient, director: FlaskClient, brent: Authority, person: Person
) -> None:
    given.an_action(lead=person, due_on=MONDAY)
    letter = next(each for each in commands.remind(brent, now=clock.now()) if each.person == person)

    assert director.get(f"/brent/reminders/mails/{letter.id}").status_code == 404


# Stopping the digest from a mail ------------------------------------------------------------------------------


def stop_address(brent: Authority, person: Person) -> str:
    return Addresses(brent).stop_digest(person.id).removeprefix("http://127.0.0.1:8000")


def test_opening_the_link_changes_nothing_and_its_button_stops_the_digest(
    client: FlaskClient, brent: Authority, person: Person
) -> None:
    address = stop_address(brent, person)

    page = client.get(address)
    assert "Stop the weekly digest" in page.text
    assert queries.own_choice(brent, person) is None

    done = client.post(address)
    assert "The weekly digest is stopped" in done.text
    row = queries.own_choice(brent, person)
    assert row is not None
    assert row.choice == Choice(digest=False, chosen_on=MONDAY)


def test_stopping_the_digest_leaves_other_choices_alone_and_may_be_repeated(
    client: FlaskClient, brent: Authority, person: Person
) -> None:
    commands.choose(brent, person, choice=Choice(overdue=False, digest_hour=9), version=0)
    address = stop_address(brent, person)

    assert [client.post(address).status_code for _ in range(2)] == [200, 200]

    row = queries.own_choice(brent, person)
    assert row is not None
    assert (row.digest, row.overdue, row.digest_hour) == (False, False, 9)


def test_a_mail_program_stops_the_digest_without_a_form_token(
    app: Flask, brent: Authority, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    answer = app.test_client().post(stop_address(brent, person), data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert app.test_client().post("/sign-out").status_code == 400


def test_a_link_that_we_did_not_sign_is_not_found(client: FlaskClient, brent: Authority, person: Person) -> None:
    address = stop_address(brent, person)

    assert client.post(f"{address}x").status_code == 404
    assert client.get("/unsubscribe/nonsense").status_code == 404
    assert queries.own_choice(brent, person) is None


# When an authority reminds ------------------------------------------------------------------------------------


def test_a_director_sets_the_numbers(director: FlaskClient, brent: Authority) -> None:
    page = director.post("/brent/reminders/times", data=NUMBERS, follow_redirects=True)

    assert "told after 10 days late" in page.text
    assert queries.numbers(brent) == Numbers(
        due_soon_days=5,
        statutory_soon_days=20,
        overdue_every_days=3,
        accountable_after_days=10,
        director_after_days=20,
        digest_weekday=Weekday.FRIDAY,
        hour=9,
        quiet_from=17,
        quiet_until=8,
        closed=frozenset({date(2026, 12, 29), date(2026, 12, 30)}),
    )
    shown = director.get("/brent/reminders/times").text
    assert "29 December 2026\n30 December 2026" in shown
    assert 'value="20"' in shown


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"due_soon_days": "soon"}, "must be a number"),
        ({"due_soon_days": ""}, "enter a number of days"),
        ({"overdue_every_days": "0"}, "between 1 and 90"),
        ({"director_after_days": "9"}, "Directors are told after the accountable person"),
        ({"hour": "7"}, "outside the quiet ones"),
        ({"digest_weekday": "Sunday"}, "choose from the list"),
        ({"closed": "Christmas"}, "is not a date"),
        ({"version": "4"}, "Somebody else changed this"),
    ],
)
def test_numbers_that_make_no_sense_change_nothing(
    director: FlaskClient, brent: Authority, change: dict[str, str], why: str
) -> None:
    page = director.post("/brent/reminders/times", data=NUMBERS | change)

    assert page.status_code == 422
    assert why in page.text
    assert queries.numbers(brent) == Numbers()


def test_only_directors_set_the_numbers(samira: FlaskClient) -> None:
    assert samira.post("/brent/reminders/times", data=NUMBERS).status_code == 403
    assert "Change these" not in samira.get("/brent/reminders").text


def test_the_pages_ask_a_bounded_number_of_statements(samira: FlaskClient, brent: Authority, person: Person) -> None:
    given.an_action(lead=person, due_on=MONDAY)
    for day in range(8):
        with time_machine.travel(MORNING + timedelta(days=7 * day)):
            commands.remind(brent, now=clock.now())
    samira.get("/brent/reminders")

    with at_most(8):
        samira.get("/brent/reminders")


def test_settings_name_an_address_that_people_can_open() -> None:
    with pytest.raises(ValueError, match="public_address"):
        Settings.model_validate({"secret_key": "a key for tests only", "public_address": "tracker.example.gov.uk"})


def test_addresses_stand_under_the_public_one(app: Flask, brent: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "PUBLIC_ADDRESS", "https://www.example.gov.uk/tracker")

    assert Addresses(brent).page("reminders.index") == "https://www.example.gov.uk/tracker/brent/reminders"
