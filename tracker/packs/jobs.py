"""Rendering, which only worker processes and the command line do: WeasyPrint is imported here and not by the web."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import current_app

from reports import build
from reports.contents import PackContents
from tracker.packs import commands, files, mailing, rendering
from tracker.packs.models import Pack, PackProfile
from tracker.packs.rules import FileKind, PackKind
from tracker.people.models import Authority
from tracker.platform import clock, jobs, storage, under_way
from tracker.platform.db import db
from tracker.platform.errors import Refused


def render(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make the PDF of a frozen pack and keep it. Whoever asked for it is told what became of it."""
    pack_id = UUID(payload["pack"])
    under_way.stop_if_cancelled()
    pack = db.session.get_one(Pack, pack_id)
    if pack.file_sha256 is not None:
        return {"pages": pack.pages}
    try:
        made = watched(PackContents.from_json(pack.contents))
    except under_way.Cancelled:
        raise
    except Refused as refusal:
        mailing.tell(db.session.get_one(Pack, pack_id), why_not=str(refusal))
        jobs.let_others_write()
        raise
    pack = db.session.get_one(Pack, pack_id)
    _keep(pack, made)
    mailing.tell(pack)
    return {"pages": made.pages, "bytes": len(made.file)}


def watched(contents: PackContents) -> build.Document | rendering.Made:
    """Made in a process apart, unless the job is inline: then nobody could look at it or stop it anyway.

    Raises Refused with what is wrong, and Cancelled when somebody stopped the job.
    """
    if current_app.config["JOBS"] == "inline":
        return _built(contents)
    titles = [chapter.title for chapter in contents.chapters]
    jobs.let_others_write()
    return rendering.rendered(
        contents,
        told=lambda place: under_way.tell(rendering.progress(titles, place)),
        look=under_way.stop_if_cancelled,
    )


def make_file(
    kind: PackKind,
    *,
    authority: Authority,
    to: Path | Sequence[Path],
    about: commands.About | None = None,
    profile: PackProfile | None = None,
) -> Pack:
    """Make a pack of what is known now, keep its PDF, and write it to each file as the kind that its name ends in.

    Where a kept pack says all that already, its own file is written, byte for byte. Raises Refused before anything is
    made where a name ends in none of them.
    """
    targets = [(path, _kind_of(path)) for path in ([to] if isinstance(to, Path) else to)]
    asked = commands.freeze_unless_kept(
        authority, kind=kind, by=None, at=clock.now(), about=about, profile=profile, made=True
    )
    pack = asked.pack
    made = None if asked.kept else _built(PackContents.from_json(pack.contents))
    file = made.file if made else b"".join(storage.pieces(pack.file_sha256 or ""))
    for path, file_kind in targets:
        path.write_bytes(file if file_kind is FileKind.PDF else files.written(pack, file_kind).content)
    if made:
        _keep(pack, made)
    return pack


def _kind_of(path: Path) -> FileKind:
    ending = path.suffix.removeprefix(".").casefold()
    if ending not in set(FileKind):
        raise Refused(f"“{path.name}” says no kind of file. End its name in .pdf, .docx, .xlsx or .html.")
    return FileKind(ending)


def _built(contents: PackContents) -> build.Document:
    jobs.let_others_write()
    try:
        return build.document(contents)
    except build.CannotBuild as fault:
        raise Refused(str(fault)) from fault


def _keep(pack: Pack, made: build.Document | rendering.Made) -> None:
    commands.keep_file(pack, storage.keep(io.BytesIO(made.file)), pages=made.pages, at=clock.now())
