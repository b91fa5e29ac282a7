"""A set of packs as a zip: their kept files, an index that opens offline, and checksums; the same bytes each time."""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from urllib.parse import quote

from flask import current_app

from tracker.evidence.bundles.packing import write
from tracker.evidence.bundles.rules import CHECKSUMS, INDEX_PAGE, checksums
from tracker.evidence.rules import Marking, highest
from tracker.packs.models import PackSet
from tracker.packs.rules import WHAT_FOR
from tracker.platform import clock, storage
from tracker.platform.errors import Refused


@dataclass(frozen=True)
class Entry:
    """One pack as the index tells it."""

    reference: str
    title: str
    what_for: str
    file: str
    pages: int
    size: int
    sha256: str
    contents_sha256: str


@dataclass(frozen=True)
class Contents:
    authority: str
    marking: str
    asked_at: datetime
    entries: tuple[Entry, ...]
    left_out: tuple[tuple[str, str], ...]
    """Names, and why as sentences."""
    demonstration: bool


def contents_of(made: PackSet) -> Contents:
    """What the zip of a set holds now: the packs that are made. Raises Refused where none is."""
    entries = [
        Entry(
            reference=pack.reference,
            title=pack.title,
            what_for=WHAT_FOR[pack.kind],
            file=f"{position:02} {pack.kind.value} {pack.reference}.pdf",
            pages=pack.pages or 0,
            size=pack.file_size or 0,
            sha256=pack.file_sha256,
            contents_sha256=pack.contents_sha256,
        )
        for position, pack in enumerate(made.packs, start=1)
        if pack.file_sha256
    ]
    if not entries:
        raise Refused("None of the packs could be made, so there is nothing to put together.")
    failed = [
        (f"{pack.reference} {pack.title}", pack.job.message if pack.job else "")
        for pack in made.packs
        if not pack.file_sha256
    ]
    return Contents(
        authority=made.authority.name,
        marking=_highest(pack.contents["marking"] for pack in made.packs),
        asked_at=made.asked_at,
        entries=tuple(entries),
        left_out=(*((one["name"], one["because"]) for one in made.left_out), *failed),
        demonstration=bool(current_app.config["DEMONSTRATION"]),
    )


def _highest(printed: Iterable[str]) -> str:
    """Of markings as packs print them, in capitals."""
    marks = {str(marking).upper(): marking for marking in Marking}
    return str(highest(marks[one] for one in printed)).upper()


def pack(contents: Contents, to: IO[bytes]) -> None:
    """Write the zip to ``to``, a piece of a file at a time. Raises Refused when a stored file is gone or damaged."""
    sums: list[tuple[str, str]] = []
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as archive:
        sums.append((INDEX_PAGE, write(archive, INDEX_PAGE, [page(contents).encode()], size=0)))
        for entry in contents.entries:
            if not storage.exists(entry.sha256):
                raise Refused(f"The file of {entry.reference} is no longer where files are kept. Make it anew.")
            found = write(archive, entry.file, storage.pieces(entry.sha256), size=entry.size)
            if found != entry.sha256:
                raise Refused(
                    f"The stored file of {entry.reference} is damaged. Tell whoever looks after this service."
                )
            sums.append((entry.file, found))
        write(archive, CHECKSUMS, [checksums(sums).encode()], size=0)


def page(contents: Contents) -> str:
    """The index: a page that opens by itself."""
    return current_app.jinja_env.get_template("packs/sets/index_file.html").render(contents=contents, quote=quote)


def file_name(made: PackSet) -> str:
    """ "brent-packs-2026-11-30-0905.zip": the day and the time at which they were asked for."""
    return f"{made.authority.slug}-packs-{made.asked_at.astimezone(clock.LONDON):%Y-%m-%d-%H%M}.zip"
