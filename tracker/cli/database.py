"""What commands that change the database share."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from tracker import serving
from tracker.people import queries as people
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import Refused


@contextmanager
def changes(app: Flask) -> Iterator[None]:
    """Commit what is done inside, or nothing of it. As a request that changes, it waits for others who write."""
    serving.make_folders(app)
    with app.app_context(), app.test_request_context(method="POST"):
        history.act_as(None, "The tracker command")
        yield
        db.session.commit()


def authority(slug: str | None) -> Authority:
    if slug is None:
        return people.only_authority()
    known = people.authority(slug)
    if known is None:
        raise Refused(f"There is no authority called “{slug}”. Add it with: tracker add-authority")
    return known
