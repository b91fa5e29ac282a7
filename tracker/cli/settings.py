"""What can be set, what is set now, and what of that is dangerous."""

import click

from tracker import described
from tracker.settings import Settings


@click.command()
@click.option("--markdown", "how", flag_value="markdown", help="The table of docs/settings.md.")
@click.option("--example", "how", flag_value="example", help="The text of .env.example.")
def settings(how: str | None) -> None:
    """Say what is set, without secrets, and what of it is dangerous."""
    if how == "markdown":
        click.echo(described.table(), nl=False)
    elif how == "example":
        click.echo(described.example(), nl=False)
    else:
        _say_what_is_set(Settings())


def _say_what_is_set(now: Settings) -> None:
    for name, value in described.effective(now):
        click.echo(f"{name}={value}")
    for danger in described.dangers(now):
        click.echo(f"Take care. {danger}", err=True)
