from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from tracker.evidence.models import Evidence
from tracker.evidence.rules import Marking
from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.models import Fieldwork
from tracker.handover.rules import Sort
from tracker.packs.models import Pack
from tracker.people.models import OfAuthority, Person
from tracker.platform import storage
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced


class InspectorRequest(Versioned, Referenced, OfAuthority, Model):
    """One thing that inspectors asked for, in their words, or one list of documents."""

    __tablename__ = "inspector_request"
    __table_args__ = (
        UniqueConstraint("authority_id", "number"),
        CheckConstraint("words <> ''", name="has_its_words"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_because = '')", name="withdrawn_for_a_reason"),
        CheckConstraint("replaced_by_id IS NULL OR withdrawn_at IS NOT NULL", name="replaced_is_withdrawn"),
    )
    prefix = "H"

    fieldwork_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork.id"), index=True)
    sort: Mapped[Sort]
    asked_by: Mapped[str]
    """The inspector, as she is called in the inspection."""
    asked_at: Mapped[datetime]
    words: Mapped[str]
    """Exactly as it was asked."""
    due_at: Mapped[datetime | None]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    handed_at: Mapped[datetime | None]
    """When something was last handed over for it."""
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(default="")
    replaced_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("inspector_request.id"))

    fieldwork: Mapped[Fieldwork] = relationship()
    owner: Mapped[Person | None] = relationship()
    replaced_by: Mapped[InspectorRequest | None] = relationship(remote_side="InspectorRequest.id")
    asks_for: Mapped[list[AskedDocument]] = relationship(back_populates="request", cascade="all, delete-orphan")
    """Documents of the checklist."""
    handings: Mapped[list[Handing]] = relationship(back_populates="request", order_by="Handing.handed_at")
    files: Mapped[list[HandedFile]] = relationship(
        back_populates="request", order_by="(HandedFile.chosen_at, HandedFile.called)"
    )

    @property
    def chosen(self) -> list[HandedFile]:
        """Files that are to be handed over, and are not yet."""
        return [one for one in self.files if one.handing_id is None]

    @property
    def awaited(self) -> list[Document]:
        """Documents of the checklist that it asks for and that are not ready, by name."""
        waiting = [one.document for one in self.asks_for if one.document.ready_on is None]
        return sorted(waiting, key=lambda one: one.name)


class AskedDocument(OfAuthority, Model):
    """That a request asks for a document of the checklist: of each at most one request does."""

    __tablename__ = "asked_document"
    __table_args__ = (UniqueConstraint("document_id"),)

    request_id: Mapped[UUID] = mapped_column(ForeignKey("inspector_request.id"), index=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork_document.id"))

    request: Mapped[InspectorRequest] = relationship(back_populates="asks_for", lazy="joined")
    # Under this name the checklist's page finds it, which stands in a room that knows no requests.
    document: Mapped[Document] = relationship(backref=backref("asked", uselist=False, lazy="selectin"))

    @property
    def reference(self) -> str:
        return f"{self.request.reference}, “{self.document.name}”"


class Handing(OfAuthority, Model):
    """One act of handing over: an answer in words, files, or both."""

    __tablename__ = "handing"
    __table_args__ = (
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_because = '')", name="withdrawn_for_a_reason"),
    )

    request_id: Mapped[UUID] = mapped_column(ForeignKey("inspector_request.id"), index=True)
    answer: Mapped[str] = mapped_column(default="")
    handed_to: Mapped[str]
    handed_at: Mapped[datetime]
    handed_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    """From then on the inspectors' room does not offer it; what was given stays on record and in the export."""
    withdrawn_because: Mapped[str] = mapped_column(default="")

    request: Mapped[InspectorRequest] = relationship(back_populates="handings")
    handed_by: Mapped[Person] = relationship()
    files: Mapped[list[HandedFile]] = relationship(
        back_populates="handing", order_by="(HandedFile.chosen_at, HandedFile.called)"
    )

    @property
    def reference(self) -> str:
        return f"{self.request.reference}, handed over"


class HandedFile(OfAuthority, Model):
    """A file chosen for a request, frozen as it was: it stays that file whatever becomes of the evidence or pack."""

    __tablename__ = "handed_file"
    __table_args__ = (
        CheckConstraint("evidence_id IS NULL OR pack_id IS NULL", name="of_evidence_or_a_pack"),
        CheckConstraint("(looked_by_id IS NULL) = (looked_at IS NULL)", name="looked_by_somebody"),
        CheckConstraint("looked_by_id IS NULL OR looked_by_id <> chosen_by_id", name="looked_by_another"),
    )

    request_id: Mapped[UUID] = mapped_column(ForeignKey("inspector_request.id"), index=True)
    handing_id: Mapped[UUID | None] = mapped_column(ForeignKey("handing.id"), index=True)
    """None: chosen, and not handed over yet."""
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence.id"))
    pack_id: Mapped[UUID | None] = mapped_column(ForeignKey("pack.id"))
    called: Mapped[str]
    """The reference of the evidence or the pack: "E-12". Of a file that is neither: "H-3 file 1"."""
    title: Mapped[str]
    file_version: Mapped[int]
    """Of the evidence's file; 1 for a pack."""
    marking: Mapped[Marking]
    file_sha256: Mapped[str] = mapped_column(index=True, info=storage.OF_A_FILE)
    file_name: Mapped[str]
    file_size: Mapped[int]
    """Bytes."""
    file_type: Mapped[str]
    chosen_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    chosen_at: Mapped[datetime]
    looked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who else looked at it before it left."""
    looked_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None] = mapped_column(info={"history": False})
    """When a worker had looked through a file that is no evidence."""
    found: Mapped[list[Any]] = mapped_column(JSON, default=list, info={"history": False})
    """What in it could lead to a child, each as its sign, its place and the value with all but its beginning hidden."""
    gaps: Mapped[list[Any]] = mapped_column(JSON, default=list, info={"history": False})
    """Why some of it could not be looked through, in sentences."""

    request: Mapped[InspectorRequest] = relationship(back_populates="files")
    handing: Mapped[Handing | None] = relationship(back_populates="files")
    evidence: Mapped[Evidence | None] = relationship()
    pack: Mapped[Pack | None] = relationship()
    chosen_by: Mapped[Person] = relationship(foreign_keys=chosen_by_id)
    looked_by: Mapped[Person | None] = relationship(foreign_keys=looked_by_id)

    @property
    def is_upload(self) -> bool:
        """Whether it came straight to the request, and is no evidence and no pack."""
        return self.evidence_id is None and self.pack_id is None

    @property
    def reference(self) -> str:
        return self.called if self.is_upload else f"{self.request.reference}, file {self.called}"


class InspectorsRoom(OfAuthority, Model):
    """The room in which inspectors of one inspection read what they were given. At most one is open."""

    __tablename__ = "inspectors_room"
    __table_args__ = (
        Index(
            "uq_inspectors_room_open",
            "authority_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    fieldwork_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork.id"), index=True)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    fieldwork: Mapped[Fieldwork] = relationship()
    opened_by: Mapped[Person] = relationship(foreign_keys=opened_by_id)
    closed_by: Mapped[Person | None] = relationship(foreign_keys=closed_by_id)

    @property
    def reference(self) -> str:
        return f"The inspectors’ room of {self.fieldwork.reference}"


class LetIn(OfAuthority, Model):
    """That an inspector comes into the room of one inspection, and so of no other and of no rehearsal."""

    __tablename__ = "let_in"
    __table_args__ = (UniqueConstraint("fieldwork_id", "person_id"),)

    fieldwork_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    let_in_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))

    fieldwork: Mapped[Fieldwork] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    let_in_by: Mapped[Person] = relationship(foreign_keys=let_in_by_id)

    @property
    def reference(self) -> str:
        return f"{self.person.name} in the room of {self.fieldwork.reference}"
