from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.evidence.bundles.rules import Contents, State, file_name
from tracker.people.models import OfAuthority, Person
from tracker.platform import storage
from tracker.platform.db import Model
from tracker.platform.jobs import Job, JobState


class EvidenceBundle(OfAuthority, Model):
    """A bundle that somebody asked for: frozen contents, and the zip once it is made."""

    __tablename__ = "evidence_bundle"

    about: Mapped[str]
    """What it is the evidence of, in words."""
    marking: Mapped[str]
    pieces: Mapped[int]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    contents: Mapped[dict[str, Any]] = mapped_column(JSON, info={"history": False})
    """``rules.Contents``; the zip is made of nothing else."""
    contents_sha256: Mapped[str]
    job_id: Mapped[UUID | None] = mapped_column(ForeignKey("job.id"), info={"history": False})
    file_sha256: Mapped[str | None] = mapped_column(info=storage.OF_A_FILE)
    file_size: Mapped[int | None] = mapped_column(info={"history": False})
    """Bytes."""
    made_at: Mapped[datetime | None] = mapped_column(info={"history": False})

    asked_by: Mapped[Person] = relationship()
    job: Mapped[Job | None] = relationship()

    @property
    def state(self) -> State:
        if self.file_sha256 is not None:
            return State.READY
        waiting = self.job is not None and self.job.state in (JobState.QUEUED, JobState.RUNNING)
        return State.MAKING if waiting else State.FAILED

    @property
    def held(self) -> Contents:
        return Contents.from_json(self.contents)

    @property
    def file_name(self) -> str:
        held = self.held
        return file_name(self.authority.slug, self.about, held.day, self.marking)
