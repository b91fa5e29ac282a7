"""Asking for a pack: what is known is gathered and frozen now; a worker renders it later."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import current_app

from reports.contents import PackContents
from tracker.boards import queries as boards
from tracker.boards.models import Snapshot
from tracker.evidence import one_page
from tracker.evidence.models import Evidence
from tracker.packs import queries
from tracker.packs.gathering import (
    gather,
    gather_board,
    gather_example,
    gather_quality,
    gather_register,
    with_register,
)
from tracker.packs.gathering.quality.ahead import Recurrence
from tracker.packs.models import Pack
from tracker.packs.rules import PACK_NAMES, PackKind
from tracker.people.models import Authority, Person
from tracker.platform import clock, jobs
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.jobs import JobState
from tracker.platform.storage import Stored
from tracker.self_evaluation import queries as self_evaluation

RENDER = "packs.render"


About = Snapshot | Evidence
"""What a pack of one thing is about: the snapshot of a board report, the practice example of its page."""


def freeze(
    authority: Authority, *, kind: PackKind, by: Person | None, at: datetime, about: About | None = None
) -> Pack:
    """Gather what is known now and keep it; nothing is rendered yet.

    A board report without a snapshot is about the newest. Raises Refused for a self-evaluation pack where no version
    has been started, a board report where no snapshot has been taken, and a practice example that cannot be a page.
    """
    gathered = _gathering(authority, kind, about)
    earlier = "" if kind is PackKind.PRACTICE_EXAMPLE else _replaced(authority, kind)
    pack = Pack(authority=authority, kind=kind, title=PACK_NAMES[kind], asked_at=at, asked_by=by)
    pack.contents, pack.contents_sha256 = {}, ""
    db.session.add(pack)
    db.session.flush()
    today = at.astimezone(clock.LONDON).date()
    contents = gathered(
        reference=pack.reference,
        today=today,
        demonstration=bool(current_app.config["DEMONSTRATION"]),
        replaces=earlier,
    )
    contents = with_register(contents, authority, today)
    pack.title = f"{PACK_NAMES[kind]}, {contents.version}"
    pack.contents, pack.contents_sha256 = contents.to_json(), contents.digest()
    db.session.flush()
    return pack


Gathering = Callable[..., PackContents]
"""Takes the pack's reference, the day, whether this is a demonstration, and what it replaces."""


def _gathering(authority: Authority, kind: PackKind, about: About | None) -> Gathering:
    match kind:
        case PackKind.BOARD:
            return _of_board(authority, about if isinstance(about, Snapshot) else None)
        case PackKind.PRACTICE_EXAMPLE:
            return _of_example(about if isinstance(about, Evidence) else None)
        case PackKind.EVIDENCE_REGISTER:
            return partial(gather_register, authority)
        case PackKind.QA_QUARTERLY:
            return _of_audits(authority)
    return _of_kind(authority, kind)


def _of_audits(authority: Authority) -> Gathering:
    config = current_app.config
    recurs = Recurrence(config["RECURRING_AUDITS"], config["RECURRING_MONTHS"])
    return partial(gather_quality, authority, smallest=config["SMALL_NUMBER"], recurs=recurs)


def _of_example(evidence: Evidence | None) -> Gathering:
    if evidence is None:
        raise Refused("Say which practice example: open its page, or give its reference, such as E-12.")
    if evidence.practice is None:
        raise Refused(f"{evidence.reference} is no practice example. Choose evidence of that kind.")
    if evidence.withdrawn_on is not None:
        raise Refused(f"{evidence.reference} was withdrawn on {evidence.withdrawn_on:%-d %B %Y}. Reinstate it first.")
    for too_long in one_page.too_long(evidence):
        raise Refused(f"{too_long.sentence} Shorten it, then make the page.")
    return partial(gather_example, evidence)


def _of_kind(authority: Authority, kind: PackKind) -> Gathering:
    newest = self_evaluation.newest(authority)
    version = self_evaluation.version(authority, newest.edition) if newest else None
    if kind is PackKind.SELF_EVALUATION and version is None:
        raise Refused("There is no self-evaluation yet. Start the first version, then make its pack.")
    smallest = current_app.config["SMALL_NUMBER"]
    return partial(gather, kind, authority=authority, version=version, smallest=smallest)


def _of_board(authority: Authority, snapshot: Snapshot | None) -> Gathering:
    kept = boards.snapshots(authority)
    if not kept:
        raise Refused("There is no snapshot yet. Take one for a board date, then make its report.")
    return partial(gather_board, snapshot or kept[0], among=kept)


def _replaced(authority: Authority, kind: PackKind) -> str:
    """The last pack of this kind that was made, and its day: "P-13, 31 July 2026"."""
    last = queries.last_made(authority, kind)
    return f"{last.reference}, {last.asked_at.astimezone(clock.LONDON):%-d %B %Y}" if last else ""


def ask(authority: Authority, *, kind: PackKind, by: Person | None, at: datetime, about: About | None = None) -> Pack:
    """Freeze what is known and queue its rendering."""
    pack = freeze(authority, kind=kind, by=by, at=at, about=about)
    pack.job = jobs.enqueue(RENDER, {"pack": str(pack.id)}, authority_id=authority.id)
    db.session.flush()
    return pack


def ask_again(pack: Pack) -> None:
    """Queue the rendering of what was frozen once more, after it failed."""
    if pack.file_sha256 is not None:
        raise Refused(f"{pack.reference} is made already")
    if pack.job is not None and pack.job.state in (JobState.QUEUED, JobState.RUNNING):
        raise Refused(f"{pack.reference} is being made already. Look again in a minute.")
    pack.job = jobs.enqueue(RENDER, {"pack": str(pack.id)}, authority_id=pack.authority_id)
    db.session.flush()


def keep_file(pack: Pack, stored: Stored, *, pages: int, at: datetime) -> None:
    """The pack is made: say which file it is."""
    pack.file_sha256, pack.file_size, pack.pages, pack.made_at = stored.sha256, stored.size, pages, at
    db.session.flush()
