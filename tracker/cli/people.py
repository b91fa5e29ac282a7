"""Authorities and the people who sign in, added at a prompt."""

import click

from tracker.application import create_app
from tracker.cli.database import authority, changes
from tracker.people import commands, queries
from tracker.people.rules import ROLE_LABELS, Role


@click.command()
@click.argument("slug")
@click.argument("name")
def add_authority(slug: str, name: str) -> None:
    """Add an authority, such as: add-authority brent Brent."""
    with changes(create_app()):
        commands.create_authority(slug=slug, name=name)


@click.command()
@click.argument("email")
@click.argument("name")
@click.option("--authority", "slug", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--job-title", default="", help="As colleagues say it; the role's own name if left out.")
@click.password_option(help="Asked for when it is left out.")
def add_person(email: str, name: str, slug: str, role: str, job_title: str, password: str) -> None:
    """Let somebody sign in.

    For a person who signs in already, add a role or change it.
    """
    with changes(create_app()):
        served = authority(slug)
        person = queries.person_by_email(email) or commands.create_person(email=email, name=name)
        commands.set_password(person, password=password)
        commands.give_role(person, authority=served, role=Role(role), job_title=job_title)
        click.echo(f"{person.name} may sign in as {person.email}: {ROLE_LABELS[Role(role)]}, {served.name}")
