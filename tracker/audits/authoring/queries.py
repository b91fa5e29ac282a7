from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.audits.authoring.models import AuthorityTool, ToolVersion
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


def published(authority_id: UUID) -> Sequence[tuple[str, bool]]:
    """The content of every published version, and whether its tool is retired; one statement."""
    found = db.session.execute(
        select(ToolVersion.content, AuthorityTool.retired_on.is_not(None))
        .join(AuthorityTool, AuthorityTool.id == ToolVersion.owner_id)
        .where(ToolVersion.authority_id == authority_id)
        .order_by(ToolVersion.tool_id, ToolVersion.number)
    )
    return [(content, retired) for content, retired in found]


def content(authority_id: UUID, tool_id: str, number: int) -> str | None:
    """What one published version says, as JSON."""
    return db.session.scalar(
        select(ToolVersion.content).where(
            ToolVersion.authority_id == authority_id, ToolVersion.tool_id == tool_id, ToolVersion.number == number
        )
    )
