"""Whether the trail of changes holds, and what it was on a day."""

from pathlib import Path
from uuid import UUID

import click

from tracker.application import create_app
from tracker.cli.database import changes
from tracker.people import queries as people
from tracker.platform import history
from tracker.platform.errors import Refused


@click.group("history")
def history_commands() -> None:
    """The trail of changes."""


@history_commands.command()
@click.option(
    "--anchors",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that “history anchor” wrote: were the entries of that day there, and are they still?",
)
def verify(anchors: Path | None) -> None:
    """Find any entry that was altered, removed or moved behind the application's back."""
    with create_app().app_context():
        history.seen_at_once()
        faults = _faults(anchors)
    for fault in faults:
        click.echo(fault)
    if faults:
        raise Refused(f"The history does not hold: {len(faults)} {'fault' if len(faults) == 1 else 'faults'}")
    click.echo("The history holds")


@history_commands.command()
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Left out: written here.")
def anchor(output: Path | None) -> None:
    """Write down what the newest entries are, to be kept where nobody of the database reaches.

    A line for each authority, added to the file. Run it every day, on a drive of somebody else's, or mail what it
    writes: “tracker history anchor | mail records@example.gov.uk”.
    """
    with create_app().app_context():
        history.seen_at_once()
        if faults := _faults(None):
            raise Refused(f"The history does not hold, so nothing was written: {faults[0]}")
        lines = "".join(f"{each.model_dump_json()}\n" for each in history.anchored())
    if output is None:
        click.echo(lines, nl=False)
        return
    with output.open("a", encoding="utf-8") as file:
        file.write(lines)
    number = lines.count("\n")
    click.echo(f"{number} {'line' if number == 1 else 'lines'} added to {output}")


@history_commands.command()
def seal() -> None:
    """Seal the history with the secret key of today, after a change of key or a restore beside another key.

    Refused where more is wrong than the seal. Compare with your file of anchors first.
    """
    with changes(create_app()):
        for chain in history.chains():
            history.seal_again(chain)
    click.echo("Sealed with the secret key of today")


def _faults(anchors: Path | None) -> list[str]:
    """Each with the name of the authority before it."""
    names = {each.id: each.name for each in people.authorities()}
    found = [f"{_called(names, chain)}: nothing is left of its history" for chain in history.lost_chains()]
    found += [f"{_called(names, chain)}: {fault}" for chain in history.chains() for fault in history.faults(chain)]
    if anchors is not None:
        for chain, fault in history.not_as_anchored(anchors.read_text(encoding="utf-8").splitlines()):
            found.append(fault if chain is None else f"{_called(names, chain)}: {fault}")
    return found


def _called(names: dict[UUID, str], chain: UUID) -> str:
    return "People and authorities" if chain == history.PLATFORM else names.get(chain, "An authority that is gone")
