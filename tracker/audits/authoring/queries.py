from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, literal, select, union_all
from sqlalchemy.orm import selectinload

from tracker.audits.authoring.models import AuthorityTool, ShippedTool, ToolVersion
from tracker.people.models import Authority
from tracker.platform.db import db


def tools(authority: Authority) -> Sequence[AuthorityTool]:
    """The authority's own tools by name, retired ones too, each with its versions; two statements."""
    return db.session.scalars(
        select(AuthorityTool)
        .where(AuthorityTool.authority_id == authority.id)
        .options(selectinload(AuthorityTool.versions).joinedload(ToolVersion.published_by))
        .order_by(AuthorityTool.name)
    ).all()


def tool(authority: Authority, tool_id: str) -> AuthorityTool | None:
    """One of the authority's own tools with its versions."""
    return db.session.scalars(
        select(AuthorityTool)
        .where(AuthorityTool.authority_id == authority.id, AuthorityTool.tool_id == tool_id)
        .options(selectinload(AuthorityTool.versions).joinedload(ToolVersion.published_by))
    ).one_or_none()


def shipped(authority: Authority, tool_id: str) -> ShippedTool | None:
    """What the authority made of a tool that came with the product."""
    return db.session.scalars(
        select(ShippedTool).where(ShippedTool.authority_id == authority.id, ShippedTool.tool_id == tool_id)
    ).one_or_none()


@dataclass(frozen=True)
class Published:
    contents: Sequence[str]
    """Of every published version, by tool and number."""
    retired: frozenset[str]
    """Ids of tools, an authority's own and shipped ones, that are offered no more."""


def published(authority_id: UUID) -> Published:
    """An authority's own versions, and which tools it retired; one statement."""
    found = db.session.execute(_every_published(), {"authority": authority_id}).all()
    return Published(
        contents=[content for _, number, content, _ in found if number],
        retired=frozenset(tool_id for tool_id, _, _, retired in found if retired),
    )


@cache
def _every_published() -> Select[*tuple[Any, ...]]:
    """Put together once, which takes longer than asking it."""
    own = (
        select(
            ToolVersion.tool_id, ToolVersion.number, ToolVersion.content,
            AuthorityTool.retired_on.is_not(None).label("retired"),
        )
        .join(AuthorityTool, AuthorityTool.id == ToolVersion.owner_id)
        .where(ToolVersion.authority_id == bindparam("authority"))
    )  # fmt: skip
    shipped = select(ShippedTool.tool_id, literal(0), literal(""), literal(value=True)).where(
        ShippedTool.authority_id == bindparam("authority"), ShippedTool.retired_on.is_not(None)
    )
    both = union_all(own, shipped).subquery()
    return select(both).order_by(both.c.tool_id, both.c.number)


def content(authority_id: UUID, tool_id: str, number: int) -> str | None:
    """What one published version says, as JSON."""
    return db.session.scalar(
        select(ToolVersion.content).where(
            ToolVersion.authority_id == authority_id, ToolVersion.tool_id == tool_id, ToolVersion.number == number
        )
    )
