"""What the sheets of an authority, its memory of words and its present plan say."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.actions.models import Action, GovernanceBoard
from tracker.actions.sheets.models import PlanExport, PlanSheet, SheetMemory
from tracker.improvements import queries as improvements
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.people import queries as people
from tracker.people.models import Authority, PartnerOrganisation, Person
from tracker.people.rules import Permission
from tracker.platform import brought_in
from tracker.platform.columns import folded
from tracker.platform.db import db
from tracker.platform.workbooks import Sheet


def sheet(authority: Authority, sheet_id: UUID) -> PlanSheet | None:
    return db.session.scalars(
        select(PlanSheet)
        .where(PlanSheet.authority_id == authority.id, PlanSheet.id == sheet_id)
        .options(joinedload(PlanSheet.export), joinedload(PlanSheet.brought_by))
    ).one_or_none()


def last_sheets(authority: Authority) -> Sequence[PlanSheet]:
    """Newest first, each with who brought it."""
    return db.session.scalars(
        select(PlanSheet)
        .where(PlanSheet.authority_id == authority.id)
        .options(joinedload(PlanSheet.brought_by))
        .order_by(PlanSheet.brought_at.desc())
        .limit(brought_in.LAST_SHEETS)
    ).all()


def export(authority: Authority, export_id: UUID) -> PlanExport | None:
    return db.session.scalars(
        select(PlanExport).where(PlanExport.authority_id == authority.id, PlanExport.id == export_id)
    ).one_or_none()


def memory(authority: Authority) -> SheetMemory | None:
    return db.session.scalars(select(SheetMemory).where(SheetMemory.authority_id == authority.id)).one_or_none()


def content(sheet: PlanSheet) -> tuple[Sheet, ...]:
    """Every sheet of the file that was brought in."""
    return brought_in.kept(sheet.file_sha256)


def chosen(sheet: PlanSheet) -> Sheet:
    """The sheet of the file that holds the plan."""
    return sheet.among(content(sheet))


@dataclass(frozen=True)
class Plan:
    """The plan and the people as they stand now, for looking up what rows mean."""

    authority: Authority
    actions: Sequence[Action]
    items: Sequence[ImprovementItem]
    colleagues: Sequence[Person]
    boards: Sequence[GovernanceBoard]
    partners: Sequence[PartnerOrganisation]

    @cached_property
    def by_number(self) -> dict[int, Action]:
        return {action.number: action for action in self.actions}

    @cached_property
    def by_title(self) -> dict[tuple[UUID, str], Action]:
        """Of several with one title for one item, the first."""
        return {(action.item_id, folded(action.title)): action for action in reversed(self.actions)}

    @cached_property
    def items_by_number(self) -> dict[int, ImprovementItem]:
        return {item.number: item for item in self.items}

    @cached_property
    def items_by_wording(self) -> dict[str, ImprovementItem]:
        return {folded(words): item for item in reversed(self.items) for words in (item.title, item.wording)}

    @cached_property
    def people_by_name(self) -> dict[str, Person]:
        """Everybody whose name nobody else here has."""
        names = [folded(person.name) for person in self.colleagues]
        return {folded(one.name): one for one in self.colleagues if names.count(folded(one.name)) == 1}

    @cached_property
    def people_by_id(self) -> dict[str, Person]:
        return {str(person.id): person for person in self.colleagues}


def plan(authority: Authority) -> Plan:
    return Plan(
        authority=authority,
        actions=actions(authority),
        items=improvements.items(authority, state=ItemState.OPEN),
        colleagues=[member.person for member in people.colleagues(authority, who_may=Permission.UPDATE_OWN_WORK)],
        boards=db.session.scalars(
            select(GovernanceBoard).where(GovernanceBoard.authority_id == authority.id).order_by(GovernanceBoard.name)
        ).all(),
        partners=db.session.scalars(
            select(PartnerOrganisation)
            .where(PartnerOrganisation.authority_id == authority.id)
            .order_by(PartnerOrganisation.name)
        ).all(),
    )


def actions(authority: Authority) -> Sequence[Action]:
    """Every action by number, with all that a line of a spreadsheet says."""
    return db.session.scalars(
        select(Action)
        .where(Action.authority_id == authority.id)
        .options(
            joinedload(Action.item),
            joinedload(Action.lead),
            joinedload(Action.board),
            joinedload(Action.partner),
        )
        .order_by(Action.number)
    ).all()
