from __future__ import annotations

from datetime import date, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.models import Action, GovernanceBoard
from tracker.actions.rules import Status
from tracker.boards import rules
from tracker.boards.rules import Covers
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.people.models import OfAuthority, Person
from tracker.platform.append_only import only_added_to
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced


class BoardDate(OfAuthority, Model):
    """A day on which a board meets and looks at the plan."""

    __tablename__ = "board_date"
    __table_args__ = (UniqueConstraint("board_id", "on"), Index("ix_board_date_by_day", "authority_id", "on"))

    board_id: Mapped[UUID] = mapped_column(ForeignKey("governance_board.id"))
    on: Mapped[date]
    covers: Mapped[Covers]

    board: Mapped[GovernanceBoard] = relationship()
    snapshot: Mapped[Snapshot | None] = relationship(back_populates="board_date", uselist=False)

    def may_be_taken(self, today: date) -> bool:
        """Whether its snapshot can be taken today; reads the snapshot."""
        return self.snapshot is None and rules.why_not_take(self.on, today) is None


class Snapshot(Referenced, OfAuthority, Model):
    """The plan as a board date saw it. It is written once, with every action and item in it, and never changes."""

    __tablename__ = "snapshot"
    __table_args__ = (
        UniqueConstraint("authority_id", "number"),
        CheckConstraint("length(sha256) = 64", name="has_a_hash"),
    )
    prefix = "B"

    board_date_id: Mapped[UUID] = mapped_column(ForeignKey("board_date.id"), unique=True)
    board_name: Mapped[str]
    covers: Mapped[Covers]
    board_id: Mapped[UUID | None] = mapped_column(ForeignKey("governance_board.id"))
    """The board whose own actions alone are in it; None: the whole plan is."""
    as_at: Mapped[date]
    """The day whose plan it holds; what is late is judged on it."""
    taken_at: Mapped[datetime]
    taken_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """None: it took itself, on the day."""
    actions: Mapped[int]
    """How many it holds, superseded ones not counted."""
    sha256: Mapped[str]
    """Of everything in it: see ``integrity.digest``."""

    board_date: Mapped[BoardDate] = relationship(back_populates="snapshot")
    taken_by: Mapped[Person | None] = relationship()


class SnapshotItem(Model):
    """One improvement item as a snapshot saw it."""

    __tablename__ = "snapshot_item"
    __history__ = False  # the history tells that the snapshot was taken; these never change
    __table_args__ = (UniqueConstraint("snapshot_id", "item_id"),)

    snapshot_id: Mapped[UUID] = mapped_column(ForeignKey("snapshot.id"))
    item_id: Mapped[UUID] = mapped_column(ForeignKey("improvement_item.id"))
    number: Mapped[int]
    title: Mapped[str]
    source: Mapped[str]
    owner_name: Mapped[str]
    """Empty: nobody owned it."""
    state: Mapped[ItemState]
    raised_on: Mapped[date]

    @property
    def reference(self) -> str:
        return f"{ImprovementItem.prefix}-{self.number}"


class SnapshotAction(Model):
    """One action as a snapshot saw it."""

    __tablename__ = "snapshot_action"
    __history__ = False  # as above
    __table_args__ = (
        UniqueConstraint("snapshot_id", "action_id"),
        Index(
            "ix_snapshot_action_compared", "snapshot_id", "action_id", "status", "due_on",
            "number", "first_due_on", "board_id",
        ),
        Index(
            "ix_snapshot_action_by_item", "snapshot_id", "item_id", "status", "due_on",
            "first_due_on", "starts_on", "delivered_on", "board_id",
        ),
    )  # fmt: skip

    snapshot_id: Mapped[UUID] = mapped_column(ForeignKey("snapshot.id"))
    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"))
    item_id: Mapped[UUID] = mapped_column(ForeignKey("improvement_item.id"))
    board_id: Mapped[UUID | None] = mapped_column(ForeignKey("governance_board.id"))
    number: Mapped[int]
    title: Mapped[str]
    lead_name: Mapped[str]
    status: Mapped[Status]
    starts_on: Mapped[date | None]
    due_on: Mapped[date]
    first_due_on: Mapped[date]
    moves: Mapped[int]
    """How often its due date had been moved."""
    delivered_on: Mapped[date | None]
    signed_off_on: Mapped[date | None]
    difference_due_on: Mapped[date | None]

    @property
    def reference(self) -> str:
        return f"{Action.prefix}-{self.number}"


class ExpectedInspection(Versioned, OfAuthority, Model):
    """When an authority itself expects inspectors, where it knows better than the rule of the framework."""

    __tablename__ = "expected_inspection"
    __table_args__ = (
        UniqueConstraint("authority_id"),
        CheckConstraint("opens_on <= closes_on", name="opens_before_it_closes"),
        CheckConstraint("because <> ''", name="says_why"),
    )

    opens_on: Mapped[date]
    closes_on: Mapped[date]
    because: Mapped[str]
    """How we know."""


for _table in (Snapshot, SnapshotItem, SnapshotAction):
    only_added_to(cast("Table", _table.__table__))
