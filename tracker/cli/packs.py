"""Packs made at a prompt."""

from pathlib import Path

import click

from tracker.application import create_app
from tracker.cli.database import authority, changes
from tracker.evidence import queries as evidence
from tracker.evidence.models import Evidence
from tracker.packs import jobs as packs
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform import references
from tracker.platform.errors import Refused
from tracker.web.filters import count_of


@click.command()
@click.argument("kind", type=click.Choice([kind.value for kind in PackKind]))
@click.option("--authority", "slug", required=True)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
@click.option("--evidence", "reference", metavar="E-12", help="Which practice example to make a page of.")
def pack(kind: str, slug: str, output: Path, reference: str | None) -> None:
    """Make one pack from what the database holds now."""
    with changes(create_app()):
        of = authority(slug)
        about = _example(of, reference) if reference else None
        made = packs.make_file(PackKind(kind), authority=of, to=output, about=about)
        click.echo(f"{made.reference} {made.title}: {count_of(made.pages or 0, 'page')} in {output}")


def _example(of: Authority, reference: str) -> Evidence:
    parsed = references.parse(reference)
    found = evidence.evidence(of, parsed[1]) if parsed and parsed[0] == Evidence.prefix else None
    if found is None:
        raise Refused(f"There is no evidence “{reference}” in {of.name}. Give a reference such as E-12.")
    return found
