"""Whether the framework files load, and whether the service can serve."""

import click

from tracker import described
from tracker.application import create_app
from tracker.frameworks import queries as frameworks
from tracker.platform import readiness
from tracker.platform.errors import Refused
from tracker.settings import Settings


@click.command()
def check_seed() -> None:
    """Load every framework file and say what is in force."""
    library = frameworks.library()
    for framework in library.frameworks.values():
        until = framework.fieldwork_to or "now"
        click.echo(f"{framework.id}: {framework.name}, fieldwork from {framework.fieldwork_from} to {until}")


@click.command()
def doctor() -> None:
    """Say what keeps the service from serving, and what to do about it."""
    settings = Settings()
    with create_app(settings).app_context():
        found = readiness.checks()
    for check in found:
        click.echo(f"{'holds' if check.holds else 'FAILS' if check.needed else 'waits'}  {check.name}: {check.says}")
        if not check.holds:
            click.echo(f"       {check.do}")
    for danger in described.dangers(settings):
        click.echo(f"care   {danger}")
    if not readiness.is_ready(found):
        raise Refused("The service cannot serve as it is.")
