"""The evidence register: each piece on the day it was added, with what it is linked to."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO

from tracker.actions.models import Action
from tracker.demonstration.schema import (
    EvidenceFile,
    Example,
    NewerPaper,
    Paper,
    Piece,
    UndescribedPaper,
    Withdrawal,
)
from tracker.demonstration.stage import Scene, Stage
from tracker.evidence import commands as evidence
from tracker.evidence.commands import Description, Practice, Upload
from tracker.evidence.models import Evidence
from tracker.evidence.several import commands as several
from tracker.improvements.models import ImprovementItem


def scenes(stage: Stage, told: EvidenceFile) -> Iterator[Scene]:
    for piece in told.evidence:
        yield Scene(piece.added, piece.owner, partial(_add, stage, piece))
        for newer in piece.newer:
            yield Scene(newer.day, piece.owner, partial(_renew, stage, piece, newer))
        if piece.withdrawn is not None:
            yield Scene(piece.withdrawn.day, piece.owner, partial(_withdraw, stage, piece.key, piece.withdrawn))

    for paper in told.undescribed:
        yield Scene(paper.added, paper.owner, partial(_leave_undescribed, stage, paper))


def _add(stage: Stage, piece: Piece) -> None:
    added = evidence.add_evidence(
        stage.council,
        kind=piece.kind,
        says=_described(stage, piece),
        upload=_upload(piece),
        by=stage.person(piece.owner),
        on=stage.day(piece.added),
    )
    stage.keep(piece.key, added)
    _link(stage, piece, added)


def _described(stage: Stage, piece: Piece) -> Description:
    start, end = piece.period or (None, None)
    return Description(
        title=piece.title,
        dated=stage.day(piece.dated),
        shows=piece.shows,
        strength=piece.strength,
        origin=piece.origin,
        owner=stage.person(piece.owner),
        period_from=None if start is None else stage.day(start),
        period_to=None if end is None else stage.day(end),
        url=piece.url,
        words=piece.words,
        voice_of=piece.voice_of,
        setting=piece.setting,
        consent=piece.consent,
        practice=_practice(piece.practice),
    )


def _practice(example: Example | None) -> Practice | None:
    return Practice(**example.model_dump()) if example else None


def _upload(piece: Piece) -> Upload | None:
    return _paper(piece.file) if piece.file else None


def _paper(paper: Paper) -> Upload:
    return Upload(BytesIO(paper.text.encode()), paper.name)


def _renew(stage: Stage, piece: Piece, newer: NewerPaper) -> None:
    renewed = stage.get(Evidence, piece.key)
    by = stage.person(piece.owner)
    evidence.replace_file(renewed, version=renewed.version, upload=_paper(newer), by=by, why=newer.why)


def _leave_undescribed(stage: Stage, paper: UndescribedPaper) -> None:
    several.add_file(stage.council, upload=_paper(paper), by=stage.person(paper.owner))


def _link(stage: Stage, piece: Piece, added: Evidence) -> None:
    for code, shows in piece.areas.items():
        evidence.link_to_area(added, area_code=code, shows_there=shows)
    for code, shows in piece.themes.items():
        evidence.link_to_theme(added, theme_code=code, shows_there=shows)
    for key, shows in piece.items.items():
        evidence.link_to_item(added, item=stage.get(ImprovementItem, key), shows_there=shows)
    for key, shows in piece.actions.items():
        evidence.link_to_action(added, action=stage.get(Action, key), shows_there=shows)


def _withdraw(stage: Stage, key: str, withdrawn: Withdrawal) -> None:
    piece = stage.get(Evidence, key)
    evidence.withdraw(piece, version=piece.version, reason=withdrawn.reason, on=stage.day(withdrawn.day))
