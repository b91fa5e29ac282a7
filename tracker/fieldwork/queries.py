"""Every question asked about an inspection while it happens. The authority, or its fieldwork, comes first."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from tracker.fieldwork.models import Fieldwork, PacksOfFieldwork, Told
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES, Area, Framework
from tracker.packs.models import PackSet
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.reminders.models import ReminderLetter


def current(authority: Authority, *, rehearsal: bool = False) -> Fieldwork | None:
    """The one that is open: real, or with ``rehearsal`` the rehearsal. Never the one for the other."""
    return db.session.scalars(
        select(Fieldwork).where(
            Fieldwork.authority_id == authority.id,
            Fieldwork.rehearsal.is_(rehearsal),
            Fieldwork.closed_at.is_(None),
        )
    ).one_or_none()


def by_number(authority: Authority, number: int) -> Fieldwork | None:
    return db.session.scalars(
        select(Fieldwork)
        .where(Fieldwork.authority_id == authority.id, Fieldwork.number == number)
        .options(joinedload(Fieldwork.started_by))
    ).one_or_none()


def of_authority(authority: Authority) -> Sequence[Fieldwork]:
    """All of them, the newest call first."""
    return db.session.scalars(
        select(Fieldwork)
        .where(Fieldwork.authority_id == authority.id)
        .order_by(Fieldwork.called_at.desc(), Fieldwork.number.desc())
    ).all()


def framework(day: date) -> Framework:
    """The framework that fieldwork begun on ``day`` follows. Raises Refused before the first."""
    return frameworks.library().for_fieldwork(CHILDRENS_SERVICES, day)


def areas(fieldwork: Fieldwork) -> Sequence[Area]:
    """Those that are judged, in the framework's order."""
    return frameworks.library().framework(fieldwork.framework_id).judged_areas


def has_place(fieldwork: Fieldwork, area_code: str | None, theme_code: str | None) -> bool:
    """Whether the framework of an inspection has this area and, in it, this theme; that none is named is fine."""
    themes = {area.code: {theme.code for theme in area.themes} for area in areas(fieldwork)}
    if area_code is None:
        return theme_code is None
    return area_code in themes and (theme_code is None or theme_code in themes[area_code])


def pack_sets(fieldwork: Fieldwork) -> Sequence[PackSet]:
    """Everything that was asked for because of the call, the newest first."""
    return db.session.scalars(
        select(PackSet)
        .join(PacksOfFieldwork, PacksOfFieldwork.pack_set_id == PackSet.id)
        .where(PacksOfFieldwork.authority_id == fieldwork.authority_id, PacksOfFieldwork.fieldwork_id == fieldwork.id)
        .order_by(PackSet.asked_at.desc())
    ).all()


TOLD = 30
"""How many of the newest that were told a page shows. Our choice: those of a day on which the dates moved."""


def told(fieldwork: Fieldwork) -> Sequence[tuple[Told, ReminderLetter | None]]:
    """Who was to be told what moved, the newest first, each with her mail; None: none was written to her."""
    found = db.session.execute(
        select(Told, ReminderLetter)
        .outerjoin(ReminderLetter, (ReminderLetter.about_id == Told.id) & (ReminderLetter.person_id == Told.person_id))
        .where(Told.authority_id == fieldwork.authority_id, Told.fieldwork_id == fieldwork.id)
        .options(joinedload(Told.person), defer(ReminderLetter.html), defer(ReminderLetter.text))
        .order_by(Told.told_at.desc(), Told.id)
        .limit(TOLD)
    )
    return [(one, letter) for one, letter in found]
