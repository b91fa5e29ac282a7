"""Evidence at a prompt: a folder or a zip of files brought in together, and where evidence stands, made anew."""

from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import click
from flask import current_app
from sqlalchemy import select

from tracker.application import create_app
from tracker.cli.database import authority, changes
from tracker.evidence.files.commands import KeptFile
from tracker.evidence.files.commands import keep as keep_file
from tracker.evidence.importing import commands, manifest, queries, rules
from tracker.evidence.importing.batch import Batch
from tracker.evidence.importing.files import Gone, Keep, Names, go_through, seen
from tracker.evidence.importing.manifest import Manifest
from tracker.evidence.importing.rules import LookedThrough, Outcome
from tracker.evidence.importing.sources import Source, source_at
from tracker.evidence.placing import commands as placing
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.platform import clock, history, jobs
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.web.filters import count_of


@click.group("evidence")
def evidence_commands() -> None:
    """Bring evidence in, and make anew where it stands."""


@evidence_commands.command()
@click.option("--authority", "slug", help="Only this authority, such as brent.")
def place(slug: str | None) -> None:
    """Find anew under which areas and themes evidence stands, and say how many places had been wrong."""
    with changes(create_app()):
        every = db.session.scalars(select(Authority).order_by(Authority.name)).all()
        for one in [authority(slug)] if slug else every:
            found = placing.place(one)
            click.echo(f"{one.name}: {count_of(found.places, 'place')}, {found.wrong or 'none'} put right")


@evidence_commands.command("import")
@click.argument("files", type=click.Path(exists=True, path_type=Path), metavar="FOLDER_OR_ZIP")
@click.option("--authority", "slug", required=True)
@click.option("--as", "email", required=True, metavar="E-MAIL", help="Who brings them in, and owns what names nobody.")
@click.option("--manifest", "beside", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The manifest, if it is not in the folder or zip.")  # fmt: skip
@click.option("--only-look", is_flag=True, help="Say what every row would do, and bring nothing in.")
def import_evidence(files: Path, slug: str, email: str, beside: Path | None, *, only_look: bool) -> None:
    """Bring in the files of a folder or zip, as a manifest describes them: all of them, or none."""
    with changes(create_app()), source_at(files, largest=current_app.config["LARGEST_UPLOAD"]) as source:
        of = authority(slug)
        by = _colleague(of, email)
        batch = _batch(of, source, beside, by)
        looked = batch.look(_gone_through(source, batch, keep=seen, saying="Looking through"))
        _say(looked)
        commands.require_all(looked)
        if not only_look:
            with history.acting(by.id, by.name):
                _bring_in(source, batch, looked, files.name)


def _bring_in(source: Source, batch: Batch, looked: LookedThrough, name: str) -> None:
    authority_id = batch.authority.id

    def keep(stream: BinaryIO, file: str) -> KeptFile:
        return keep_file(stream, file, authority_id=authority_id)

    found = batch.carry_out(_gone_through(source, batch, keep=keep, saying="Bringing in"))
    if found != looked:
        raise Refused("The evidence here has changed meanwhile. Nothing was brought in: try again.")
    history.record(batch.authority, f"{found.taken} pieces of evidence brought in from {name}")
    click.echo(f"{count_of(found.taken, 'piece').capitalize()} of evidence brought in.")


def _colleague(of: Authority, email: str) -> Person:
    person = people.person_by_email(email)
    if person is None or people.membership(person, of) is None:
        raise Refused(f"Nobody in {of.name} has the e-mail address {email}. Add them with: tracker add-person")
    return person


def _batch(of: Authority, source: Source, beside: Path | None, by: Person) -> Batch:
    inside = rules.manifest_among(source.names) or ""
    found = _manifest(of, source, beside, inside)
    commands.require_columns(found.columns, list(found.headings.names))
    return Batch(of, found.lines, Names(source.names, "" if beside else inside), by, clock.today())


def _manifest(of: Authority, source: Source, beside: Path | None, inside: str) -> Manifest:
    if beside is None and not inside:
        raise Refused("There is no manifest.xlsx or manifest.csv in it. Put one in, or name one with --manifest.")
    with ExitStack() as open_files:
        content = open_files.enter_context(beside.open("rb") if beside else source.open(inside))
        return manifest.read(content, queries.remembered(of))


def _gone_through(source: Source, batch: Batch, *, keep: Keep, saying: str) -> Gone:
    """With a bar where somebody watches, and without keeping colleagues from saving meanwhile."""
    names = batch.wanted
    with click.progressbar(length=len(names), label=saying) as bar:

        def note(done: int) -> None:
            bar.update(1)
            jobs.let_others_write()

        jobs.let_others_write()
        return go_through(source, names, keep=keep, progress=note)


def _say(looked: LookedThrough) -> None:
    for one in looked.verdicts:
        if one.outcome is not Outcome.TAKEN:
            cell = f", cell {one.cell}" if one.cell else ""
            click.echo(f"Row {one.row}{cell}: {one.outcome.lower()}: {one.reason}")
    for name in looked.without_row:
        click.echo(f"{name}: no row asks for it, so it is left")
    same = sum(one.outcome is Outcome.SAME for one in looked.verdicts)
    rows = count_of(len(looked.verdicts), "row")
    click.echo(f"{rows}: {looked.taken} to take, {same} here already, {looked.refused} refused")
