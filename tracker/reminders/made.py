"""A mail of its own, at once: that something asked for is made, or why it is not; that an inspection is announced."""

from uuid import UUID

from flask import current_app
from sqlalchemy.exc import IntegrityError

from tracker.people.models import Authority, Person
from tracker.platform import clock, jobs, mail
from tracker.platform.db import db
from tracker.reminders import queries, rules
from tracker.reminders.addresses import Addresses
from tracker.reminders.models import ReminderLetter
from tracker.reminders.rules import Choice

SEND = "reminders.send"

ASKED = "You get this mail because you asked for it to be made."
"""Why she is told, unless there is another reason: those who want no mail of what they asked for get none."""

MOVED = "You get this mail because something of it is yours to do."
"""Why she is told that something of hers in an inspection moved; those who want no such mail get none."""

Page = tuple[str, dict[str, object]]
"""An endpoint, and what names the page."""


def tell(
    authority: Authority,
    person: Person,
    *,
    about: UUID,
    subject: str,
    sentence: str,
    page: Page,
    why: str = ASKED,
) -> None:
    """Write it and queue the sending, unless mail is off, she wants no such mails, or it was told already.

    ``page`` is the endpoint, and what names it, of the page that the mail leads to; ``why`` says why she is written to.
    """
    chosen = queries.own_choice(authority, person)
    if not mail.is_on() or not _wants(chosen.choice if chosen else Choice(), why):
        return
    letter = _letter(authority, person, about, subject, sentence, page, why)
    try:
        with db.session.begin_nested():
            db.session.add(letter)
            db.session.flush()
            letter.job = jobs.enqueue(SEND, {"letter": str(letter.id)}, authority_id=authority.id)
    except IntegrityError:
        return


def _wants(choice: Choice, why: str) -> bool:
    return {ASKED: choice.packs, MOVED: choice.week}.get(why, True)


def _letter(
    authority: Authority, person: Person, about: UUID, subject: str, sentence: str, page: Page, why: str
) -> ReminderLetter:
    addresses, now, (endpoint, named) = Addresses(authority), clock.now(), page
    words = {
        "authority": authority.name,
        "subject": subject,
        "sentence": sentence,
        "why": why,
        "address": addresses.page(endpoint, **named),
        "choices": addresses.page("reminders.index"),
        "demonstration": current_app.config["DEMONSTRATION"],
    }
    environment = current_app.jinja_env
    return ReminderLetter(
        authority=authority,
        person=person,
        day=now.astimezone(rules.LONDON).date(),
        about_id=about,
        made=True,
        digest=False,
        subject=f"{authority.name}: {subject}",
        text=environment.get_template("reminders/made.txt").render(words),
        html=environment.get_template("reminders/made.html").render(words),
        unsubscribe="",
        written_at=now,
    )
