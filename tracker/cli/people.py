"""Authorities and the people who sign in, added at a prompt."""

from datetime import timedelta
from pathlib import Path

import click

from tracker.application import create_app
from tracker.cli.database import authority, changes
from tracker.people import commands, handing_over, queries
from tracker.people.codes import commands as codes
from tracker.people.models import Person
from tracker.people.passkeys import commands as passkeys
from tracker.people.passwords import commands as passwords
from tracker.people.passwords.models import LinkFor
from tracker.people.permissions import table
from tracker.people.rules import ROLE_LABELS, Role
from tracker.people.sessions import commands as sessions
from tracker.platform import clock
from tracker.platform.errors import Refused
from tracker.web.filters import count_of
from tracker.web.links import public_addresses

QUARTER = timedelta(minutes=15)
"""For which a link lets somebody in. Our choice."""


@click.command()
@click.argument("slug")
@click.argument("name")
def add_authority(slug: str, name: str) -> None:
    """Add an authority, such as: add-authority brent Brent."""
    with changes(create_app()):
        commands.create_authority(slug=slug, name=name)


@click.command()
def permissions() -> None:
    """Print what each role may do.

    As docs/permissions.md has it.
    """
    click.echo(table(), nl=False)


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
        passwords.set_password(person, password=password)
        commands.give_role(person, authority=served, role=Role(role), job_title=job_title)
        click.echo(f"{person.name} may sign in as {person.email}: {ROLE_LABELS[Role(role)]}, {served.name}")


@click.command()
@click.argument("email")
def reset_password(email: str) -> None:
    """A link with which somebody chooses a new password.

    It works once, within an hour. Hand it to nobody else.
    """
    with changes(create_app()):
        token = passwords.make_link(_person(email), LinkFor.RESET, at=clock.now())
        click.echo(public_addresses().build("passwords.reset", {"token": token}, force_external=True))


@click.command()
@click.argument("email")
def sign_in_link(email: str) -> None:
    """A link that lets somebody in once, when nothing else does.

    The way back where people sign in with their organisation's account only, and that does not work. It holds for a
    quarter of an hour.
    """
    with changes(create_app()):
        token = passwords.make_link(_person(email), LinkFor.SIGNING_IN, at=clock.now(), holds_for=QUARTER)
        click.echo(public_addresses().build("identity.by_link", {"token": token}, force_external=True))


@click.command()
@click.argument("email")
def reset_codes(email: str) -> None:
    """Remove somebody's one-time codes, when her phone is gone.

    Be sure that it is her who asks: she then signs in with her password alone, and is signed out everywhere before.
    """
    with changes(create_app()):
        person = _person(email)
        codes.remove(person)
        sessions.end_all(person, at=clock.now())
        click.echo(f"{person.name} signs in with her password alone until she sets codes up again")


@click.command()
@click.argument("email")
def remove_passkeys(email: str) -> None:
    """Remove somebody's passkeys, when a device of hers is gone.

    Be sure that it is her who asks: she is signed out everywhere, and signs in with her password until she adds new
    ones.
    """
    with changes(create_app()):
        person = _person(email)
        removed = passkeys.remove_all(person, at=clock.now())
        click.echo(f"{count_of(removed, 'passkey')} of {person.name} removed")


@click.command()
def seal_anew() -> None:
    """Encrypt what is kept encrypted with the newest secret key.

    After a change of TRACKER_SECRET_KEY, before the old one is taken out of TRACKER_SECRET_KEY_FALLBACKS.
    """
    with changes(create_app()):
        say_sealed(codes.seal_anew())


def say_sealed(done: codes.SealedAnew) -> None:
    click.echo(f"{count_of(done.keys, 'key')} of one-time codes encrypted anew")
    if done.unreadable:
        click.echo(
            f"{count_of(done.unreadable, 'key')} of one-time codes cannot be read with this TRACKER_SECRET_KEY. Put "
            "the one that they were encrypted with in TRACKER_SECRET_KEY_FALLBACKS and run tracker seal-anew, or take "
            "them away: tracker reset-codes EMAIL",
            err=True,
        )


@click.command()
@click.argument("email")
def end_sessions(email: str) -> None:
    """Sign somebody out everywhere."""
    with changes(create_app()):
        person = _person(email)
        ended = sessions.end_all(person, at=clock.now())
        click.echo(f"{person.name} is signed out everywhere: {count_of(ended, 'session')} ended")


@click.command()
@click.argument("email")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .zip.")
def person_export(email: str, output: Path) -> None:
    """Write everything that names a member of staff into a file.

    For a request for access to her data: every authority that is served here. Look through it before you hand it on.
    """
    with changes(create_app()):
        person = _person(email)
        output.write_bytes(handing_over.export(person))
        click.echo(f"Everything that names {person.name} is in {output}")


def _person(email: str) -> Person:
    person = queries.person_by_email(email)
    if person is None:
        raise Refused(f"Nobody signs in as {email}")
    return person
