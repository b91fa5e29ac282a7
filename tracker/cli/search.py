"""The index of everything that can be found."""

import click

from tracker.application import create_app
from tracker.people import queries as people
from tracker.platform.db import db
from tracker.search import indexing
from tracker.web.filters import count_of


@click.group("search")
def search_commands() -> None:
    """The index of everything that can be found."""


@search_commands.command()
@click.argument("slugs", nargs=-1, metavar="[AUTHORITY]...")
def rebuild(slugs: tuple[str, ...]) -> None:
    """Put the index right, of every authority or of those named; people may go on working meanwhile."""
    with create_app().app_context():
        for authority in people.authorities():
            if not slugs or authority.slug in slugs:
                wrong = 0
                for some in indexing.rebuild(authority):
                    wrong += some
                    db.session.commit()
                said = (
                    f"{count_of(wrong, 'entry', 'entries')} put right" if wrong else "every entry was as it should be"
                )
                click.echo(f"{authority.name}: {said}")
