"""Counts of audits, made anew at a prompt."""

import click
from sqlalchemy import select

from tracker.application import create_app
from tracker.audits.summaries import commands as summaries
from tracker.cli.database import authority, changes
from tracker.people.models import Authority
from tracker.platform.db import db


@click.group("audits")
def audit_commands() -> None:
    """The counts of audits, made anew."""


@audit_commands.command()
@click.option("--authority", "slug", help="Only this authority, such as brent.")
def recount(slug: str | None) -> None:
    """Count every audit anew, and say how many counts had been wrong."""
    with changes(create_app()):
        every = db.session.scalars(select(Authority).order_by(Authority.name)).all()
        for one in [authority(slug)] if slug else every:
            found = summaries.recount(one)
            click.echo(f"{one.name}: {found.counts} counts, {found.wrong or 'none'} put right")
