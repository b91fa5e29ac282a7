"""Every way how a profile changes. Each command checks, changes and flushes; the edge commits."""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from tracker.packs import queries
from tracker.packs.models import PackProfile
from tracker.packs.profiles import crests, rules, sections
from tracker.packs.profiles.rules import Profile
from tracker.packs.rules import PACK_NAMES, PackKind
from tracker.people.models import Authority
from tracker.platform import apart, storage
from tracker.platform.db import add_first, db
from tracker.platform.errors import Conflict, Refused

CHANGED = "Somebody else changed this profile while you had it open. Look at it again, then save."
LARGEST_CREST = 5 * 1024 * 1024
"""Bytes that are looked at. Our choice: ten times what a crest for print takes."""
BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""Of a PNG and of a JPEG. Source: RFC 2083 and ISO 10918-1."""


def create(authority: Authority, *, kind: PackKind, name: str) -> PackProfile:
    """A profile that prints what packs of the kind always print, until it is changed."""
    if kind not in sections.SECTIONS:
        raise Refused(f"{PACK_NAMES[kind]} has no profiles. Choose another pack.")
    row = PackProfile(authority=authority, kind=kind, crest_alt="")
    _keep(row, Profile.usual(kind, name.strip()))
    add_first(row, otherwise=Refused(_taken(kind, name)))
    return row


def change(row: PackProfile, *, version: int, profile: Profile) -> None:
    """Choose otherwise from now on. Packs that were made stay as they were frozen."""
    _require_version(row, version)
    _keep(row, profile)
    db.session.flush()


def set_crest(row: PackProfile, *, version: int, file: BinaryIO, file_name: str, alt: str, ours: bool) -> None:
    """Print a picture of the authority's own. Raises Refused for what is no PNG or JPEG, or not ours to print."""
    _require_version(row, version)
    if why_not := rules.why_no_alternative(alt.strip()):
        raise Refused(why_not)
    if not ours or "ofsted" in file_name.lower():
        raise Refused("Say that it is your authority’s own. Ofsted’s logo and the Crown’s arms may not be used.")
    _require_picture(file, file_name)
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "given"), Path(folder, "made.png")
        given.write_bytes(file.read())
        width, height = apart.call(crests.WRITTEN, str(given), str(made))
        with made.open("rb") as content:
            row.crest_sha256 = storage.keep(content).sha256
    row.crest_alt, row.crest_width, row.crest_height = alt.strip(), width, height
    db.session.flush()


def remove_crest(row: PackProfile, *, version: int) -> None:
    _require_version(row, version)
    row.crest_sha256, row.crest_alt, row.crest_width, row.crest_height = None, "", None, None
    db.session.flush()


def put_away(row: PackProfile, *, version: int, at: datetime) -> None:
    """Offer it no longer. Packs that were made of it say so still, and it can be taken back."""
    _require_version(row, version)
    row.put_away_at = at
    db.session.flush()


def take_back(row: PackProfile, *, version: int) -> None:
    _require_version(row, version)
    row.put_away_at = None
    db.session.flush()


def _keep(row: PackProfile, profile: Profile) -> None:
    for sentence in rules.why_not(profile).values():
        raise Refused(sentence)
    others = queries.profiles(row.authority, of=profile.kind, put_away=True)
    if any(one.id != row.id and one.name.casefold() == profile.name.casefold() for one in others):
        raise Refused(_taken(profile.kind, profile.name))
    row.name, row.sections, row.marking = profile.name, list(profile.order), profile.marking
    row.watermark, row.ink, row.accent = profile.watermark, profile.ink, profile.accent
    row.left_out = [one.value for one in profile.left_out]


def _taken(kind: PackKind, name: str) -> str:
    return f"{PACK_NAMES[kind]} has a profile called “{name.strip()}” already. Use another name."


def _require_version(row: PackProfile, version: int) -> None:
    if row.version != version:
        raise Conflict(CHANGED)


def _require_picture(file: BinaryIO, file_name: str) -> None:
    beginning = file.read(1024)
    size = len(beginning) + len(file.read(LARGEST_CREST))
    file.seek(0)
    if file_name.lower().endswith((".svg", ".svgz")) or b"<svg" in beginning.lower():
        raise Refused("An SVG can hold programs and addresses, so none is taken. Save the crest as PNG or JPEG.")
    if not beginning.startswith(BEGINNINGS):
        raise Refused("Choose a PNG or a JPEG.")
    if size > LARGEST_CREST:
        raise Refused("The picture is larger than 5 MB. Save it smaller and choose it again.")
