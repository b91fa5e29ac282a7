"""Mailing the link with which a forgotten password is replaced. A worker makes it: no queue holds its secret."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app

from tracker.people import queries as people
from tracker.people.handed_over import hand_over
from tracker.people.models import Person
from tracker.people.passwords import commands, queries, rules
from tracker.people.passwords.models import LinkFor
from tracker.platform import clock, mail
from tracker.platform.mail import Letter
from tracker.web.links import public_addresses


def mail_link(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make a link for one person and mail it; nothing while mail is off, or when enough were mailed lately."""
    person, sender, now = people.person(UUID(payload["person"])), mail.sender(), clock.now()
    if sender is None or person is None or not person.active:
        return {"mailed": False}
    if queries.links_made(person, since=now - rules.LINK_HOLDS_FOR) >= rules.MOST_LINKS:
        return {"mailed": False}
    letter = _letter(person, commands.make_link(person, LinkFor.RESET, at=now), now)
    return {"mailed": hand_over(letter, sender, asked_at=payload["asked_at"])}


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
