"""The command itself. It loads the rooms only when it records: reading alone needs none of them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

import click

from tracker.cli.importing import report_file
from tracker.cli.importing.files import File, files_in
from tracker.cli.importing.lines import Lines, ResumedLines
from tracker.cli.importing.progress import with_progress
from tracker.cli.importing.told import Became, Told, summary
from tracker.inspections.reading import Reading, Unreadable, read_all
from tracker.settings import SEED

PATH = click.Path(path_type=Path)
EXISTING = click.Path(path_type=Path, exists=True)


class Destination(Protocol):
    """Where readings go."""

    def known(self, files: Sequence[File]) -> dict[File, Told]:
        """The files that need not be read, because they were done before and have not changed."""

    def take(self, file: File, outcome: Reading | Unreadable) -> Told:
        """Take what was read of one file, or why it was not."""


@click.command("import-report")
@click.argument("paths", nargs=-1, required=True, type=EXISTING)
@click.option("--json", "out", type=PATH, help="Write what was read here, a line a file, and record nothing.")
@click.option("--resume", is_flag=True, help="With --json: keep the lines of files that have not changed.")
@click.option("--authority", "slug", help="Whose reports they are; needed where the database has several.")
@click.option("--report", type=PATH, help="Write what became of each file here too (.csv or .xlsx).")
@click.option("--processes", default=len(os.sched_getaffinity(0)), show_default=True, type=click.IntRange(1))
def import_report(
    paths: tuple[Path, ...], out: Path | None, resume: bool, slug: str | None, report: Path | None, processes: int
) -> None:
    """Read reports (PDF files, or folders of them).

    What is read without a doubt is recorded; the rest waits to be checked under Inspections. Stopped and run again, it
    goes on where it was: only files that are new or have changed are read.
    """
    if resume and out is None:
        raise click.UsageError("--resume goes with --json. Without it, every run goes on where the last one stopped.")
    if report is not None:
        report_file.check(report)
    files, told = files_in(paths)
    with _destination(out, slug, resume) as destination:
        try:
            for one in _told(files, destination, processes):
                told.append(one)
        except KeyboardInterrupt:
            _tell(told, out, report)
            how = " with --resume" if out is not None else ""
            click.echo(f"\nStopped. Run the same command{how} to go on from here.", err=True)
            raise
    _tell(told, out, report)


def _destination(out: Path | None, slug: str | None, resume: bool) -> AbstractContextManager[Destination]:
    if out is not None:
        return ResumedLines(out) if resume else Lines(out)
    from tracker.cli.importing.recorded import Recorded  # every room: seconds that reading alone need not take

    return nullcontext(Recorded(slug))


def _told(files: Sequence[File], destination: Destination, processes: int) -> Iterator[Told]:
    known = destination.known(files)
    yield from known.values()
    fresh = {file.path: file for file in files if file not in known}
    before = sum(one.became is not Became.SAME for one in known.values())
    if before:
        click.echo(f"{before} of {len(files)} files were done before, {len(fresh)} are to be read", err=True)
    read = read_all(fresh, SEED / "frameworks", processes)
    yield from with_progress((destination.take(fresh[path], outcome) for path, outcome in read), len(fresh))


def _tell(told: Iterable[Told], out: Path | None, report: Path | None) -> None:
    in_order = sorted(told, key=lambda one: one.file)
    for line in summary(in_order):
        click.echo(line, err=out is not None)
    if report is not None:
        report_file.write(in_order, report)
