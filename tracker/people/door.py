"""Coming in: a password that is right, perhaps a one-time code, and a new session."""

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.people import queries
from tracker.people.codes import commands as codes
from tracker.people.codes import queries as code_queries
from tracker.people.codes.rules import SecondStep, must_have
from tracker.people.models import Person
from tracker.people.passwords import commands as passwords
from tracker.people.sessions import commands as sessions
from tracker.people.sessions import cookies
from tracker.people.sessions.rules import Way, browser_in_words
from tracker.people.throttling import browsers, rules
from tracker.people.throttling import commands as throttling
from tracker.people.throttling import queries as tries
from tracker.people.throttling.rules import Outcome
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.web.links import inside

WRONG = "The e-mail address or the password is wrong. Check both and try again."


def by_password(email: str, password: str) -> Person:
    """The person these belong to. Raises Refused, in the same words for a wrong address and a wrong password."""
    person = queries.person_by_email(email)
    refuse_while_held(email, person)
    if passwords.is_hers(person, password) and person is not None:
        return person
    failed(email, person, Outcome.WRONG)
    raise Refused(WRONG)


def by_code(person: Person, code: str, way: Way) -> None:
    """Take a one-time or a recovery code of somebody whose password was right. Raises Refused for a wrong one."""
    refuse_while_held(person.email, person)
    now, key = clock.now(), code_queries.key(person)
    if way is Way.WITH_RECOVERY_CODE:
        right = codes.take_recovery_code(person, code, at=now)
    else:
        right = key is not None and codes.take(key, code, at=now)
    if not right:
        failed(person.email, person, Outcome.WRONG_CODE)
        raise Refused("That recovery code is not right." if way is Way.WITH_RECOVERY_CODE else codes.WRONG)


def asks_for_code(person: Person) -> bool:
    return current_app.config["SECOND_STEP"] is not SecondStep.OFF and code_queries.has_codes(person)


def must_have_codes(person: Person) -> bool:
    """Whether the operator asks this person to have one-time codes."""
    setting, asked = current_app.config["SECOND_STEP"], current_app.config["SECOND_STEP_ROLES"]
    return setting is SecondStep.REQUIRED and must_have(setting, asked, code_queries.roles(person.id))


def confirm(password: str) -> None:
    """Who is signed in gives her password again. Raises Refused when it is not hers."""
    here = cookies.current()
    if here is None:
        raise Refused("Sign in first.")
    refuse_while_held(here.person.email, here.person)
    if not passwords.is_hers(here.person, password):
        failed(here.person.email, here.person, Outcome.WRONG)
        raise Refused("The password is wrong. Check it and try again.")
    sessions.confirm(here, at=clock.now())


def refuse_while_held(email: str, person: Person | None) -> None:
    """Raises Refused while whoever asks has to wait after wrong tries."""
    now = clock.now()
    known = browsers.known_to(person)
    tried = tries.recent(throttling.account(email), now=now)
    wait = rules.wait(tried, now=now, address=request.remote_addr or "", browser=known)
    if wait:
        failed(email, person, Outcome.HELD)
        raise Refused(f"There were too many wrong tries. Wait {rules.in_words(wait)}, then try again.")


def failed(email: str, person: Person | None, outcome: Outcome) -> None:
    """Put a try on record at once: the page that refuses it is answered with a status that commits nothing."""
    _note(email, person, outcome)
    db.session.commit()


def let_in(person: Person, way: Way, *, must_set_codes_up: bool = False) -> None:
    _note(person.email, person, Outcome.SIGNED_IN)
    browsers.remember(person)
    cookies.enter(person, way=way, must_set_codes_up=must_set_codes_up)


def go_on(target: str | None = None) -> ResponseReturnValue:
    """To the page that was asked for, if it is one of this site; else home."""
    return redirect(inside(target) or url_for("people.home"))


def _note(email: str, person: Person | None, outcome: Outcome) -> None:
    throttling.note(
        email,
        person,
        outcome,
        address=request.remote_addr or "",
        browser_id=browsers.known_to(person),
        browser=browser_in_words(request.user_agent.string),
        at=clock.now(),
    )
