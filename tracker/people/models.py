from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tracker.people import rules
from tracker.platform.db import Model


class Authority(Model):
    """A council's children's services. Every other row belongs to one; nothing crosses from one to another."""

    __tablename__ = "authority"

    slug: Mapped[str] = mapped_column(unique=True)
    """Its part of every address: ``/brent/plan``."""
    name: Mapped[str]


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
    __table_args__ = (UniqueConstraint("authority_id", "person_id"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[rules.Role]
    job_title: Mapped[str] = mapped_column(default="")
    """As colleagues say it: "Assistant director, care planning". Empty: the role's own name."""

    person: Mapped[Person] = relationship(back_populates="memberships")

    @property
    def title(self) -> str:
        return self.job_title or rules.ROLE_LABELS[self.role]
