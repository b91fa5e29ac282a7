"""Mailing an invitation. A worker makes its link, so that no queue, log or record holds the secret."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app

from tracker.people import invitations
from tracker.people import queries as people
from tracker.people.handed_over import hand_over
from tracker.people.models import Membership, Person
from tracker.platform import clock, history, mail
from tracker.platform.db import db
from tracker.platform.mail import Letter
from tracker.web.links import public_addresses


def mail_invitation(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Invite one member and mail her the link; nothing where it is asked for no more. On record with her."""
    membership, by = db.session.get(Membership, UUID(payload["membership"])), people.person(UUID(payload["by"]))
    sender, now = mail.sender(), clock.now()
    if sender is None or membership is None or by is None or not _awaits_one(membership, now):
        return {"mailed": False}
    with history.acting(by.id, by.name):
        token = invitations.invite(membership, by=by, at=now)
        mailed = hand_over(_letter(membership, by, token, now), sender, asked_at=payload["asked_at"])
        if not mailed:
            invitations.revoke(membership, at=now)
        history.record(membership, "mailed an invitation" if mailed else "could not mail the invitation")
    return {"mailed": mailed}


def _awaits_one(membership: Membership, now: datetime) -> bool:
    person = membership.person
    return person.active and not person.password_hash and membership.counts_on(now.date())


def _letter(membership: Membership, by: Person, token: str, now: datetime) -> Letter:
    words = {
        "person": membership.person.name,
        "by": by.name,
        "place": membership.authority.name,
        "address": public_addresses().build("people.accept", {"token": token}, force_external=True),
        "days": invitations.GOOD_FOR.days,
        "demonstration": current_app.config["DEMONSTRATION"],
    }
    environment = current_app.jinja_env
    return Letter(
        identity=f"invitation-{membership.id.hex}-{int(now.timestamp())}",
        written_at=now,
        to=membership.person.email,
        subject="Your access to the inspection readiness tracker",
        text=environment.get_template("people/invitation/letter.txt").render(words),
        html=environment.get_template("people/invitation/letter.html").render(words),
    )
