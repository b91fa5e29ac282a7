"""A long list, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tracker.web.links import keeping

PER_PAGE = 50
"""Rows on a page. Our choice: about two screens."""

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list. ``number`` starts at 1; ``total`` counts the rows of all pages."""

    rows: Sequence[Row]
    number: int
    total: int
    per_page: int = PER_PAGE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def first(self) -> int:
        return (self.number - 1) * self.per_page + 1

    @property
    def last(self) -> int:
        return min(self.total, self.number * self.per_page)

    @property
    def previous_url(self) -> str | None:
        return keeping(page=self.number - 1) if self.number > 1 else None

    @property
    def next_url(self) -> str | None:
        return keeping(page=self.number + 1) if self.number < self.pages else None


def asked_page(total: int, per_page: int = PER_PAGE) -> int:
    """The page that the address asks for; a number that is too high, or no number, is a page that exists."""
    asked = request.args.get("page", 1, type=int)
    return min(max(asked, 1), max(1, -(-total // per_page)))


def page_of(
    session: Session, statement: Select[Any], *, per_page: int = PER_PAGE, total: int | None = None
) -> Page[Any]:
    """The asked page of an ordered select of one entity: two statements, one where the ``total`` is known already."""
    if total is None:
        total = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    number = asked_page(total, per_page)
    rows = session.scalars(statement.limit(per_page).offset((number - 1) * per_page)).unique().all()
    return Page(rows, number, total, per_page)
