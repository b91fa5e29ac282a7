"""Setting the site up and serving it."""

import os
from pathlib import Path

import click
from flask_migrate import upgrade

from tracker import serving
from tracker.application import create_app
from tracker.cli.database import authority, changes, follow
from tracker.demonstration import commands as demonstration
from tracker.demonstration import identity_served, neighbour
from tracker.packs import jobs as packs
from tracker.packs.rules import PackKind
from tracker.platform.db import db
from tracker.reminders import jobs as reminders
from tracker.settings import Settings


@click.command()
@click.option("--serve", type=click.BOOL, default=True, help="Serve the site once it is ready.")
@click.option("--port", default=8000, show_default=True)
@click.option("--identity-server", is_flag=True, help="Serve a stand-in for a council's own sign-in as well.")
def demo(serve: bool, port: int, identity_server: bool) -> None:
    """Set the demonstration up, as often as you like, and serve it."""
    serving.write_demonstration_settings()
    if identity_server and serve:
        os.environ["TRACKER_PUBLIC_ADDRESS"] = f"http://127.0.0.1:{port}"
        os.environ.update(identity_served.serve_beside(port + 1))
    elif "public_address" not in Settings().model_fields_set:
        os.environ["TRACKER_PUBLIC_ADDRESS"] = f"http://localhost:{port}"  # browsers make no passkey for a number
    app = create_app()
    with changes(app):
        upgrade()
    with changes(app):
        follow()
    with changes(app):
        click.echo("Loading Brent's published reports and the demonstration data")
        demonstration.load()
        neighbour.load()
    file = Path("brent-self-evaluation.pdf")
    with changes(app):
        packs.make_file(PackKind.SELF_EVALUATION, authority=authority("brent"), to=file)
    click.echo(demonstration.what_next(file.resolve(), app.config["PUBLIC_ADDRESS"]))
    if serve:
        serving.serve(port=port)


@click.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--web-processes", default=2, show_default=True)
@click.option("--web-threads", default=4, show_default=True)
@click.option("--job-processes", default=1, show_default=True)
def serve(port: int, host: str, web_processes: int, web_threads: int, job_processes: int) -> None:
    """Serve the site, with worker processes beside it."""
    serving.serve(
        port=port, host=host, web_processes=web_processes, web_threads=web_threads, job_processes=job_processes
    )


@click.command()
def work() -> None:
    """Do queued jobs until stopped.

    A worker process of its own, beside the web service: as many as you like, on any machine.
    """
    serving.warn_if_bypassed()
    serving.work()


@click.command()
def remind() -> None:
    """Write the reminders that are due now, for a timetable of your own.

    Worker processes send them.
    """
    with create_app().app_context():
        for line in reminders.report():
            click.echo(line)
        db.session.commit()


@click.command()
def migrate() -> None:
    """Bring the database up to date.

    Safe to repeat.
    """
    app = create_app()
    with changes(app):
        upgrade()
    with changes(app):
        follow()
