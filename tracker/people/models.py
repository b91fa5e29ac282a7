from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tracker.people import rules
from tracker.platform.db import Model, Versioned


class Authority(Model):
    """A council's children's services. Every other row belongs to one; nothing crosses from one to another."""

    __tablename__ = "authority"

    slug: Mapped[str] = mapped_column(unique=True)
    """Its part of every address: ``/brent/plan``."""
    name: Mapped[str]

    @property
    def authority_id(self) -> UUID:
        """So that what is recorded of it, such as a download, stands in its own chain."""
        return self.id


class OfAuthority:
    """A row that belongs to one authority. Queries take the authority first."""

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"), index=True, sort_order=-9)

    @declared_attr
    def authority(self) -> Mapped[Authority]:
        return relationship(Authority)


class Team(OfAuthority, Model):
    """A team whose work is audited, within a service."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("authority_id", "name"),)

    name: Mapped[str]
    service: Mapped[str]


class ServiceArea(Versioned, OfAuthority, Model):
    """A part of children's services that a head of service answers for, and the judgement areas that it works in."""

    __tablename__ = "service_area"
    __table_args__ = (UniqueConstraint("authority_id", "name"), CheckConstraint("name <> ''", name="has_a_name"))

    name: Mapped[str]
    area_codes: Mapped[list[str]] = mapped_column(JSON)
    """Codes of judgement areas, in the order of the framework."""


class PartnerOrganisation(Versioned, OfAuthority, Model):
    """An organisation beside the council that shares actions of the plan: police, health, schools."""

    __tablename__ = "partner_organisation"
    __table_args__ = (UniqueConstraint("authority_id", "name"), CheckConstraint("name <> ''", name="has_a_name"))

    kind: Mapped[rules.PartnerKind]
    name: Mapped[str]


class Person(Model):
    """Somebody who signs in, or did once: history keeps the name of a person who has left."""

    __tablename__ = "person"

    email: Mapped[str] = mapped_column(unique=True)
    """Lower case; what she signs in with."""
    name: Mapped[str]
    password_hash: Mapped[str] = mapped_column(info={"history": False})
    """Argon2id, or empty: nobody can sign in."""
    active: Mapped[bool] = mapped_column(default=True)

    memberships: Mapped[list[Membership]] = relationship(back_populates="person")


class Membership(OfAuthority, Model):
    """A person's role in an authority. Somebody may serve several authorities."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("authority_id", "person_id"),
        CheckConstraint("(role = 'partner_lead') = (partner_id IS NOT NULL)", name="partner_leads_work_for_one"),
        CheckConstraint("role <> 'inspector' OR last_day IS NOT NULL", name="inspectors_have_a_last_day"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[rules.Role]
    job_title: Mapped[str] = mapped_column(default="")
    """As colleagues say it: "Assistant director, care planning". Empty: the role's own name."""
    partner_id: Mapped[UUID | None] = mapped_column(ForeignKey("partner_organisation.id"))
    """The organisation that she works for, if it is not the council: its actions are hers to update."""
    service_area_id: Mapped[UUID | None] = mapped_column(ForeignKey("service_area.id"))
    """Outside of it a head of service changes only what is her own; nothing: the whole of children's services."""
    last_day: Mapped[date | None]
    """The last day on which she gets in here; nothing: until somebody ends it."""

    partner: Mapped[PartnerOrganisation | None] = relationship()
    service_area: Mapped[ServiceArea | None] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(back_populates="memberships")

    @property
    def title(self) -> str:
        return self.job_title or rules.ROLE_LABELS[self.role]

    @property
    def role_label(self) -> str:
        return rules.ROLE_LABELS[self.role]

    @property
    def standing(self) -> rules.Standing:
        areas = frozenset(self.service_area.area_codes) if self.service_area else None
        return rules.Standing(self.person_id, self.role, self.partner_id, areas)

    def allows(self, permission: str) -> bool:
        """Whether its role has the permission of this name."""
        return permission in rules.Permission.__members__ and rules.may(self.role, rules.Permission[permission])

    def counts_on(self, day: date) -> bool:
        """Whether it lets her in on ``day``."""
        return self.last_day is None or day <= self.last_day


class Invitation(Model):
    """A link with which somebody chooses her first password. Only its hash is kept."""

    __tablename__ = "invitation"
    __history__ = False  # what it leads to is told: a membership, and a name that is put right

    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    membership: Mapped[Membership] = relationship()
