"""Every question asked about improvement items. Other rooms read items here, each with what its page shows loaded."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.frameworks import queries as frameworks
from tracker.frameworks.library import PlacedTheme
from tracker.frameworks.schema import CHILDRENS_SERVICES, Area, Framework, NationalReference
from tracker.improvements.models import Appraisal, AreaOwner, Echo, ImprovementItem, Mapping
from tracker.improvements.rules import Decision, ItemState, MappedTo
from tracker.inspections.models import Inspection, Paragraph
from tracker.people.models import Authority, Person
from tracker.platform.db import db

Items = Select[ImprovementItem]

WHOLE = ImprovementItem.part_of_id.is_(None)
"""As somebody said it: a part of a split item says it a second time."""


def item(authority: Authority, number: int) -> ImprovementItem | None:
    """One item with all that its page shows of it: inspection, owners, mappings, appraisals, what it gave way to."""
    return db.session.scalars(
        _items(authority)
        .where(ImprovementItem.number == number)
        .options(
            joinedload(ImprovementItem.successor),
            joinedload(ImprovementItem.part_of),
            joinedload(ImprovementItem.closed_by),
            selectinload(ImprovementItem.mappings).joinedload(Mapping.decided_by),
            selectinload(ImprovementItem.appraisals).joinedload(Appraisal.by),
        )
    ).one_or_none()


def items(authority: Authority, *, state: ItemState | None = None) -> Sequence[ImprovementItem]:
    """Every item, newest source first and then in the report's order, with inspection, owners and mappings loaded."""
    wanted = _items(authority)
    if state is not None:
        wanted = wanted.where(ImprovementItem.state == state)
    return db.session.scalars(wanted).all()


def items_of(inspection: Inspection) -> Sequence[ImprovementItem]:
    """The items of one report, in its order, loaded as ``items`` does; parts of them are not the report's."""
    return db.session.scalars(
        _items(inspection.authority).where(ImprovementItem.inspection_id == inspection.id, WHOLE)
    ).all()


def earlier_items(item: ImprovementItem) -> Sequence[ImprovementItem]:
    """The authority's items that were raised before this one, latest first, with their inspections loaded."""
    return db.session.scalars(
        _items(item.authority).where(ImprovementItem.raised_on < item.raised_on, ImprovementItem.id != item.id, WHOLE)
    ).all()


def items_after(inspection: Inspection) -> Sequence[ImprovementItem]:
    """The items of reports whose fieldwork began later: an older report may be imported after a newer one."""
    later = Inspection.fieldwork_from > inspection.fieldwork_from
    return db.session.scalars(_items(inspection.authority).join(ImprovementItem.inspection).where(later, WHOLE)).all()


def framework_of(item: ImprovementItem) -> Framework:
    """The framework under which its report was written; the latest for an item without a report."""
    library = frameworks.library()
    if item.inspection is not None:
        return library.framework(item.inspection.framework_id)
    return library.of_regime(CHILDRENS_SERVICES)[-1]


def areas_of(item: ImprovementItem) -> list[Area]:
    """The judgement areas it is confirmed to belong to, as the latest framework that has them names them."""
    return [area for code in _confirmed(item, MappedTo.AREA) if (area := area_coded(item, code)) is not None]


def area_coded(item: ImprovementItem, code: str) -> Area | None:
    """What an area code means for this item, whichever framework of its regime has it."""
    for framework in reversed(frameworks.library().of_regime(framework_of(item).regime)):
        for area in framework.areas:
            if area.code == code:
                return area
    return None


def themes_of(item: ImprovementItem) -> list[PlacedTheme]:
    """The themes it is confirmed to be about."""
    library = frameworks.library()
    return [library.theme(code) for code in _confirmed(item, MappedTo.THEME)]


def national_of(item: ImprovementItem) -> list[NationalReference]:
    """The parts of the national framework it is confirmed to refer to."""
    library = frameworks.library()
    return [library.national_reference(key) for key in _confirmed(item, MappedTo.NATIONAL)]


def paragraphs_of(item: ImprovementItem) -> list[Paragraph]:
    """The numbered paragraphs confirmed to speak of it, in the report's order."""
    found = [mapping.paragraph for mapping in confirmed(item) if mapping.paragraph is not None]
    return sorted(found, key=lambda paragraph: paragraph.position)


def confirmed(item: ImprovementItem) -> list[Mapping]:
    return [mapping for mapping in item.mappings if mapping.decision is Decision.CONFIRMED]


def undecided(item: ImprovementItem) -> list[Mapping]:
    return [mapping for mapping in item.mappings if mapping.decision is Decision.SUGGESTED]


def echoes(item: ImprovementItem) -> Sequence[Echo]:
    """Earlier items that may say the same, likeliest first, each with that item and its inspection loaded."""
    return db.session.scalars(
        select(Echo)
        .where(Echo.item_id == item.id)
        .options(joinedload(Echo.earlier).joinedload(ImprovementItem.inspection), joinedload(Echo.decided_by))
        .order_by(Echo.score.desc(), Echo.id)
    ).all()


def latest_appraisal(item: ImprovementItem) -> Appraisal | None:
    return item.appraisals[0] if item.appraisals else None


def area_owners(authority: Authority) -> dict[str, Person]:
    """Who answers for each judgement area, by its code."""
    rows = db.session.scalars(
        select(AreaOwner).where(AreaOwner.authority_id == authority.id).options(joinedload(AreaOwner.person))
    )
    return {row.area_code: row.person for row in rows}


def area_owner(authority: Authority, area_code: str) -> AreaOwner | None:
    return db.session.scalars(
        select(AreaOwner).where(AreaOwner.authority_id == authority.id, AreaOwner.area_code == area_code)
    ).one_or_none()


def _confirmed(item: ImprovementItem, to: MappedTo) -> list[str]:
    return [mapping.code for mapping in confirmed(item) if mapping.to is to and mapping.code is not None]


def _items(authority: Authority) -> Items:
    return (
        select(ImprovementItem)
        .where(ImprovementItem.authority_id == authority.id)
        .options(
            joinedload(ImprovementItem.inspection),
            joinedload(ImprovementItem.owner),
            joinedload(ImprovementItem.accountable),
            selectinload(ImprovementItem.mappings).joinedload(Mapping.paragraph),
        )
        .order_by(ImprovementItem.raised_on.desc(), ImprovementItem.position, ImprovementItem.number)
    )
