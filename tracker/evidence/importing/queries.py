"""What imports there are, and what the rows of one are looked up in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.actions import queries as actions
from tracker.actions.models import Action
from tracker.evidence.importing.models import EvidenceImport
from tracker.evidence.models import Evidence
from tracker.frameworks.queries import library
from tracker.improvements.models import ImprovementItem
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission
from tracker.platform.columns import folded
from tracker.platform.db import db

LAST_IMPORTS = 20
"""How many imports the page lists. Our choice."""
REMEMBERED = 5
"""Imports whose columns are remembered, the newest winning. Our choice."""


def imported(authority: Authority, import_id: UUID) -> EvidenceImport | None:
    return db.session.scalars(
        select(EvidenceImport)
        .where(EvidenceImport.authority_id == authority.id, EvidenceImport.id == import_id)
        .options(joinedload(EvidenceImport.job), joinedload(EvidenceImport.brought_by))
    ).one_or_none()


def last_imports(authority: Authority) -> Sequence[EvidenceImport]:
    """Newest first, each with who brought it and how its job stands."""
    return db.session.scalars(
        select(EvidenceImport)
        .where(EvidenceImport.authority_id == authority.id)
        .options(joinedload(EvidenceImport.job), joinedload(EvidenceImport.brought_by))
        .order_by(EvidenceImport.brought_at.desc())
        .limit(LAST_IMPORTS)
    ).all()


def remembered(authority: Authority) -> Mapping[str, str]:
    """Heading as ``folded`` -> the field it held in the newest import that was carried out; empty for none of them."""
    done = db.session.execute(
        select(EvidenceImport.headings, EvidenceImport.columns)
        .where(EvidenceImport.authority_id == authority.id, EvidenceImport.carried_out_at.is_not(None))
        .order_by(EvidenceImport.carried_out_at.desc())
        .limit(REMEMBERED)
    ).all()
    found: dict[str, str] = {}
    for headings, columns in reversed(done):
        held = {place: key for key, place in columns.items()}
        found |= {folded(name): held.get(place, "") for place, name in enumerate(headings) if name}
    return found


@dataclass(frozen=True)
class Known:
    """What the words of a manifest may name, as it stands now; each is looked up once."""

    authority: Authority
    _items: dict[int, ImprovementItem | None] = field(default_factory=dict)
    _actions: dict[int, Action | None] = field(default_factory=dict)

    @cached_property
    def colleagues(self) -> Mapping[str, Person]:
        """By e-mail address in small letters."""
        return {
            one.person.email.lower(): one.person
            for one in people.colleagues(self.authority, who_may=Permission.ADD_EVIDENCE)
        }

    @cached_property
    def areas(self) -> Mapping[str, str]:
        """Folded code or name -> code of a judgement area; what a later framework calls it wins."""
        found = [area for one in library().frameworks.values() for area in one.areas]
        return {folded(name): area.code for area in found for name in (area.code, area.name, area.short_name)}

    @cached_property
    def themes(self) -> Mapping[str, str]:
        """Folded code or name -> code of a theme. A code wins over a name."""
        found = [theme for one in library().frameworks.values() for area in one.areas for theme in area.themes]
        by_name = {folded(theme.name): theme.code for theme in found}
        return by_name | {folded(theme.code): theme.code for theme in found}

    @cached_property
    def places(self) -> frozenset[str]:
        """Folded names and codes of areas and themes."""
        return frozenset((*self.areas, *self.themes))

    def item(self, number: int) -> ImprovementItem | None:
        if number not in self._items:
            self._items[number] = actions.item(self.authority, number)
        return self._items[number]

    def action(self, number: int) -> Action | None:
        if number not in self._actions:
            self._actions[number] = actions.action(self.authority, number)
        return self._actions[number]


def with_content(authority: Authority, sha256s: Collection[str]) -> Mapping[str, str]:
    """SHA-256 of a file -> reference of the evidence that stands and has it; the first of several."""
    found = db.session.execute(
        select(Evidence.file_sha256, Evidence.number)
        .where(
            Evidence.authority_id == authority.id, Evidence.withdrawn_on.is_(None), Evidence.file_sha256.in_(sha256s)
        )
        .order_by(Evidence.number.desc())
    )
    return {sha256: f"{Evidence.prefix}-{number}" for sha256, number in found if sha256}


def without_file(authority: Authority, titles: Collection[str]) -> Mapping[tuple[str, str, date], str]:
    """Kind, title and day -> reference of the evidence that stands and has no file, among some titles."""
    found = db.session.execute(
        select(Evidence.kind, Evidence.title, Evidence.dated, Evidence.number)
        .where(
            Evidence.authority_id == authority.id,
            Evidence.withdrawn_on.is_(None),
            Evidence.file_sha256.is_(None),
            Evidence.title.in_(titles),
        )
        .order_by(Evidence.number.desc())
    )
    return {(kind, title, dated): f"{Evidence.prefix}-{number}" for kind, title, dated, number in found}
