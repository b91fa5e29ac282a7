from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.evidence.importing.rules import Step, step
from tracker.people.models import OfAuthority, Person
from tracker.platform import storage
from tracker.platform.db import Model
from tracker.platform.jobs import Job


class EvidenceImport(OfAuthority, Model):
    """A zip with its manifest that somebody brought in, and how far she is with it. Nothing counts until it is done."""

    __tablename__ = "evidence_import"
    __history__ = False  # what it adds is told in the history of each piece of evidence
    __table_args__ = (
        CheckConstraint("(carried_out_at IS NULL) = (taken IS NULL)", name="carried_out_says_how_many"),
        CheckConstraint("carried_out_at IS NULL OR given_up_at IS NULL", name="carried_out_or_given_up"),
    )

    file_name: Mapped[str]
    file_sha256: Mapped[str | None] = mapped_column(info=storage.OF_A_FILE)
    """The zip; let go once it is carried out or given up, so that no second copy of evidence outlives the first."""
    manifest_name: Mapped[str]
    """Its name inside the zip, or the name of the file that was sent beside it."""
    manifest_sha256: Mapped[str | None] = mapped_column(info=storage.OF_A_FILE)
    brought_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    brought_at: Mapped[datetime]
    sheet_name: Mapped[str]
    headings_row: Mapped[int]
    headings: Mapped[list[str]] = mapped_column(JSON)
    """The text over each column, in order."""
    columns: Mapped[dict[str, int]] = mapped_column(JSON)
    """Field -> place of its column, from 0."""
    files_in_all: Mapped[int] = mapped_column(default=0)
    files_done: Mapped[int] = mapped_column(default=0)
    """How many files the job at work has been through."""
    job_id: Mapped[UUID | None] = mapped_column(ForeignKey("job.id"))
    looked: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What every row would do: ``rules.LookedThrough`` as plain values."""
    carried_out_at: Mapped[datetime | None]
    taken: Mapped[int | None]
    """How many pieces of evidence it became."""
    given_up_at: Mapped[datetime | None]

    brought_by: Mapped[Person] = relationship()
    job: Mapped[Job | None] = relationship()

    @property
    def step(self) -> Step:
        return step(
            carried_out=self.carried_out_at is not None,
            given_up=self.given_up_at is not None,
            job=self.job.state.value if self.job else "",
            looked_through=self.looked is not None,
        )
