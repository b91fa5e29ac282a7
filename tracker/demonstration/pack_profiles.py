"""The profiles of packs of the demonstration."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from tracker.demonstration.schema import Past, Told
from tracker.demonstration.stage import Scene, Stage
from tracker.evidence.rules import Marking
from tracker.packs.profiles import choosing, commands
from tracker.packs.profiles.rules import LeftOut
from tracker.packs.rules import PackKind


class ProfileTold(Told):
    day: Past
    by: str
    kind: PackKind
    name: str
    marking: Marking = Marking.OFFICIAL
    watermark: str = ""
    ink: str = ""
    accent: str = ""
    """Empty: ours."""
    left_out: tuple[LeftOut, ...] = ()
    without: tuple[str, ...] = ()
    """Codes of sections that are not printed."""


class ProfilesFile(Told):
    profiles: tuple[ProfileTold, ...]


def scenes(stage: Stage, told: ProfilesFile) -> Iterator[Scene]:
    for one in told.profiles:
        yield Scene(one.day, one.by, partial(_keep, stage, one))


def _keep(stage: Stage, one: ProfileTold) -> None:
    row = commands.create(stage.council, kind=one.kind, name=one.name)
    profile = choosing.settings(row)
    chosen = replace(
        profile,
        order=tuple(code for code in profile.order if code not in one.without),
        marking=one.marking,
        watermark=one.watermark,
        ink=one.ink or profile.ink,
        accent=one.accent or profile.accent,
        left_out=one.left_out,
    )
    commands.change(row, version=row.version, profile=chosen)
