"""Asking for a pack: what is known is gathered and frozen now; a worker renders it later."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from flask import current_app

from reports import comparing
from reports.contents import MOST_PAGES, PackContents
from tracker.boards import queries as boards
from tracker.boards.models import Snapshot
from tracker.evidence import one_page
from tracker.evidence.models import Evidence
from tracker.packs import gathering, queries, rules, sameness
from tracker.packs.gathering.quality.ahead import Recurrence
from tracker.packs.models import Pack, PackProfile
from tracker.packs.profiles import choosing
from tracker.packs.profiles.choosing import Chosen
from tracker.packs.rules import BY_POST, PACK_NAMES, PackKind
from tracker.people.models import Authority, Person
from tracker.platform import clock, jobs, storage
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.jobs import JobState
from tracker.platform.storage import Stored
from tracker.self_evaluation import queries as self_evaluation
from tracker.self_evaluation.models import SelfEvaluation

RENDER = "packs.render"


About = Snapshot | Evidence
"""What a pack of one thing is about: the snapshot of a board report, the practice example of its page."""


@dataclass(frozen=True)
class Asked:
    """``kept``: nothing has changed since this pack was asked for, and nothing new is made."""

    pack: Pack
    kept: bool


def freeze(
    authority: Authority,
    *,
    kind: PackKind,
    by: Person | None,
    at: datetime,
    about: About | None = None,
    profile: PackProfile | None = None,
) -> Pack:
    """Gather what is known now and keep it; nothing is rendered yet.

    A board report without a snapshot is about the newest. Raises Refused for a self-evaluation pack where no version
    has been started, a board report where no snapshot has been taken, and a practice example that cannot be a page.
    """
    contents = gathered(authority, kind, about, on=_day(at), chosen=choosing.chosen(profile))
    return keep_contents(authority, contents, kind=kind, by=by, at=at, profile=profile)


def keep_contents(
    authority: Authority,
    contents: PackContents,
    *,
    kind: PackKind,
    by: Person | None,
    at: datetime,
    profile: PackProfile | None = None,
    ahead: bool = False,
) -> Pack:
    """Keep what was gathered, under the next reference and with the name of what it replaces.

    ``ahead``: it is made before anybody asks for it.
    """
    earlier = "" if kind in rules.FROM_A_PAGE else _replaced(authority, kind, profile)
    pack = Pack(authority=authority, kind=kind, asked_at=at, asked_by=by, profile=profile, kept_ready=ahead)
    pack.title = f"{PACK_NAMES[kind]}{f' ({profile.name})' if profile else ''}, {contents.version}"
    pack.contents, pack.contents_sha256, pack.said_sha256 = {}, "", sameness.said(contents)
    db.session.add(pack)
    db.session.flush()
    named = replace(contents, reference=pack.reference, replaces=earlier)
    pack.contents, pack.contents_sha256 = named.to_json(), named.digest()
    db.session.flush()
    return pack


def gathered(
    authority: Authority, kind: PackKind, about: About | None = None, *, on: date, chosen: Chosen | None = None
) -> PackContents:
    """What is known, told on a day; it has no reference yet. Changes nothing. Raises Refused as ``freeze``."""
    demonstration = bool(current_app.config["DEMONSTRATION"])
    contents = _gathering(authority, kind, about)(reference="", today=on, demonstration=demonstration, replaces="")
    contents = gathering.with_register(contents, authority, on)
    contents = contents.reworded(gathering.posts(authority).instead) if kind in BY_POST else contents
    return choosing.dressed(contents, authority, chosen)


def _day(at: datetime) -> date:
    return at.astimezone(clock.LONDON).date()


def ask_unless_kept(
    authority: Authority,
    *,
    kind: PackKind,
    by: Person | None,
    at: datetime,
    about: About | None = None,
    profile: PackProfile | None = None,
) -> Asked:
    """The pack that says already what is known now, if there is one; else as ``ask``. Raises Refused as ``freeze``."""
    asked = freeze_unless_kept(authority, kind=kind, by=by, at=at, about=about, profile=profile)
    if not asked.kept:
        queue(asked.pack)
    return asked


def ask_of_page(authority: Authority, contents: PackContents, *, kind: PackKind, by: Person, at: datetime) -> Asked:
    """A pack of contents that another room gathered, or the one of today that says the same already."""
    kept = kept_of_today(authority, kind, contents)
    if kept is not None:
        return Asked(kept, kept=True)
    return Asked(queue(keep_contents(authority, contents, kind=kind, by=by, at=at)), kept=False)


def freeze_unless_kept(
    authority: Authority,
    *,
    kind: PackKind,
    by: Person | None,
    at: datetime,
    about: About | None = None,
    profile: PackProfile | None = None,
    made: bool = False,
) -> Asked:
    """As ``ask_unless_kept``, with nothing queued yet. ``made``: one that is still being made will not do."""
    chosen = choosing.chosen(profile)
    contents = gathered(authority, kind, about, on=_day(at), chosen=chosen)

    def of_that_day(day: date) -> PackContents:
        return gathered(authority, kind, about, on=day, chosen=chosen)

    kept = _kept(authority, kind, contents, of_that_day)
    if kept is not None and not (made and kept.file_sha256 is None):
        kept.kept_ready = False
        return Asked(kept, kept=True)
    return Asked(keep_contents(authority, contents, kind=kind, by=by, at=at, profile=profile), kept=False)


def kept_of_any_day(authority: Authority, kind: PackKind, contents: PackContents) -> Pack | None:
    """The newest pack, made or being made, that says what is known now; it may have been frozen on an earlier day.

    Raises Refused as ``freeze``.
    """
    return _kept(authority, kind, contents, lambda day: gathered(authority, kind, on=day))


def kept_of_today(authority: Authority, kind: PackKind, contents: PackContents) -> Pack | None:
    """The newest pack, made or being made, that says the same with the same day on its cover."""
    return _kept(authority, kind, contents, None)


def _kept(
    authority: Authority, kind: PackKind, contents: PackContents, of_that_day: Callable[[date], PackContents] | None
) -> Pack | None:
    """The newest pack, made or being made, that says the same.

    One of an earlier day must also be what would be told of that day now: a due date that moved as many days as have
    passed since would else look like the day of the pack. Without ``of_that_day`` none of an earlier day will do.
    """
    found = queries.saying(authority, kind, sameness.said(contents))
    if found is None or (found.file_sha256 is not None and not storage.exists(found.file_sha256)):
        return None
    then = PackContents.from_json(found.contents)
    if then.as_at == contents.as_at:
        return found
    return found if of_that_day and sameness.of_one_day(then, of_that_day(then.as_at)) else None


Gathering = Callable[..., PackContents]
"""Takes the pack's reference, the day, whether this is a demonstration, and what it replaces."""


def _gathering(authority: Authority, kind: PackKind, about: About | None) -> Gathering:
    match kind:
        case PackKind.BOARD:
            return _of_board(authority, about if isinstance(about, Snapshot) else None)
        case PackKind.EXCEPTIONS:
            return _of_exceptions(authority)
        case PackKind.PRACTICE_EXAMPLE:
            return _of_example(about if isinstance(about, Evidence) else None)
        case PackKind.DAILY_BRIEF | PackKind.MEETING_BRIEFING:
            raise Refused("A brief is made from the page of its day or of its meeting, in the week of an inspection.")
        case PackKind.EVIDENCE_REGISTER:
            return partial(gathering.gather_register, authority)
        case PackKind.QA_QUARTERLY:
            return _of_audits(authority)
        case PackKind.SCORECARD:
            return partial(gathering.gather_scorecard, authority, smallest=_smallest())
    return _of_kind(authority, kind)


def _smallest() -> int:
    return int(current_app.config["SMALL_NUMBER"])


def _of_audits(authority: Authority) -> Gathering:
    config = current_app.config
    recurs = Recurrence(config["RECURRING_AUDITS"], config["RECURRING_MONTHS"])
    return partial(gathering.gather_quality, authority, smallest=_smallest(), recurs=recurs)


def _of_example(evidence: Evidence | None) -> Gathering:
    if evidence is None:
        raise Refused("Say which practice example: open its page, or give its reference, such as E-12.")
    if evidence.practice is None:
        raise Refused(f"{evidence.reference} is no practice example. Choose evidence of that kind.")
    if evidence.withdrawn_on is not None:
        raise Refused(f"{evidence.reference} was withdrawn on {evidence.withdrawn_on:%-d %B %Y}. Reinstate it first.")
    for too_long in one_page.too_long(evidence):
        raise Refused(f"{too_long.sentence} Shorten it, then make the page.")
    return partial(gathering.gather_example, evidence)


def _of_kind(authority: Authority, kind: PackKind) -> Gathering:
    """Kinds that say what the authority thinks of itself, or print its plan."""
    newest = _version(authority, signed=kind is PackKind.PUBLIC)
    version = self_evaluation.version(authority, newest.edition) if newest else None
    if kind not in OF_A_VERSION:
        return partial(gathering.gather, kind, authority=authority, version=version, smallest=_smallest())
    if version is None:
        raise Refused("There is no self-evaluation yet. Start the first version, then make its pack.")
    if gathered := OF_A_VERSION[kind]:
        return partial(gathered, authority, version, smallest=_smallest())
    return partial(gathering.gather, kind, authority=authority, version=version, smallest=_smallest())


OF_A_VERSION: Mapping[PackKind, Gathering | None] = {
    PackKind.SELF_EVALUATION: None,
    PackKind.SUMMARY: gathering.gather_summary,
    PackKind.PUBLIC: gathering.gather_public,
    PackKind.PEER_CHALLENGE: gathering.gather_peer,
}
"""Kinds that print a version, with what gathers them; None: as the plan is gathered."""


def _version(authority: Authority, *, signed: bool) -> SelfEvaluation | None:
    """The newest; for readers outside the last that was signed, and a draft only where none was."""
    versions = self_evaluation.versions(authority)
    return next((one for one in versions if signed and one.signed_on), versions[0] if versions else None)


def _of_board(authority: Authority, snapshot: Snapshot | None) -> Gathering:
    kept = _snapshots(authority)
    return partial(gathering.gather_board, snapshot or kept[0], among=kept)


def _of_exceptions(authority: Authority) -> Gathering:
    """Since the last snapshot of a day before today: on the day itself nothing has moved yet."""
    kept = _snapshots(authority)
    since = next((one for one in kept if one.as_at < clock.today()), kept[0])
    return partial(gathering.gather_exceptions, authority, since, smallest=_smallest())


def _snapshots(authority: Authority) -> Sequence[Snapshot]:
    kept = boards.snapshots(authority)
    if not kept:
        raise Refused("There is no snapshot yet. Take one for a board date, then make its report.")
    return kept


def _replaced(authority: Authority, kind: PackKind, profile: PackProfile | None) -> str:
    """The last pack of this kind and profile that was made, and its day: "P-13, 31 July 2026"."""
    last = queries.last_made(authority, kind, profile)
    return f"{last.reference}, {last.asked_at.astimezone(clock.LONDON):%-d %B %Y}" if last else ""


def ask(
    authority: Authority,
    *,
    kind: PackKind,
    by: Person | None,
    at: datetime,
    about: About | None = None,
    profile: PackProfile | None = None,
) -> Pack:
    """Freeze what is known and queue its rendering."""
    return queue(freeze(authority, kind=kind, by=by, at=at, about=about, profile=profile))


def queue(pack: Pack) -> Pack:
    """A worker is to make the file of what was frozen."""
    pack.job = jobs.enqueue(RENDER, {"pack": str(pack.id)}, authority_id=pack.authority_id)
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


def ask_with_changes(earlier: Pack, *, by: Person, at: datetime) -> Pack:
    """A pack of the same kind as at now, with what changed since ``earlier`` as an annex.

    Raises Refused for a page of one sheet, which has no room for one.
    """
    then, authority = PackContents.from_json(earlier.contents), earlier.authority
    if then.kind in MOST_PAGES:
        raise Refused(
            "A pack of this kind is meant to be short and has no room for an annex. The page of changes can be printed."
        )
    chosen = choosing.chosen(earlier.profile)
    now = comparing.with_annex(then, gathered(authority, earlier.kind, on=_day(at), chosen=chosen))
    return queue(keep_contents(authority, now, kind=earlier.kind, by=by, at=at, profile=earlier.profile))


def cancel(pack: Pack, *, by: Person, at: datetime) -> None:
    """Stop the making of a pack. What was frozen stays, and can be made later. Raises Refused when it has ended."""
    if pack.job is None or not pack.state.is_under_way:
        raise Refused(f"{pack.reference} is not being made. Look at its page again.")
    jobs.cancel(pack.job, by=by.name, at=at)


def ask_anew(pack: Pack, *, by: Person, at: datetime) -> Pack:
    """A pack of the same kind with the day of today on it, whether or not anything has changed.

    Raises Refused for one that is about a snapshot or a practice example, which has a page of its own for that.
    """
    if pack.kind in rules.OF_ONE_THING:
        raise Refused("Make it from the page of the snapshot or the practice example that it is about.")
    return ask(pack.authority, kind=pack.kind, by=by, at=at, profile=pack.profile)


def keep_file(pack: Pack, stored: Stored, *, pages: int, at: datetime) -> None:
    """The pack is made: say which file it is."""
    pack.file_sha256, pack.file_size, pack.pages, pack.made_at = stored.sha256, stored.size, pages, at
    db.session.flush()
