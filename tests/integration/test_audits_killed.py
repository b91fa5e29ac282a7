"""A server that is killed while an audit saves itself: what was acknowledged is there, and nothing is half there."""

import contextlib
import re
import time
from threading import Thread
from urllib.parse import urlencode

from tests import given_audits
from tests.real_server import Server
from tracker.application import create_app
from tracker.audits import queries
from tracker.people import queries as people
from tracker.people.models import Authority
from tracker.platform.db import db

FIELD = 'name="{}"[^>]*value="([^"]+)"'


def brent() -> Authority:
    found = people.authority("brent")
    assert found is not None
    return found


def a_draft() -> None:
    with create_app().app_context():
        given_audits.a_draft(auditor=people.colleagues(brent())[0].person, authority=brent())
        db.session.commit()


def saves_itself(running: Server, acknowledged: list[int]) -> None:
    """Save again and again, as fast as it goes, until the server is gone."""
    with running.person.open(running.url("/brent/audits/1?domain=plan")) as answer:
        page = answer.read().decode()
    fields = {name: re.search(FIELD.format(name), page) for name in ("csrf_token", "version")}
    fixed = {name: found[1] for name, found in fields.items() if found} | {"then": "autosave", "saves": "0"}
    with contextlib.suppress(OSError):
        for number in range(1, 10_000):
            typed = {"window": f"k3x:{number}", "seen": f"Seen {number}", "difference": f"Made {number}"}
            running.person.open(
                running.url("/brent/audits/1/domains/plan"), urlencode(fixed | typed | {"finding": "new"}).encode()
            ).close()
            acknowledged.append(number)


def test_what_was_acknowledged_is_there_and_nothing_is_half_there(environment: dict[str, str]) -> None:
    a_draft()
    running = Server(environment)
    running.sign_in()
    acknowledged: list[int] = []
    person = Thread(target=saves_itself, args=(running, acknowledged))

    person.start()
    while not acknowledged and person.is_alive():
        time.sleep(0.01)
    time.sleep(0.2)
    running.kill()
    person.join()

    assert acknowledged
    with create_app().app_context():
        audit = queries.audit(brent(), 1)
        assert audit is not None
        plan = audit.domains[3]
        number = int(plan.seen.removeprefix("Seen "))
        assert plan.difference == f"Made {number}"
        assert plan.auditor_saves == number
        assert acknowledged[-1] <= number <= acknowledged[-1] + 1
        db.engine.dispose()
