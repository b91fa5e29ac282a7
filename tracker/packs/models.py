from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.evidence.rules import Marking
from tracker.packs.rules import PackKind, State
from tracker.people.models import OfAuthority, Person
from tracker.platform import storage
from tracker.platform.db import Model, Versioned
from tracker.platform.jobs import Job, JobState
from tracker.platform.references import Referenced


class Pack(Referenced, OfAuthority, Model):
    """A pack that somebody asked for: frozen contents, and the file once it is made."""

    __tablename__ = "pack"
    __table_args__ = (UniqueConstraint("authority_id", "number"),)
    prefix = "P"

    kind: Mapped[PackKind]
    title: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    contents: Mapped[dict[str, Any]] = mapped_column(JSON, info={"history": False})
    """What was gathered, frozen; rendering reads nothing else."""
    contents_sha256: Mapped[str] = mapped_column(index=True)
    said_sha256: Mapped[str | None] = mapped_column(index=True, info={"history": False})
    """``sameness.said`` of the contents; None: frozen before this was kept, and never taken for what is known now."""
    profile_id: Mapped[UUID | None] = mapped_column(ForeignKey("pack_profile.id"), info={"history": False})
    """None: as packs of the kind always are. What the profile chose then is frozen with the contents."""
    kept_ready: Mapped[bool] = mapped_column(default=False, info={"history": False})
    """Made ahead of a call, and nobody has asked for it or taken it away yet: a newer one may take its place."""
    job_id: Mapped[UUID | None] = mapped_column(ForeignKey("job.id"), info={"history": False})
    file_sha256: Mapped[str | None] = mapped_column(index=True, info=storage.OF_A_FILE)
    file_size: Mapped[int | None]
    """Bytes."""
    pages: Mapped[int | None]
    made_at: Mapped[datetime | None]

    asked_by: Mapped[Person | None] = relationship()
    profile: Mapped[PackProfile | None] = relationship()
    job: Mapped[Job | None] = relationship()

    @property
    def state(self) -> State:
        return State.READY if self.file_sha256 is not None else state_of(self.job)


class PackProfile(Versioned, OfAuthority, Model):
    """How an authority wants packs of a kind for some reader; see ``profiles.rules.Profile``."""

    __tablename__ = "pack_profile"
    __table_args__ = (UniqueConstraint("authority_id", "kind", "name"),)

    kind: Mapped[PackKind]
    name: Mapped[str]
    sections: Mapped[list[Any]] = mapped_column(JSON)
    """Codes of those that are printed, in order."""
    marking: Mapped[Marking]
    watermark: Mapped[str]
    ink: Mapped[str]
    accent: Mapped[str]
    left_out: Mapped[list[Any]] = mapped_column(JSON)
    crest_sha256: Mapped[str | None] = mapped_column(info=storage.OF_A_FILE)
    """A PNG that we wrote ourselves."""
    crest_alt: Mapped[str]
    crest_width: Mapped[int | None] = mapped_column(info={"history": False})
    """Pixels."""
    crest_height: Mapped[int | None] = mapped_column(info={"history": False})
    put_away_at: Mapped[datetime | None]
    """No longer offered; packs that were made of it say so still."""


class PackPreview(OfAuthority, Model):
    """A pack as a profile would make it, looked at for a while: no pack, and kept no longer than a day."""

    __tablename__ = "pack_preview"
    __history__ = False

    profile_id: Mapped[UUID] = mapped_column(ForeignKey("pack_profile.id"), index=True)
    asked_at: Mapped[datetime]
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    """``profiles.rules.Profile`` as it was typed, whether or not it has been saved."""
    job_id: Mapped[UUID | None] = mapped_column(ForeignKey("job.id"), info={"history": False})
    contents: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    contents_sha256: Mapped[str | None] = mapped_column(index=True)
    """Names its pictures, so that the same contents are drawn once."""
    pages: Mapped[int | None]
    """Of the whole pack; pictures may be of the first only."""

    profile: Mapped[PackProfile] = relationship()
    job: Mapped[Job | None] = relationship()

    @property
    def state(self) -> State:
        return State.READY if self.pages is not None else state_of(self.job)


class PackPreviewPage(Model):
    """The picture of one page."""

    __tablename__ = "pack_preview_page"
    __history__ = False
    __table_args__ = (UniqueConstraint("contents_sha256", "number"),)

    contents_sha256: Mapped[str]
    number: Mapped[int]
    """From 1."""
    of: Mapped[int]
    """How many pages the pack has."""
    picture: Mapped[bytes]
    """A PNG."""


def state_of(job: Job | None) -> State:
    """How far something is that a job makes and has not made yet."""
    if job is None:
        return State.FAILED
    waiting = {JobState.QUEUED: State.QUEUED, JobState.RUNNING: State.RUNNING}
    return waiting.get(job.state) or (State.CANCELLED if job.cancelled_at else State.FAILED)


class PackSet(OfAuthority, Model):
    """Packs that were asked for together, "everything as at now", and the zip of them once it is made."""

    __tablename__ = "pack_set"

    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """None: made ahead of a call."""
    kinds: Mapped[list[Any]] = mapped_column(JSON, info={"history": False})
    """Those that were asked for, in order."""
    profile_name: Mapped[str]
    """Profiles of this name are used where a kind has one; empty: all as always."""
    frozen_at: Mapped[datetime | None] = mapped_column(info={"history": False})
    """The one moment at which all of it was known; None: not gathered yet."""
    left_out: Mapped[list[Any]] = mapped_column(JSON, info={"history": False})
    """Kinds that could not be made, each with the sentence that says why."""
    job_id: Mapped[UUID | None] = mapped_column(ForeignKey("job.id"), info={"history": False})
    file_sha256: Mapped[str | None] = mapped_column(info=storage.OF_A_FILE)
    file_size: Mapped[int | None] = mapped_column(info={"history": False})
    """Bytes."""
    made_at: Mapped[datetime | None] = mapped_column(info={"history": False})

    asked_by: Mapped[Person | None] = relationship()
    job: Mapped[Job | None] = relationship()
    members: Mapped[list[PackSetMember]] = relationship(order_by="PackSetMember.position", cascade="all, delete-orphan")

    @property
    def packs(self) -> list[Pack]:
        return [member.pack for member in self.members]

    @property
    def state(self) -> State:
        """Being made again, it is not ready, although the zip of before can still be taken."""
        found = state_of(self.job)
        return State.READY if self.file_sha256 is not None and not found.is_under_way else found

    @property
    def has_a_rest(self) -> bool:
        """Whether a pack of it could not be made, and may be tried again."""
        return any(pack.state in (State.FAILED, State.CANCELLED) for pack in self.packs)


class PackSetMember(Model):
    __tablename__ = "pack_set_member"
    __history__ = False
    __table_args__ = (UniqueConstraint("set_id", "pack_id"),)

    set_id: Mapped[UUID] = mapped_column(ForeignKey("pack_set.id", ondelete="CASCADE"), index=True)
    pack_id: Mapped[UUID] = mapped_column(ForeignKey("pack.id"))
    position: Mapped[int]

    pack: Mapped[Pack] = relationship()


class ReadyPacks(OfAuthority, Model):
    """The packs of inspection day that are made ahead, and when it was last looked whether they hold."""

    __tablename__ = "ready_packs"
    __table_args__ = (UniqueConstraint("authority_id"),)
    __history__ = False

    looked_at: Mapped[datetime]
    head: Mapped[int]
    """Number of the newest entry of the trail when it was looked: what comes after may have changed something."""
    set_id: Mapped[UUID | None] = mapped_column(ForeignKey("pack_set.id"))
    """The newest that was asked for; None: nothing could be made."""
    why_not: Mapped[str] = mapped_column(default="")

    made: Mapped[PackSet | None] = relationship()
