from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import OfAuthority, Person
from tracker.platform.append_only import only_added_to
from tracker.platform.db import Model, Versioned


class AuthorityTool(Versioned, OfAuthority, Model):
    """A tool of one authority: what is being written, and every version that was published."""

    __tablename__ = "audit_tool"
    __table_args__ = (
        UniqueConstraint("authority_id", "tool_id"),
        CheckConstraint("tool_id LIKE 'own-%'", name="never_meets_a_shipped_tool"),
    )

    tool_id: Mapped[str]
    """As audits name it. It never changes, whatever the tool is called later."""
    name: Mapped[str]
    """Of the draft, else of the newest version."""
    copied_from: Mapped[str] = mapped_column(default="")
    """The tool and version that it began as: "Supervision audit, version 1"; empty where it began anew."""
    draft: Mapped[str | None] = mapped_column(info={"history": False})
    """JSON of ``schema.Tool``: what is being written; None where nothing is."""
    retired_on: Mapped[date | None]
    """From this day it is offered no more. Audits answered with it stay as they are."""

    versions: Mapped[list[ToolVersion]] = relationship(back_populates="tool", order_by="ToolVersion.number")

    @property
    def reference(self) -> str:
        """As the history says it."""
        return self.name

    @property
    def newest(self) -> ToolVersion | None:
        return self.versions[-1] if self.versions else None

    @property
    def next_number(self) -> int:
        return len(self.versions) + 1


class ShippedTool(OfAuthority, Model):
    """What one authority made of a tool that came with the product; without a row it is offered."""

    __tablename__ = "audit_tool_shipped"
    __history__ = False  # told in words: offered no more, offered again
    __table_args__ = (UniqueConstraint("authority_id", "tool_id"),)

    tool_id: Mapped[str]
    name: Mapped[str]
    """As the history says it."""
    retired_on: Mapped[date | None]
    """From this day it is offered no more. Audits answered with it stay as they are."""

    @property
    def reference(self) -> str:
        return self.name


class ToolVersion(OfAuthority, Model):
    """One published version. Audits are answered in it, so it is never altered."""

    __tablename__ = "audit_tool_version"
    __table_args__ = (UniqueConstraint("authority_id", "tool_id", "number"),)

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("audit_tool.id"), index=True)
    tool_id: Mapped[str]
    number: Mapped[int]
    content: Mapped[str] = mapped_column(info={"history": False})
    """JSON of ``schema.Tool``, without the words that its scale takes from the framework."""
    published_on: Mapped[date]
    published_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))

    tool: Mapped[AuthorityTool] = relationship(back_populates="versions")
    published_by: Mapped[Person] = relationship()

    @property
    def reference(self) -> str:
        return f"{self.tool.name}, version {self.number}"


only_added_to(ToolVersion.__table__)  # type: ignore[arg-type]  # a declared table is a Table
