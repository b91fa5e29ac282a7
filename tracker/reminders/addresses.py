"""Addresses that work outside the site: what mails and calendars link to, and the tokens in them."""

from uuid import UUID

from itsdangerous import BadSignature

from tracker.people.models import Authority
from tracker.platform import references, sealing
from tracker.reminders.rules import Owed, Thing
from tracker.web.links import PAGES, public_addresses

STOP_DIGEST = "reminders: stop the digest"
"""What a signature is for: one for something else does not stop a digest."""

OF_THINGS = {Thing.DUTY: "deadlines.show"}
"""Where something is dealt with, if not on the page of its reference."""


class Addresses:
    """Whole addresses in one authority, starting with TRACKER_PUBLIC_ADDRESS; no request is needed."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.adapter = public_addresses()

    def of(self, owed: Owed) -> str:
        """The page on which something is dealt with."""
        if owed.thing is Thing.CASE:
            return self.page("audit_programmes.start", allocation_id=owed.thing_id)
        found = references.parse(owed.reference)
        if found is None:
            return self.page("self_evaluation.index")
        prefix, number = found
        return self.page(OF_THINGS.get(owed.thing) or PAGES[prefix], number=number)

    def page(self, endpoint: str, **values: object) -> str:
        return self.adapter.build(endpoint, {"authority": self.authority.slug, **values}, force_external=True)

    def stop_digest(self, person_id: UUID) -> str:
        token = sealing.signer(STOP_DIGEST).dumps([self.authority.id.hex, person_id.hex])
        return self.adapter.build("reminders.stop_digest", {"token": token}, force_external=True)

    def calendar(self, token: str) -> str:
        return self.adapter.build("reminders.calendar_file", {"token": token}, force_external=True)


def whose_digest(token: str) -> tuple[UUID, UUID] | None:
    """The authority and the person that a signed token names; None for one that we did not sign."""
    try:
        authority_id, person_id = sealing.signer(STOP_DIGEST).loads(token)
    except BadSignature:
        return None
    return UUID(authority_id), UUID(person_id)
