"""Mailing the link with which a forgotten password is replaced. A worker makes it: no queue holds its secret."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import current_app

from tracker.people import queries as people
from tracker.people.models import Person
from tracker.people.passwords import commands, queries, rules
from tracker.people.passwords.models import LinkFor
from tracker.platform import clock, jobs, mail
from tracker.platform.jobs import TryLater
from tracker.platform.mail import Letter, NotSent, Unknown
from tracker.web.links import public_addresses

AGAIN_AFTER = timedelta(minutes=1)
GIVE_UP_AFTER = timedelta(minutes=30)
"""Since it was asked for. Our choice: nobody waits longer before a page that she cannot open."""


def mail_link(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make a link for one person and mail it; nothing while mail is off, or when enough were mailed lately."""
    person, sender, now = people.person(UUID(payload["person"])), mail.sender(), clock.now()
    if sender is None or person is None or not person.active:
        return {"mailed": False}
    if queries.links_made(person, since=now - rules.LINK_HOLDS_FOR) >= rules.MOST_LINKS:
        return {"mailed": False}
    letter = _letter(person, commands.make_link(person, LinkFor.RESET, at=now), now)
    jobs.let_others_write()
    try:
        sender.send(letter, handing_over=lambda: None)
    except NotSent as fault:
        if fault.again and now - datetime.fromisoformat(payload["asked_at"]) < GIVE_UP_AFTER:
            raise TryLater(str(fault), at=now + AGAIN_AFTER) from fault
        return {"mailed": False}
    except Unknown:
        return {"mailed": "perhaps"}
    return {"mailed": True}


def _letter(person: Person, token: str, now: datetime) -> Letter:
    words = {
        "person": person.name,
        "address": public_addresses().build("passwords.reset", {"token": token}, force_external=True),
        "minutes": int(rules.LINK_HOLDS_FOR.total_seconds() // 60),
        "demonstration": current_app.config["DEMONSTRATION"],
    }
    environment = current_app.jinja_env
    return Letter(
        identity=f"password-{person.id.hex}-{int(now.timestamp())}",
        written_at=now,
        to=person.email,
        subject="Choose a new password for the inspection readiness tracker",
        text=environment.get_template("people/passwords/letter.txt").render(words),
        html=environment.get_template("people/passwords/letter.html").render(words),
    )
