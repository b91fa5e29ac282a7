"""What a kept profile chooses, and contents as it has them."""

import base64
from dataclasses import dataclass

from flask import current_app

from reports.contents import Crest, PackContents
from tracker.packs import gathering
from tracker.packs.models import PackProfile
from tracker.packs.profiles import applying
from tracker.packs.profiles.rules import LeftOut, Profile
from tracker.people.models import Authority
from tracker.platform import storage


@dataclass(frozen=True)
class Chosen:
    """A profile with its crest, kept or only typed."""

    profile: Profile
    crest: Crest | None


def settings(row: PackProfile) -> Profile:
    return Profile(
        kind=row.kind,
        name=row.name,
        order=tuple(row.sections),
        marking=row.marking,
        watermark=row.watermark,
        ink=row.ink,
        accent=row.accent,
        left_out=tuple(map(LeftOut, row.left_out)),
    )


def chosen(row: PackProfile | None) -> Chosen | None:
    return Chosen(settings(row), crest(row)) if row else None


def crest(row: PackProfile) -> Crest | None:
    """Read whole: it is frozen with every pack."""
    file = crest_file(row)
    if file is None:
        return None
    png = base64.b64encode(file).decode()
    return Crest(png=png, alt=row.crest_alt, width=row.crest_width or 1, height=row.crest_height or 1)


def crest_file(row: PackProfile) -> bytes | None:
    """None too where the file is gone."""
    if row.crest_sha256 is None or not storage.exists(row.crest_sha256):
        return None
    return b"".join(storage.pieces(row.crest_sha256))


def dressed(contents: PackContents, authority: Authority, what: Chosen | None) -> PackContents:
    """The contents as a profile has them; None: as they are."""
    if what is None:
        return contents
    names = LeftOut.NAMES in what.profile.left_out
    return applying.applied(
        contents,
        what.profile,
        instead=gathering.posts(authority).instead if names else str,
        smallest=int(current_app.config["SMALL_NUMBER"]),
        crest=what.crest,
    )
