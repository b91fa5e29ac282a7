"""How far the reading is: a bar on a terminal, a line now and then elsewhere."""

import sys
from collections.abc import Iterator

import click

from tracker.cli.importing.told import Told

LINES = 10
"""Lines that a long reading prints where no bar can be drawn."""


def with_progress(told: Iterator[Told], length: int) -> Iterator[Told]:
    if sys.stderr.isatty():
        with click.progressbar(told, length=length, label="Reading", file=sys.stderr, show_pos=True) as shown:
            yield from shown
        return
    step = max(1, -(-length // LINES))
    for done, one in enumerate(told, start=1):
        if done % step == 0 or done == length:
            click.echo(f"Reading: {done} of {length} files", err=True)
        yield one
