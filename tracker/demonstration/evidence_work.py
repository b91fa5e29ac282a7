"""What people do with evidence: ask for a bundle, bring in a zip, hold back a file that could lead to a child."""

import csv
from collections.abc import Iterator
from functools import partial
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

from tracker.demonstration.schema import Past, Told
from tracker.demonstration.stage import Scene, Stage
from tracker.evidence import queries
from tracker.evidence.bundles import commands as bundles
from tracker.evidence.guard import commands as guard
from tracker.evidence.importing import commands as importing
from tracker.evidence.importing.rules import NAMES, Field
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Marking, Strength
from tracker.evidence.words import commands as words
from tracker.evidence.words import reading
from tracker.evidence.words.commands import Said
from tracker.improvements.models import ImprovementItem
from tracker.platform import clock, storage

LARGEST = 1024 * 1024
"""Bytes of a file in the zip: those of the demonstration are far smaller."""


class AskedFor(Told):
    by: str
    day: Past
    item: str
    name: str


class HeldBack(Told):
    evidence: str
    by: str
    day: Past


class Row(Told):
    """A file of the zip, and what the manifest says of it."""

    name: str
    text: str
    title: str
    kind: Kind
    dated: Past
    shows: str
    strength: Strength
    origin: str
    speaks_for: str


class BroughtIn(Told):
    by: str
    day: Past
    name: str
    rows: tuple[Row, ...]


class EvidenceWorkFile(Told):
    bundle: AskedFor
    held_back: HeldBack
    brought_in: BroughtIn


def scenes(stage: Stage, told: EvidenceWorkFile) -> Iterator[Scene]:
    yield Scene(told.bundle.day, told.bundle.by, partial(_ask_for_bundle, stage, told.bundle))
    yield Scene(told.held_back.day, told.held_back.by, partial(_look_through, stage, told.held_back))
    yield Scene(told.brought_in.day, told.brought_in.by, partial(_bring_in, stage, told.brought_in))


def _ask_for_bundle(stage: Stage, told: AskedFor) -> None:
    item = stage.get(ImprovementItem, told.item)
    pieces = [each.evidence for each in queries.evidence_of_item(item)]
    contents = bundles.gathered(stage.council, pieces, about=told.name, at=clock.now(), demonstration=True)
    bundles.ask(stage.council, contents, sensitive_agreed=False, by=stage.person(told.by), at=clock.now())


def _look_through(stage: Stage, told: HeldBack) -> None:
    """What a worker does with every file, done at once for the one in which it finds something."""
    piece = stage.get(Evidence, told.evidence)
    sha256 = piece.file_sha256 or ""
    with storage.on_disk(sha256) as path:
        said = Said(**reading.read(str(path), piece.file_type))
    read = words.keep(stage.council.id, sha256, said, at=clock.now())
    guard.warn(read, by_id=stage.person(told.by).id, at=clock.now())


def _bring_in(stage: Stage, told: BroughtIn) -> None:
    """It waits for somebody to look at every row and to decide."""
    zipped = BytesIO()
    with ZipFile(zipped, "w", ZIP_DEFLATED) as file:
        for row in told.rows:
            file.writestr(row.name, row.text)
        file.writestr("manifest.csv", _manifest(stage, told))
    zipped.seek(0)
    imported = importing.bring_in(
        stage.council, zipped, file_name=told.name, manifest=None, largest=LARGEST, by=stage.person(told.by),
        at=clock.now(),
    )  # fmt: skip
    importing.choose_columns(imported, chosen=imported.columns)


def _manifest(stage: Stage, told: BroughtIn) -> str:
    written, by = StringIO(), stage.person(told.by).email
    rows = [
        {
            Field.FILE: row.name, Field.TITLE: row.title, Field.KIND: row.kind,
            Field.DATED: f"{stage.day(row.dated):%d/%m/%Y}", Field.SHOWS: row.shows, Field.STRENGTH: row.strength,
            Field.ORIGIN: row.origin, Field.OWNER: by, Field.MARKING: Marking.OFFICIAL, Field.LINKS: row.speaks_for,
        }
        for row in told.rows
    ]  # fmt: skip
    table = csv.writer(written)
    table.writerow(NAMES[field] for field in rows[0])
    table.writerows(row.values() for row in rows)
    return written.getvalue()
