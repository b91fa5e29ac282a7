"""Packs made at a prompt."""

from pathlib import Path

import click

from tracker.application import create_app
from tracker.cli.database import authority, changes
from tracker.packs import jobs as packs
from tracker.packs.rules import PackKind


@click.command()
@click.argument("kind", type=click.Choice([kind.value for kind in PackKind]))
@click.option("--authority", "slug", required=True)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
def pack(kind: str, slug: str, output: Path) -> None:
    """Make one pack from what the database holds now."""
    with changes(create_app()):
        made = packs.make_file(PackKind(kind), authority=authority(slug), to=output)
        click.echo(f"{made.reference} {made.title}: {made.pages} pages in {output}")
