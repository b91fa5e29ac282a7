"""Every question asked about packs."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import defer, joinedload, selectinload

from reports.contents import PackContents
from tracker.evidence import one_page
from tracker.evidence import queries as evidence
from tracker.evidence.models import Evidence
from tracker.packs import gathering
from tracker.packs.models import Pack, PackPreview, PackPreviewPage, PackProfile, PackSet, PackSetMember
from tracker.packs.profiles.rules import LEFT_OUT_WORDS, LeftOut
from tracker.packs.rules import BY_POST, PackKind
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.platform.jobs import Job, JobState


def packs(
    authority: Authority, *, limit: int = 50, kinds: Collection[PackKind] = tuple(PackKind), made_only: bool = False
) -> Sequence[Pack]:
    """The newest first, each with who asked and how its job stands; their contents stay in the database.

    ``kinds``: those of these; ``made_only``: once they are made.
    """
    made = (Pack.file_sha256.is_not(None),) if made_only else ()
    return db.session.scalars(
        select(Pack)
        .where(Pack.authority_id == authority.id, Pack.kind.in_(list(kinds)), *made)
        .options(joinedload(Pack.asked_by), joinedload(Pack.job), defer(Pack.contents))
        .order_by(Pack.number.desc())
        .limit(limit)
    ).all()


def pack(authority: Authority, number: int) -> Pack | None:
    return db.session.scalars(
        select(Pack)
        .where(Pack.authority_id == authority.id, Pack.number == number)
        .options(joinedload(Pack.asked_by), joinedload(Pack.job))
    ).one_or_none()


def last_made(authority: Authority, kind: PackKind, profile: PackProfile | None = None) -> Pack | None:
    """The newest pack of a kind and a profile that has its file and that somebody asked for or took away."""
    of = Pack.profile_id == profile.id if profile else Pack.profile_id.is_(None)
    return db.session.scalars(
        select(Pack)
        .where(Pack.authority_id == authority.id, Pack.kind == kind, of, Pack.file_sha256.is_not(None))
        .where(~Pack.kept_ready)
        .order_by(Pack.number.desc())
        .limit(1)
    ).first()


def titled(authority: Authority, kind: PackKind, title: str) -> Sequence[Pack]:
    """Packs of a kind with this title, the newest first; their contents stay in the database."""
    return db.session.scalars(
        select(Pack)
        .where(Pack.authority_id == authority.id, Pack.kind == kind, Pack.title == title)
        .options(joinedload(Pack.job), defer(Pack.contents))
        .order_by(Pack.number.desc())
    ).all()


def earlier(pack: Pack, *, limit: int = 50) -> Sequence[Pack]:
    """Packs of the same kind before this one, the newest first; their contents stay in the database."""
    return db.session.scalars(
        select(Pack)
        .where(Pack.authority_id == pack.authority_id, Pack.kind == pack.kind, Pack.number < pack.number)
        .options(defer(Pack.contents))
        .order_by(Pack.number.desc())
        .limit(limit)
    ).all()


def saying(authority: Authority, kind: PackKind, said_sha256: str) -> Pack | None:
    """The newest pack of a kind that says just this, made or on its way."""
    on_its_way = Job.state.in_((JobState.QUEUED, JobState.RUNNING))
    return db.session.scalars(
        select(Pack)
        .outerjoin(Job, Pack.job_id == Job.id)
        .where(Pack.authority_id == authority.id, Pack.kind == kind, Pack.said_sha256 == said_sha256)
        .where(or_(Pack.file_sha256.is_not(None), on_its_way))
        .order_by(Pack.number.desc())
        .limit(1)
    ).first()


def sets(authority: Authority, *, limit: int = 20) -> Sequence[PackSet]:
    """The newest first, each with who asked and how its job stands."""
    return db.session.scalars(
        select(PackSet)
        .where(PackSet.authority_id == authority.id)
        .options(joinedload(PackSet.asked_by), joinedload(PackSet.job), selectinload(PackSet.members))
        .order_by(PackSet.asked_at.desc())
        .limit(limit)
    ).all()


def pack_set(authority: Authority, set_id: UUID) -> PackSet | None:
    """With its packs, in order, and how each of their jobs stands; what they say stays in the database."""
    members = selectinload(PackSet.members).joinedload(PackSetMember.pack)
    return db.session.scalars(
        select(PackSet)
        .where(PackSet.authority_id == authority.id, PackSet.id == set_id)
        .options(members.joinedload(Pack.job), members.defer(Pack.contents), joinedload(PackSet.asked_by))
    ).one_or_none()


def profiles(authority: Authority, *, of: PackKind | None = None, put_away: bool = False) -> Sequence[PackProfile]:
    """By kind, in the order in which kinds are offered, and name; without those that were put away unless asked for."""
    wanted = select(PackProfile).where(PackProfile.authority_id == authority.id)
    if of is not None:
        wanted = wanted.where(PackProfile.kind == of)
    if not put_away:
        wanted = wanted.where(PackProfile.put_away_at.is_(None))
    found = db.session.scalars(wanted).all()
    return sorted(found, key=lambda one: (list(PackKind).index(one.kind), one.name.casefold()))


def profile(authority: Authority, profile_id: UUID) -> PackProfile | None:
    wanted = select(PackProfile).where(PackProfile.authority_id == authority.id, PackProfile.id == profile_id)
    return db.session.scalars(wanted).one_or_none()


def profile_named(authority: Authority, kind: PackKind, name: str) -> PackProfile | None:
    """Whatever the case of its letters; None too for one that was put away."""
    return next((one for one in profiles(authority, of=kind) if one.name.casefold() == name.strip().casefold()), None)


def examples(authority: Authority) -> Sequence[Evidence]:
    """Practice examples that fit on one page, the newest first."""
    return [one for one in evidence.practice_examples(authority) if not any(one_page.too_long(one))]


def preview(authority: Authority, preview_id: UUID) -> PackPreview | None:
    """With how its job stands; what it says stays in the database."""
    wanted = select(PackPreview).where(PackPreview.authority_id == authority.id, PackPreview.id == preview_id)
    return db.session.scalars(wanted.options(joinedload(PackPreview.job), defer(PackPreview.contents))).one_or_none()


def picture(preview: PackPreview, number: int) -> bytes | None:
    """One page of what a preview shows."""
    wanted = select(PackPreviewPage.picture).where(PackPreviewPage.number == number)
    return db.session.scalars(wanted.where(PackPreviewPage.contents_sha256 == preview.contents_sha256)).one_or_none()


def drawn(contents_sha256: str) -> tuple[int, int] | None:
    """How many pages of some contents are drawn, of how many; None: none."""
    found = db.session.execute(
        select(func.count(), func.max(PackPreviewPage.of)).where(PackPreviewPage.contents_sha256 == contents_sha256)
    ).one()
    return (found[0], found[1]) if found[0] else None


def is_told_with_others(pack: Pack) -> bool:
    """Whether it was asked for with a set that is not made yet: that is told of once, and not of each pack in it."""
    waiting = select(PackSetMember.id).join(PackSet, PackSet.id == PackSetMember.set_id)
    waiting = waiting.where(PackSetMember.pack_id == pack.id, PackSet.frozen_at == pack.asked_at)
    waiting = waiting.where(PackSet.file_sha256.is_(None))
    return db.session.scalars(waiting.limit(1)).first() is not None


def with_file(sha256: str, of: Authority | None) -> Pack | None:
    """The first pack whose kept file is this one, in an authority or in any."""
    return _first(select(Pack).where(Pack.file_sha256 == sha256), of)


def with_contents(printed: str, of: Authority | None) -> Pack | None:
    """The first pack whose contents have a hash that begins so, made ones first."""
    return _first(select(Pack).where(Pack.contents_sha256.startswith(printed)), of)


def _first(packs: Select[Pack], of: Authority | None) -> Pack | None:
    if of is not None:
        packs = packs.where(Pack.authority_id == of.id)
    made_first = packs.order_by(Pack.file_sha256.is_(None), Pack.asked_at, Pack.id)
    return db.session.scalars(made_first.options(joinedload(Pack.asked_by)).limit(1)).first()


def names_left(pack: Pack, contents: PackContents) -> Sequence[str]:
    """Words of a pack without names that are also the first name or surname of a colleague; for others none."""
    left_out = contents.look.left_out if contents.look else ()
    if pack.kind not in BY_POST and LEFT_OUT_WORDS[LeftOut.NAMES] not in left_out:
        return ()
    return gathering.posts(pack.authority).left("\n".join(contents.texts()))
