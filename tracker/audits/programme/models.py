from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models import Audit
from tracker.audits.programme.rules import Case, CaseState
from tracker.audits.sampling.rules import Method
from tracker.people.models import OfAuthority, Person, Team
from tracker.platform.db import Model, Versioned


class Programme(Versioned, OfAuthority, Model):
    """What is to be audited between two days. Its audits carry its name as their round."""

    __tablename__ = "audit_programme"
    __table_args__ = (
        UniqueConstraint("authority_id", "name"),
        CheckConstraint("ends >= begins", name="ends_after_it_begins"),
        CheckConstraint("exclude_months >= 0", name="excludes_no_future"),
    )

    name: Mapped[str]
    begins: Mapped[date]
    """First day of its first month."""
    ends: Mapped[date]
    """Last day of its last month."""
    exclude_months: Mapped[int] = mapped_column(default=6)
    """A case audited so many months before a draw is left out of it."""

    planned: Mapped[list[Planned]] = relationship(back_populates="programme")
    auditors: Mapped[list[ProgrammeAuditor]] = relationship(back_populates="programme")
    samples: Mapped[list[Sample]] = relationship(back_populates="programme", order_by="Sample.number")

    @property
    def reference(self) -> str:
        return self.name


class Planned(Versioned, Model):
    """How many audits of one team with one tool are wanted in one month."""

    __tablename__ = "audit_planned"
    __table_args__ = (
        UniqueConstraint("programme_id", "month", "team_id", "tool_id"),
        CheckConstraint("number > 0", name="plans_something"),
    )

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("audit_programme.id"), index=True)
    month: Mapped[date]
    """Its first day."""
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"))
    tool_id: Mapped[str]
    theme_code: Mapped[str | None]
    number: Mapped[int]

    programme: Mapped[Programme] = relationship(back_populates="planned")
    team: Mapped[Team] = relationship()

    @property
    def authority_id(self) -> UUID:
        return self.programme.authority_id

    @property
    def reference(self) -> str:
        return f"{self.programme.name}, {self.month:%B %Y}"


class ProgrammeAuditor(Versioned, Model):
    """Somebody who audits for a programme: how many a month, and the team whose cases she never looks at."""

    __tablename__ = "audit_programme_auditor"
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id"),
        CheckConstraint("per_month >= 0", name="audits_no_less_than_none"),
    )

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("audit_programme.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    per_month: Mapped[int]
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("team.id"))
    """Her own team, if she works in one."""

    programme: Mapped[Programme] = relationship(back_populates="auditors")
    person: Mapped[Person] = relationship()
    team: Mapped[Team | None] = relationship()

    @property
    def authority_id(self) -> UUID:
        return self.programme.authority_id

    @property
    def reference(self) -> str:
        return f"{self.programme.name}, {self.person.name}"


class Sample(OfAuthority, Model):
    """One draw: enough to repeat it with the list, and no more of the list than the cases that were drawn."""

    __tablename__ = "audit_sample"
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("audit_programme.id"), index=True)
    number: Mapped[int]
    """Counts the programme's draws."""
    tool_id: Mapped[str]
    month: Mapped[date]
    drawn_on: Mapped[date]
    drawn_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    method: Mapped[Method]
    strata: Mapped[str]
    """Headings of the columns that make the groups, with tabs between; empty for a plain random draw."""
    seed: Mapped[str]
    algorithm: Mapped[str]
    size: Mapped[int]
    """How many were asked for."""
    list_sha256: Mapped[str]
    listed: Mapped[int]
    """Cases in the list."""
    left_out: Mapped[str]
    """References that were audited too lately, with spaces between; on a second line those drawn or begun already."""
    counts: Mapped[str]
    """One line a group: its words, how many were drawn, how many were in it; with tabs between."""

    programme: Mapped[Programme] = relationship(back_populates="samples")
    drawn_by: Mapped[Person] = relationship()
    cases: Mapped[list[Allocation]] = relationship(back_populates="sample", order_by="Allocation.position")

    @property
    def reference(self) -> str:
        return f"{self.programme.name}, draw {self.number}"

    @property
    def audited_lately(self) -> Sequence[str]:
        return self.left_out.partition("\n")[0].split()

    @property
    def drawn_already(self) -> Sequence[str]:
        """Drawn, given or begun, and not finished, when this draw was made."""
        return self.left_out.partition("\n")[2].split()

    @property
    def groups(self) -> Sequence[tuple[str, int, int]]:
        """Each group in words, how many were drawn from it, and how many were in it."""
        rows = [line.split("\t") for line in self.counts.splitlines()]
        return [(_group_said(row[:-2]), int(row[-2]), int(row[-1])) for row in rows]


def _group_said(words: Sequence[str]) -> str:
    return ", ".join(word or "not said" for word in words) if words else "The whole list"


class Allocation(Versioned, OfAuthority, Model):
    """A drawn case on its way to an audit."""

    __tablename__ = "audit_allocation"
    __table_args__ = (
        UniqueConstraint("sample_id", "case_reference"),
        CheckConstraint("state = 'To allocate' OR auditor_id IS NOT NULL", name="allocated_has_an_auditor"),
        CheckConstraint("state <> 'Begun' OR audit_id IS NOT NULL", name="begun_has_an_audit"),
    )

    sample_id: Mapped[UUID] = mapped_column(ForeignKey("audit_sample.id"), index=True)
    position: Mapped[int]
    case_reference: Mapped[str]
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("team.id"))
    age_band: Mapped[str] = mapped_column(default="")
    legal_status: Mapped[str] = mapped_column(default="")
    not_by: Mapped[str] = mapped_column(default="")
    """Ids of people who work on the case or manage its worker, with spaces between."""
    due_on: Mapped[date]
    state: Mapped[CaseState] = mapped_column(default=CaseState.TO_ALLOCATE)
    auditor_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    handed_back_because: Mapped[str] = mapped_column(default="")
    audit_id: Mapped[UUID | None] = mapped_column(ForeignKey("audit.id"), index=True)

    sample: Mapped[Sample] = relationship(back_populates="cases")
    team: Mapped[Team | None] = relationship()
    auditor: Mapped[Person | None] = relationship()
    audit: Mapped[Audit | None] = relationship()

    @property
    def reference(self) -> str:
        return f"{self.sample.programme.name}, {self.case_reference}"

    @property
    def case(self) -> Case:
        return Case(self.case_reference, self.due_on, self.team_id, frozenset(map(UUID, self.not_by.split())))
