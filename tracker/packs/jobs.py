"""Rendering, which only worker processes and the command line do: WeasyPrint is imported here and not by the web."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from reports import build
from reports.contents import PackContents
from tracker.packs import commands
from tracker.packs.models import Pack
from tracker.packs.rules import PackKind
from tracker.people.models import Authority
from tracker.platform import clock, jobs, storage
from tracker.platform.db import db
from tracker.platform.errors import Refused


def render(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make the PDF of a frozen pack and keep it."""
    pack_id = UUID(payload["pack"])
    made = _built(db.session.get_one(Pack, pack_id))
    pack = db.session.get_one(Pack, pack_id)
    _keep(pack, made)
    return {"pages": made.pages, "bytes": len(made.file)}


def make_file(kind: PackKind, *, authority: Authority, to: Path, about: commands.About | None = None) -> Pack:
    """Make a pack of what is known now and write its PDF to ``to``."""
    pack = commands.freeze(authority, kind=kind, by=None, at=clock.now(), about=about)
    made = _built(pack)
    to.write_bytes(made.file)
    _keep(pack, made)
    return pack


def _built(pack: Pack) -> build.Document:
    contents = PackContents.from_json(pack.contents)
    jobs.let_others_write()
    try:
        return build.document(contents)
    except build.CannotBuild as fault:
        raise Refused(str(fault)) from fault


def _keep(pack: Pack, made: build.Document) -> None:
    commands.keep_file(pack, storage.keep(io.BytesIO(made.file)), pages=made.pages, at=clock.now())
