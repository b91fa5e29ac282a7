"""Whether the store of files and the database agree."""

from datetime import timedelta

import click

from tracker.application import create_app
from tracker.cli.database import changes
from tracker.evidence.files import commands as files
from tracker.platform import storage_check
from tracker.platform.backup import hold
from tracker.platform.errors import Refused
from tracker.platform.storage_check import Checked
from tracker.web.filters import count_of


@click.group("storage")
def storage_commands() -> None:
    """Whether the store of files holds what the database refers to."""


@storage_commands.command()
@click.option("--repair", is_flag=True, help="Remove what belongs to nothing.")
@click.option("--quick", is_flag=True, help="Do not read the files: only what is missing or left over is found.")
@click.option(
    "--older-than", "hours", type=click.FloatRange(min=0), default=24.0, show_default=True, metavar="HOURS",
    help="How old what belongs to nothing must be. A file that is being uploaded is stored before its row.",
)  # fmt: skip
def verify(*, repair: bool, quick: bool, hours: float) -> None:
    """Find files that are missing, damaged or left over, and say so."""
    with create_app().app_context():
        if repair and hold.under_way():
            raise Refused("A backup is being made, and needs the files that it began with. Repair once it has ended.")
        checked = storage_check.check(repair=repair, read=not quick, young=timedelta(hours=hours))
    for line in checked.lost:
        click.echo(line)
    for name in checked.left_over:
        click.echo(f"{name}: belongs to nothing{', removed' if repair else ''}")
    left = len(checked.left_over) - checked.removed
    if checked.lost or left:
        raise Refused(_summary(checked, left))
    click.echo(_holds(checked))


@storage_commands.command()
def scan() -> None:
    """Have the virus scanner look at every file of evidence that it has not seen.

    They are in quarantine meanwhile; worker processes do the work.
    """
    app = create_app()
    with changes(app):
        click.echo(f"{count_of(files.send_to_scanner(), 'file')} sent to the scanner")


def _summary(checked: Checked, left: int) -> str:
    lost = f"{len(checked.lost)} missing or damaged: bring them back from a backup." if checked.lost else ""
    over = f"{left} left over: remove them with --repair." if left else ""
    return f"The store does not hold. {lost}{' ' if lost and over else ''}{over}"


def _holds(checked: Checked) -> str:
    removed = f", {checked.removed} left over removed" if checked.removed else ""
    young = f", {checked.young} too young to tell" if checked.young else ""
    return f"The store holds: {count_of(checked.files, 'file')}{removed}{young}"
