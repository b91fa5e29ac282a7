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
from tracker.platform import clock, storage
from tracker.platform.db import db
from tracker.platform.errors import Refused


def render(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make the PDF of a frozen pack and keep it."""
    pack = db.session.get_one(Pack, UUID(payload["pack"]))
    document = _rendered(pack)
    return {"pages": pack.pages, "bytes": len(document)}


def make_file(kind: PackKind, *, authority: Authority, to: Path) -> Pack:
    """Make a pack of what is known now and write its PDF to ``to``."""
    pack = commands.freeze(authority, kind=kind, by=None, at=clock.now())
    to.write_bytes(_rendered(pack))
    return pack


def _rendered(pack: Pack) -> bytes:
    try:
        document = build.document(PackContents.from_json(pack.contents))
    except build.CannotBuild as fault:
        raise Refused(str(fault)) from fault
    commands.keep_file(pack, storage.keep(io.BytesIO(document.file)), pages=document.pages, at=clock.now())
    return document.file
