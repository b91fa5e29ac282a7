"""The ``tracker`` command: everything that is done at a prompt rather than in a browser."""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask_migrate import upgrade

from tracker import serving
from tracker.application import create_app
from tracker.demonstration import commands as demonstration
from tracker.frameworks import queries as frameworks
from tracker.improvements import commands as improvements
from tracker.inspections import reading
from tracker.packs import jobs as packs
from tracker.packs.rules import PackKind
from tracker.people import commands as people
from tracker.people import queries as people_queries
from tracker.people.models import Authority
from tracker.people.rules import ROLE_LABELS, Role
from tracker.platform import history, jobs
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.settings import SEED

PATH = click.Path(path_type=Path)
EXISTING = click.Path(path_type=Path, exists=True)

Outcome = tuple[Path, reading.Reading | reading.Unreadable]


def main() -> None:
    """Run one command; a refusal is a sentence and exit status 1, never a traceback."""
    try:
        tracker(standalone_mode=False)
    except Refused as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def tracker() -> None:
    """Inspection readiness tracker."""


@tracker.command()
@click.option("--serve", type=click.BOOL, default=True, help="Serve the site once it is ready.")
@click.option("--port", default=8000, show_default=True)
def demo(serve: bool, port: int) -> None:
    """Set the demonstration up, as often as you like, and serve it."""
    serving.write_demonstration_settings()
    app = create_app()
    with _changes(app):
        upgrade()
        click.echo("Loading Brent's published reports and the demonstration data")
        demonstration.load()
    file = Path("brent-self-evaluation.pdf")
    with _changes(app):
        packs.make_file(PackKind.SELF_EVALUATION, authority=_authority("brent"), to=file)
    click.echo(demonstration.what_next(file.resolve(), port))
    if serve:
        serving.serve(port=port)


@tracker.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--web-processes", default=2, show_default=True)
@click.option("--job-processes", default=1, show_default=True)
def serve(port: int, host: str, web_processes: int, job_processes: int) -> None:
    """Serve the site, with worker processes beside it."""
    serving.serve(port=port, host=host, web_processes=web_processes, job_processes=job_processes)


@tracker.command()
def work() -> None:
    """Do queued jobs until stopped: a worker process of its own, beside the web service."""
    jobs.work(create_app())


@tracker.command()
def migrate() -> None:
    """Bring the database up to date. Safe to repeat."""
    app = create_app()
    serving.make_folders(app)
    with app.app_context():
        upgrade()


@tracker.command("import-report")
@click.argument("paths", nargs=-1, required=True, type=EXISTING)
@click.option("--json", "out", type=PATH, help="Write what was read here, a line a file, and record nothing.")
@click.option("--authority", "slug", help="Whose reports they are; needed where the database has several.")
@click.option("--processes", default=os.cpu_count() or 1, show_default=True)
def import_report(paths: tuple[Path, ...], out: Path | None, slug: str | None, processes: int) -> None:
    """Read reports (PDF files, or folders of them)."""
    files = _files(paths)
    outcomes = reading.read_all(list(files), SEED / "frameworks", processes)
    if out is not None:
        _write_records(outcomes, files, out)
        return
    with _changes(create_app()):
        authority = _authority(slug)
        for path, outcome in _with_progress(outcomes, len(files)):
            click.echo(improvements.keep_for_review(authority, path, outcome))


@tracker.command()
@click.argument("kind", type=click.Choice([kind.value for kind in PackKind]))
@click.option("--authority", "slug", required=True)
@click.option("-o", "--output", required=True, type=PATH)
def pack(kind: str, slug: str, output: Path) -> None:
    """Make one pack from what the database holds now."""
    with _changes(create_app()):
        made = packs.make_file(PackKind(kind), authority=_authority(slug), to=output)
        click.echo(f"{made.reference} {made.title}: {made.pages} pages in {output}")


@tracker.command("add-authority")
@click.argument("slug")
@click.argument("name")
def add_authority(slug: str, name: str) -> None:
    """Add an authority, such as: add-authority brent Brent."""
    with _changes(create_app()):
        people.create_authority(slug=slug, name=name)


@tracker.command("add-person")
@click.argument("email")
@click.argument("name")
@click.option("--authority", "slug", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--job-title", default="", help="As colleagues say it; the role's own name if left out.")
@click.password_option(help="Asked for when it is left out.")
def add_person(email: str, name: str, slug: str, role: str, job_title: str, password: str) -> None:
    """Let somebody sign in; for a person who signs in already, add a role or change it."""
    with _changes(create_app()):
        authority = _authority(slug)
        person = people_queries.person_by_email(email) or people.create_person(email=email, name=name)
        people.set_password(person, password=password)
        people.give_role(person, authority=authority, role=Role(role), job_title=job_title)
        click.echo(f"{person.name} may sign in as {person.email}: {ROLE_LABELS[Role(role)]}, {authority.name}")


@tracker.command("check-seed")
def check_seed() -> None:
    """Load every framework file and say what is in force."""
    library = frameworks.library()
    for framework in library.frameworks.values():
        until = framework.fieldwork_to or "now"
        click.echo(f"{framework.id}: {framework.name}, fieldwork from {framework.fieldwork_from} to {until}")


@tracker.group("history")
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


@contextmanager
def _changes(app: Flask) -> Iterator[None]:
    """Commit what is done inside, or nothing of it."""
    serving.make_folders(app)
    with app.app_context(), app.test_request_context():
        history.act_as(None, "The tracker command")
        yield
        db.session.commit()


def _authority(slug: str | None) -> Authority:
    if slug is None:
        return people_queries.only_authority()
    authority = people_queries.authority(slug)
    if authority is None:
        raise Refused(f"There is no authority called “{slug}”. Add it with: tracker add-authority")
    return authority


def _files(paths: Iterable[Path]) -> dict[Path, str]:
    """Every file to be read, with the name it is reported by: its path within the folder that was named."""
    named: dict[Path, str] = {}
    for path in paths:
        inside = sorted(one for one in path.rglob("*") if one.suffix.lower() == ".pdf" and one.is_file())
        named |= {one: str(one.relative_to(path)) for one in inside} if path.is_dir() else {path: path.name}
    if not named:
        raise Refused("There is no PDF in what you named")
    return named


def _write_records(outcomes: Iterator[Outcome], files: Mapping[Path, str], out: Path) -> None:
    refused = 0
    with out.open("w", encoding="utf-8") as lines:
        for path, outcome in _with_progress(outcomes, len(files)):
            line = json.dumps(_record(path, files[path], outcome), ensure_ascii=False)
            lines.write(f"{line}\n")
            refused += isinstance(outcome, reading.Unreadable)
    click.echo(f"{len(files) - refused} read, {refused} refused: {out}", err=True)


def _record(path: Path, name: str, outcome: reading.Reading | reading.Unreadable) -> dict[str, Any]:
    if isinstance(outcome, reading.Unreadable):
        return reading.refusal(name, str(outcome), _sha256(path))
    return reading.record(outcome, name)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _with_progress(outcomes: Iterator[Outcome], length: int) -> Iterator[Outcome]:
    with click.progressbar(outcomes, length=length, label="Reading", file=sys.stderr, show_eta=False) as shown:
        yield from shown
