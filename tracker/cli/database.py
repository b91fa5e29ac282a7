"""What commands that change the database share."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask

from tracker import serving
from tracker.audits.summaries import commands as summaries
from tracker.evidence.placing import commands as placing
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
        history.from_where("the command line")
        yield
        db.session.commit()


def follow() -> None:
    """Make what follows from rows that are older than it, or from framework files that have changed."""
    for older in summaries.not_counted():
        click.echo(f"Counting the audits of {older.name}")
        summaries.recount(older)
    for older in placing.not_placed():
        click.echo(f"Finding where the evidence of {older.name} stands")
        placing.place(older)


def authority(slug: str | None) -> Authority:
    if slug is None:
        return people.only_authority()
    known = people.authority(slug)
    if known is None:
        raise Refused(f"There is no authority called “{slug}”. Add it with: tracker add-authority")
    return known
