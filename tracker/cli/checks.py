"""Whether the framework files load, and whether the trail of changes holds."""

import click

from tracker.application import create_app
from tracker.frameworks import queries as frameworks
from tracker.platform import history
from tracker.platform.errors import Refused


@click.command()
def check_seed() -> None:
    """Load every framework file and say what is in force."""
    library = frameworks.library()
    for framework in library.frameworks.values():
        until = framework.fieldwork_to or "now"
        click.echo(f"{framework.id}: {framework.name}, fieldwork from {framework.fieldwork_from} to {until}")


@click.group("history")
def history_commands() -> None:
    """The trail of changes."""


@history_commands.command()
def verify() -> None:
    """Find any entry that was altered or removed behind the application's back."""
    with create_app().app_context():
        faults = [fault for chain in history.chains() for fault in history.faults(chain)]
    for fault in faults:
        click.echo(fault)
    if faults:
        raise Refused(f"The history does not hold: {len(faults)} faults")
    click.echo("The history holds")
