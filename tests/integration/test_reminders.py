"""Who is written to, about what, once: from what is owed to the letter that a real mail server gets."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import given, given_audits
from tests.given_deadlines import a_received_inspection
from tests.mail_server import HERE, Mailbox, mail_server
from tests.queries_counted import at_most
from tracker.actions.models import Milestone
from tracker.actions.rules import Status
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.jobs import JobState
from tracker.reminders import commands, queries
from tracker.reminders.models import Reminder, ReminderLetter
from tracker.reminders.rules import LONDON, Choice, Kind, LetterFate, Numbers, Weekday
from tracker.settings import MailSettings

MONDAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=LONDON)
A_DAY = timedelta(days=1)


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A real mail server, and an application that is no demonstration and mails through it."""
    with mail_server() as mailbox:
        settings = MailSettings(
            kind="smtp",
            sender="Tracker <no-reply@example.gov.uk>",
            smtp_host=HERE,
            smtp_port=mailbox.port,
            smtp_security="none",
        )
        monkeypatch.setitem(app.config, "MAIL", settings)
        monkeypatch.setitem(app.config, "DEMONSTRATION", False)
        monkeypatch.setitem(app.config, "PUBLIC_ADDRESS", "https://tracker.example.gov.uk")
        yield mailbox


@pytest.fixture
def samira(brent: Authority) -> Person:
    return given.a_person(name="Samira Okafor", email="samira@example.org", authority=brent)


def run(brent: Authority, now: datetime = MORNING) -> Sequence[ReminderLetter]:
    """One look, at a moment."""
    with time_machine.travel(now, tick=False):
        return commands.remind(brent, now=clock.now())


def no_digest(brent: Authority, person: Person) -> None:
    commands.choose(brent, person, choice=Choice(digest=False, chosen_on=MONDAY), version=0)


def text(mailbox: Mailbox) -> str:
    """What the last letter says."""
    body = mailbox.letters[-1].get_body(("plain",))
    return "\n".join(body.get_content().splitlines()) if body else ""


# What is told -------------------------------------------------------------------------------------------------


def test_the_weekly_digest_bundles_everything_that_one_owes(brent: Authority, samira: Person, mailbox: Mailbox) -> None:
    given.an_action(lead=samira, title="Weekly panel", due_on=date(2026, 10, 30), status=Status.OFF_TRACK)
    given.an_action(lead=samira, title="Dip sample", due_on=date(2026, 11, 27))
    given.an_action(lead=samira, title="Next year's plan", due_on=date(2027, 3, 1))
    item = given.an_item(owner=samira)
    waits = given.an_action(item=item, title="Guidance", status=Status.AWAITING_SIGN_OFF)
    waits.delivered_on = date(2026, 11, 16)

    (letter,) = [one for one in run(brent) if one.person == samira]

    assert letter.digest
    assert letter.fate is LetterFate.SENT
    assert letter.subject == "Brent: your week, 1 overdue, 1 due soon, 1 waiting for you"
    said = text(mailbox)
    assert "Deliver A-1: Weekly panel\n  Due 30 October 2026, 24 days late." in said
    assert "https://tracker.example.gov.uk/brent/actions/2" in said
    assert "Sign off A-4: Guidance\n  Waiting since 16 November 2026." in said
    assert "Next year's plan" not in said
    assert "Brent children's services" in said


def test_another_day_brings_one_mail_with_what_is_new(brent: Authority, samira: Person, mailbox: Mailbox) -> None:
    given.an_action(lead=samira, title="Weekly panel", due_on=MONDAY - A_DAY)
    run(brent)
    given.an_action(lead=samira, title="Dip sample", due_on=MONDAY + 4 * A_DAY)
    given.an_action(lead=samira, title="Panel terms", due_on=MONDAY - A_DAY, status=Status.NOT_STARTED)

    (letter,) = run(brent, MORNING + A_DAY)

    assert not letter.digest
    assert letter.subject == "Brent: 1 overdue, 1 due soon"
    assert "Weekly panel" not in letter.text
    assert letter.unsubscribe == ""


def test_a_milestone_a_difference_and_a_finding_are_owed_too(
    brent: Authority, samira: Person, mailbox: Mailbox
) -> None:
    action = given.an_action(lead=samira, title="Weekly panel", due_on=date(2027, 3, 1))
    action.milestones.append(
        Milestone(position=0, title="Terms agreed", due_on=MONDAY + A_DAY, first_due_on=MONDAY + A_DAY)
    )
    shown = given.an_action(
        lead=samira,
        title="Guidance",
        status=Status.IMPACT_NOT_EVIDENCED,
        signed_off_by=given.a_person(),
        signed_off_on=date(2026, 8, 1),
    )
    shown.difference_due_on = date(2026, 11, 25)
    audit = given_audits.an_audit(case_reference="BR-4471")
    finding = given_audits.a_finding(audit, owner=samira)
    finding.agree_by = MONDAY + 2 * A_DAY

    run(brent)

    said = text(mailbox)
    assert "Reach a milestone of A-1: Terms agreed" in said
    assert "Say what A-2 changed for children: Guidance" in said
    assert f"Agree an action for {finding.reference}: from {audit.reference}, raised" in said
    assert "BR-4471" not in said
    assert finding.what not in said


def test_a_qa_officer_is_told_what_to_moderate_and_no_grade(brent: Authority, mailbox: Mailbox) -> None:
    auditor, amina = (given.a_person(name=name, role=Role.QA_OFFICER) for name in ("Leon Grant", "Amina Yusuf"))
    audit = given_audits.an_audit(given_audits.WEAK, auditor=auditor)

    told = run(brent)

    assert [letter.person for letter in told] == [amina]
    assert f"Moderate {audit.reference}" in text(mailbox)
    assert "inadequate" not in text(mailbox).lower()
    assert "improvement to be good" not in text(mailbox).lower()


def test_what_stays_overdue_goes_up_and_its_lead_is_named(brent: Authority, samira: Person, mailbox: Mailbox) -> None:
    helen = given.a_person(name="Helen Marsh")
    dana = given.a_person(name="Dana Whitfield", role=Role.DIRECTOR)
    action = given.an_action(lead=samira, title="Weekly panel", due_on=MONDAY - 14 * A_DAY)
    action.accountable = helen

    first = {letter.person: letter for letter in run(brent)}
    later = {letter.person: letter for letter in run(brent, MORNING + 14 * A_DAY)}

    assert set(first) == {samira, helen}
    assert "Due 9 November 2026, 14 days late. Samira Okafor has it to do." in first[helen].text
    assert set(later) == {samira, helen, dana}
    assert "1 overdue with others" in later[dana].subject


def test_a_statutory_deadline_is_told_two_weeks_before_to_who_sees_to_it(brent: Authority, mailbox: Mailbox) -> None:
    dana = given.a_person(name="Dana Whitfield", role=Role.DIRECTOR)
    a_received_inspection(date(2026, 10, 23))  # 30 working days later is 4 December

    (letter,) = run(brent)

    assert letter.person == dana
    assert "Statutory deadline of R-1: Publish the report\n  Due 4 December 2026." in letter.text
    assert "https://tracker.example.gov.uk/brent/inspections/1/clock" in letter.text


def test_a_title_that_might_lead_to_a_child_is_not_mailed(brent: Authority, samira: Person, mailbox: Mailbox) -> None:
    given.an_action(lead=samira, title="Ring about NHS number 943 476 5919", due_on=MONDAY)

    (letter,) = run(brent)

    assert "943" not in letter.text + letter.html
    assert "Deliver A-1: open its page to read it" in letter.text


def test_html_is_escaped_and_text_is_not(brent: Authority, samira: Person, mailbox: Mailbox) -> None:
    given.an_action(lead=samira, title="Plans <b>& reviews</b>", due_on=MONDAY)

    (letter,) = run(brent)

    assert "Plans <b>& reviews</b>" in letter.text
    assert "Plans &lt;b&gt;&amp; reviews&lt;/b&gt;" in letter.html


def test_a_long_list_refers_to_the_page(brent: Authority, samira: Person, mailbox: Mailbox) -> None:
    item = given.an_item()
    for number in range(25):
        given.an_action(item=item, lead=samira, title=f"Action {number}", due_on=MONDAY)

    (letter,) = run(brent)

    assert letter.subject == "Brent: your week, 25 due soon"
    assert letter.text.count("Deliver A-") == 20
    assert "and 5 more: https://tracker.example.gov.uk/brent/" in letter.text


# When, and how often ------------------------------------------------------------------------------------------


def test_nobody_is_mailed_twice_on_a_day_however_often_a_run_looks(
    brent: Authority, samira: Person, mailbox: Mailbox
) -> None:
    given.an_action(lead=samira, due_on=MONDAY)
    run(brent)
    given.an_action(lead=samira, title="Found at noon", due_on=MONDAY - A_DAY)

    assert run(brent, MORNING + timedelta(hours=4)) == []
    assert mailbox.to == ["samira@example.org"]
    assert "Found at noon" in run(brent, MORNING + A_DAY)[0].text


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 22, 12, tzinfo=LONDON),
        datetime(2026, 11, 23, 5, tzinfo=LONDON),
        datetime(2026, 11, 23, 7, 59, tzinfo=LONDON),
        datetime(2026, 11, 23, 18, 1, tzinfo=LONDON),
        datetime(2026, 12, 25, 12, tzinfo=LONDON),
        datetime(2026, 12, 28, 12, tzinfo=LONDON),
    ],
)
def test_nothing_is_written_outside_the_hours(
    brent: Authority, samira: Person, mailbox: Mailbox, moment: datetime
) -> None:
    given.an_action(lead=samira, due_on=moment.date())

    assert run(brent, moment) == []


def test_what_falls_on_a_holiday_is_told_on_the_next_working_morning(
    brent: Authority, samira: Person, mailbox: Mailbox
) -> None:
    given.an_action(lead=samira, due_on=date(2026, 12, 27), title="Due at Christmas")
    for day in (25, 26, 27, 28):
        assert run(brent, datetime(2026, 12, day, 9, tzinfo=LONDON)) == []

    (letter,) = run(brent, datetime(2026, 12, 29, 9, tzinfo=LONDON))

    assert "Due 27 December 2026, 2 days late" in letter.text
    assert letter.digest


def test_an_authority_has_numbers_of_its_own(brent: Authority, samira: Person, mailbox: Mailbox) -> None:
    no_digest(brent, samira)
    given.an_action(lead=samira, due_on=MONDAY + 10 * A_DAY)
    assert run(brent) == []

    numbers = Numbers(due_soon_days=10, hour=9, closed=frozenset({MONDAY + A_DAY}))
    commands.set_numbers(brent, numbers=numbers, version=0)

    assert run(brent) == []
    assert run(brent, MORNING + A_DAY) == []
    assert len(run(brent, MORNING + timedelta(hours=1))) == 1


def test_a_person_chooses_what_she_is_told_and_when_her_digest_comes(
    brent: Authority, samira: Person, mailbox: Mailbox
) -> None:
    choice = Choice(due_soon=False, digest_weekday=Weekday.WEDNESDAY, digest_hour=10, chosen_on=MONDAY)
    commands.choose(brent, samira, choice=choice, version=0)
    given.an_action(lead=samira, due_on=MONDAY + 4 * A_DAY)

    assert run(brent) == []
    assert run(brent, MORNING + 2 * A_DAY) == []
    (letter,) = run(brent, MORNING + 2 * A_DAY + timedelta(hours=2))
    assert letter.digest
    assert "Deliver A-1" in letter.text


def test_an_overdue_action_is_told_once_a_week(brent: Authority, samira: Person, mailbox: Mailbox) -> None:
    no_digest(brent, samira)
    given.an_action(lead=samira, due_on=MONDAY - A_DAY)

    told = [day for day in range(12) if run(brent, MORNING + day * A_DAY)]

    assert told == [0, 7]


def test_colleagues_who_left_are_not_written_to(brent: Authority, samira: Person, mailbox: Mailbox) -> None:
    given.an_action(lead=samira, due_on=MONDAY)
    samira.active = False

    assert run(brent) == []


def test_one_authority_hears_nothing_of_another(brent: Authority, samira: Person, mailbox: Mailbox) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    given.an_action(lead=samira, due_on=MONDAY)
    given.an_action(item=given.an_item(authority=barnet), lead=given.a_person(authority=barnet), due_on=MONDAY)

    assert [letter.person for letter in run(brent)] == [samira]


def test_a_run_asks_the_same_number_of_statements_however_much_is_owed(
    brent: Authority, samira: Person, mailbox: Mailbox
) -> None:
    given_audits.an_audit()
    item = given.an_item(owner=samira)
    for _ in range(30):
        given.an_action(item=item, lead=given.a_person(), due_on=MONDAY)
    db.session.flush()
    db.session.expire_all()

    with at_most(17):
        found = queries.readers(db.session.merge(brent), MONDAY, Numbers())

    assert len(found) >= 31


# Never twice, never lost --------------------------------------------------------------------------------------


def test_the_database_refuses_a_second_letter_and_a_second_telling(
    brent: Authority, samira: Person, mailbox: Mailbox, session: Session
) -> None:
    given.an_action(lead=samira, due_on=MONDAY)
    (letter,) = run(brent)
    told = letter.reminders[0]

    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(
            ReminderLetter(
                authority=brent, person=samira, day=MONDAY, digest=False, subject="", text="", html="",
                unsubscribe="", written_at=clock.now(),
            )
        )  # fmt: skip
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(
            Reminder(
                authority_id=brent.id, letter_id=letter.id, person_id=samira.id, kind=told.kind,
                thing_id=told.thing_id, about_on=None, day=MONDAY,
            )
        )  # fmt: skip


def test_a_letter_left_from_yesterday_is_replaced_by_one_mail_of_today(
    brent: Authority, samira: Person, mailbox: Mailbox
) -> None:
    given.an_action(lead=samira, due_on=MONDAY + A_DAY)
    mailbox.answers.append("451 Come again")
    (unsent,) = run(brent)
    assert unsent.fate is LetterFate.ON_ITS_WAY
    assert unsent.job is not None
    assert unsent.job.state is JobState.QUEUED

    (letter,) = run(brent, MORNING + A_DAY)

    assert (unsent.fate, letter.fate) == (LetterFate.REPLACED, LetterFate.SENT)
    assert letter.digest
    assert mailbox.subjects == ["Brent: your week, 1 due soon"]
    assert {told.kind for told in letter.reminders} == {Kind.DIGEST, Kind.DUE_SOON}


def test_an_address_that_does_not_exist_is_not_tried_again(brent: Authority, samira: Person, mailbox: Mailbox) -> None:
    mailbox.refuses["samira@example.org"] = "550 No such person"
    given.an_action(lead=samira, due_on=MONDAY + 3 * A_DAY)

    (letter,) = run(brent)

    assert letter.fate is LetterFate.FAILED
    assert "550 No such person" in letter.trouble
    assert letter.job is not None
    assert letter.job.state is JobState.FAILED
    assert run(brent, MORNING + A_DAY) == []
