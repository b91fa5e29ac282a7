"""Packs made at a prompt."""

import sys
from pathlib import Path
from typing import Any

import click

from tracker.application import create_app
from tracker.cli.database import authority, changes
from tracker.evidence import queries as evidence
from tracker.evidence.models import Evidence
from tracker.packs import jobs as packs
from tracker.packs import queries, verifying
from tracker.packs.models import PackProfile
from tracker.packs.rules import PackKind
from tracker.packs.verifying import Verdict
from tracker.people.models import Authority
from tracker.platform import references
from tracker.platform.errors import Refused
from tracker.web.filters import count_of


class PackCommand(click.Command):
    """``tracker pack KIND …`` makes one; ``tracker pack verify FILE`` looks at one."""

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> click.Context:
        if args[:1] == ["verify"]:
            return verify.make_context(f"{info_name} verify", args[1:], *rest, **extra)
        return super().make_context(info_name, args, *rest, **extra)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--authority", "slug", help="Only among the packs of this one.")
def verify(file: Path, slug: str | None) -> None:
    """Say whether a file is a pack that was kept here, and whether it is still as it was."""
    with changes(create_app()):
        found = verifying.verify(file, of=authority(slug) if slug else None)
        click.echo(f"{found.verdict}: {found.sentence}")
    if found.verdict in (Verdict.CHANGED, Verdict.UNKNOWN):
        sys.exit(2)


@click.command(cls=PackCommand)
@click.argument("kind", type=click.Choice([kind.value for kind in PackKind]))
@click.option("--authority", "slug", required=True)
@click.option(
    "-o",
    "--output",
    "outputs",
    required=True,
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file that ends in .pdf, .docx, .xlsx or .html. Give it again for another of the same pack.",
)
@click.option("--evidence", "reference", metavar="E-12", help="Which practice example to make a page of.")
@click.option("--profile", "name", metavar="NAME", help="A profile of this kind, as the page of profiles calls it.")
def pack(kind: str, slug: str, outputs: tuple[Path, ...], reference: str | None, name: str | None) -> None:
    """Make one pack from what the database holds now; or verify one: pack verify FILE."""
    with changes(create_app()):
        of = authority(slug)
        about = _example(of, reference) if reference else None
        profile = _profile(of, PackKind(kind), name) if name else None
        made = packs.make_file(PackKind(kind), authority=of, to=outputs, about=about, profile=profile)
        click.echo(
            f"{made.reference} {made.title}: {count_of(made.pages or 0, 'page')} in {', '.join(map(str, outputs))}"
        )


def _profile(of: Authority, kind: PackKind, name: str) -> PackProfile:
    found = queries.profile_named(of, kind, name)
    if found is None:
        known = ", ".join(f"“{one.name}”" for one in queries.profiles(of, of=kind)) or "none"
        raise Refused(f"{of.name} has no profile “{name}” of this kind. Its profiles of it: {known}.")
    return found


def _example(of: Authority, reference: str) -> Evidence:
    parsed = references.parse(reference)
    found = evidence.evidence(of, parsed[1]) if parsed and parsed[0] == Evidence.prefix else None
    if found is None:
        raise Refused(f"There is no evidence “{reference}” in {of.name}. Give a reference such as E-12.")
    return found
