"""Spreadsheets of past audits, and what their words are looked up in. The authority comes first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.audits import tools
from tracker.audits.models import Audit
from tracker.audits.past.models import PastMemory, PastSheet
from tracker.audits.schema import Tool
from tracker.audits.tools import Toolbox
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import Area
from tracker.people import queries as people
from tracker.people.models import Authority, Person, Team
from tracker.platform import brought_in
from tracker.platform.columns import folded
from tracker.platform.db import db
from tracker.platform.workbooks import Sheet

Key = tuple[str, str, date]
"""Tool id, case and day: what tells one audit from another."""


def sheet(authority: Authority, sheet_id: UUID) -> PastSheet | None:
    return db.session.scalars(
        select(PastSheet)
        .where(PastSheet.authority_id == authority.id, PastSheet.id == sheet_id)
        .options(joinedload(PastSheet.brought_by))
    ).one_or_none()


def last_sheets(authority: Authority) -> Sequence[PastSheet]:
    """Newest first, each with who brought it."""
    return db.session.scalars(
        select(PastSheet)
        .where(PastSheet.authority_id == authority.id)
        .options(joinedload(PastSheet.brought_by))
        .order_by(PastSheet.brought_at.desc())
        .limit(brought_in.LAST_SHEETS)
    ).all()


def memory(authority: Authority) -> PastMemory | None:
    return db.session.scalars(select(PastMemory).where(PastMemory.authority_id == authority.id)).one_or_none()


def content(sheet: PastSheet) -> Sequence[Sheet]:
    """Every sheet of the file."""
    return brought_in.kept(sheet.file_sha256)


def same_cases(authority: Authority, tool_ids: Collection[str], cases: Collection[str]) -> Mapping[Key, Audit]:
    """Audits of these cases with these tools, with all that a row says of one; of several, the first."""
    found = db.session.scalars(
        select(Audit)
        .where(Audit.authority_id == authority.id, Audit.tool_id.in_(tool_ids), Audit.case_reference.in_(cases))
        .options(
            joinedload(Audit.team), joinedload(Audit.auditor), selectinload(Audit.domains), selectinload(Audit.findings)
        )
        .order_by(Audit.number.desc())
    )
    return {(audit.tool_id, audit.case_reference, audit.audited_on): audit for audit in found}


@dataclass(frozen=True)
class Known:
    """The tools, teams and colleagues as they stand now, for looking up what rows mean."""

    authority: Authority
    box: Toolbox
    teams: Sequence[Team]
    colleagues: Sequence[Person]

    @cached_property
    def tools_by_word(self) -> dict[str, Tool]:
        return {
            folded(word): tool for tool in reversed(self.box.latest) for word in (tool.id, tool.short_name, tool.name)
        }

    @cached_property
    def tools_by_id(self) -> dict[str, Tool]:
        return {tool.id: tool for tool in self.box.latest}

    @cached_property
    def teams_by_name(self) -> dict[str, Team]:
        return {folded(team.name): team for team in self.teams}

    @cached_property
    def teams_by_id(self) -> dict[str, Team]:
        return {str(team.id): team for team in self.teams}

    @cached_property
    def people_by_word(self) -> dict[str, Person]:
        """By e-mail, and by name everybody whose name nobody else here has."""
        names = [folded(person.name) for person in self.colleagues]
        by_name = {folded(one.name): one for one in self.colleagues if names.count(folded(one.name)) == 1}
        return {**by_name, **{folded(one.email): one for one in self.colleagues}}

    @cached_property
    def people_by_id(self) -> dict[str, Person]:
        return {str(person.id): person for person in self.colleagues}

    @cached_property
    def _areas(self) -> dict[str, Sequence[Area]]:
        return {}

    def areas(self, tool: Tool) -> Sequence[Area]:
        """The judged areas of the framework that a tool uses."""
        if tool.framework not in self._areas:
            self._areas[tool.framework] = frameworks.library().framework(tool.framework).judged_areas
        return self._areas[tool.framework]


def known(authority: Authority) -> Known:
    return Known(
        authority=authority,
        box=tools.of(authority.id),
        teams=people.teams(authority),
        colleagues=[member.person for member in people.colleagues(authority)],
    )
