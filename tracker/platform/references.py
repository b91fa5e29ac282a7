"""Short references that a person can say aloud: I-12, A-104. Given once, never changed, never used again."""

import re
from collections import defaultdict
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Connection, ForeignKey, UniqueConstraint, event, insert, update
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

from tracker.platform.db import Model, db

PATTERN = re.compile(r"^([A-Z])-(\d{1,9})$")
HURRIED = re.compile(r"([A-Z])[-‐‑–—\s]{0,3}(\d{1,9})", re.ASCII | re.IGNORECASE)


class ReferenceCounter(Model):
    """The last number given out for one prefix in one authority."""

    __tablename__ = "reference_counter"
    __table_args__ = (UniqueConstraint("authority_id", "prefix"),)
    __history__ = False

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("authority.id"))
    prefix: Mapped[str]
    last: Mapped[int]


class Referenced:
    """A thing with a reference. Its table also needs ``UniqueConstraint("authority_id", "number")``."""

    prefix: ClassVar[str]

    number: Mapped[int] = mapped_column(sort_order=-8)

    @declared_attr.directive
    def __reference_prefix__(self) -> str:
        return self.prefix

    @property
    def reference(self) -> str:
        return f"{self.prefix}-{self.number}"


def parse(text: str) -> tuple[str, int] | None:
    """The prefix and number of a reference as people type it, or None.

    >>> parse(" a-104 ")
    ('A', 104)
    >>> parse("life story") is None
    True
    """
    match = PATTERN.match(text.strip().upper())
    return (match[1], int(match[2])) if match else None


def parse_hurried(text: str) -> tuple[str, int] | None:
    """As ``parse``, for a search box: nobody should have to find the hyphen first.

    >>> [parse_hurried(text) for text in ("a20", "I 9", "A–20", "a - 20")]
    [('A', 20), ('I', 9), ('A', 20), ('A', 20)]
    >>> parse_hurried("HP16") is None
    True
    """
    match = HURRIED.fullmatch(text.strip())
    return (match[1].upper(), int(match[2])) if match else None


def next_numbers(connection: Connection, authority_id: UUID, prefix: str, count: int) -> range:
    """Take the next so many numbers; the row lock makes two people at once wait for each other."""
    mine = (ReferenceCounter.authority_id == authority_id) & (ReferenceCounter.prefix == prefix)
    taken = connection.scalar(
        update(ReferenceCounter).where(mine).values(last=ReferenceCounter.last + count).returning(ReferenceCounter.last)
    )
    if taken is None:
        taken = count
        connection.execute(insert(ReferenceCounter).values(authority_id=authority_id, prefix=prefix, last=count))
    return range(int(taken) - count + 1, int(taken) + 1)


@event.listens_for(db.session, "before_flush")
def give_references(session: Session, context: object, instances: object) -> None:
    """Number every new thing in the order in which it was added; one statement for those of a kind."""
    new: defaultdict[tuple[UUID, str], list[Referenced]] = defaultdict(list)
    for thing in session.new:
        if isinstance(thing, Referenced) and thing.number is None:
            new[_authority_id(thing), thing.prefix].append(thing)
    for (authority_id, prefix), things in new.items():
        numbers = next_numbers(session.connection(), authority_id, prefix, len(things))
        for thing, number in zip(things, numbers, strict=True):
            thing.number = number


def _authority_id(thing: Any) -> UUID:
    """Every Referenced table belongs to an authority; a new row may know it only as an object."""
    authority_id: UUID = thing.authority_id or thing.authority.id
    return authority_id
