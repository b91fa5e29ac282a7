"""The browsers that are known: a signed cookie says who signed in there before. It lets nobody in."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature

from tracker.people.models import Person
from tracker.platform import sealing

COOKIE = "known_browser"
PURPOSE = "people: a browser that is known"
KNOWN_FOR = timedelta(days=180)
"""Since somebody last signed in there. Our choice."""
MOST_PEOPLE = 8
"""Who are remembered of a browser that several people use. Our choice."""


@dataclass(frozen=True)
class Known:
    id: str
    people: tuple[str, ...]


def known_to(person: Person | None) -> str | None:
    """The id of this browser, if this person has signed in here before."""
    known = _read()
    return known.id if known and person is not None and person.id.hex in known.people else None


def remember(person: Person) -> None:
    """This person has shown in this browser that she is herself."""
    known = _read() or Known(sealing.new_token(), ())
    people = [person.id.hex, *(one for one in known.people if one != person.id.hex)][:MOST_PEOPLE]
    value = sealing.timed_signer(PURPOSE).dumps([known.id, people])

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            value,
            max_age=KNOWN_FOR,
            secure=bool(current_app.config["HTTPS"]),
            httponly=True,
            samesite="Lax",
            path="/",
        )
        return response


def _read() -> Known | None:
    try:
        found = sealing.timed_signer(PURPOSE).loads(
            request.cookies.get(COOKIE, ""), max_age=int(KNOWN_FOR.total_seconds())
        )
        return Known(str(found[0]), tuple(UUID(one).hex for one in found[1]))
    except (BadSignature, ValueError, TypeError, IndexError):
        return None
