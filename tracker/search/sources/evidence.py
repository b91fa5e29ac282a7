"""What is found of evidence: its own words, what it shows where, and the words inside its files."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tracker.actions.models import Action
from tracker.evidence.guard.models import ChildDataWarning
from tracker.evidence.models import Evidence, EvidenceLink, PracticeExample
from tracker.evidence.rules import Marking
from tracker.platform.db import db
from tracker.search.rules import Entry, Found, text_of
from tracker.search.sources.file_words import words_in_files
from tracker.search.sources.source import Ids, Placed, Source, grouped, placed_items


def _evidence(ids: Ids) -> Iterator[Entry]:
    found = select(
        Evidence.id,
        Evidence.authority_id,
        Evidence.number,
        Evidence.title,
        Evidence.kind,
        Evidence.strength,
        Evidence.dated,
        Evidence.shows,
        Evidence.words,
        Evidence.setting,
        Evidence.origin,
        Evidence.file_name,
        Evidence.owner_id,
        Evidence.marking,
        Evidence.withdrawn_on,
        Evidence.withdrawn_because,
    ).where(Evidence.id.in_(ids))
    links, practices, passages = _links_of(ids), _practices_of(ids), words_in_files(ids)
    placed = placed_items(link.item_id for of in links.values() for link in of)
    for row in db.session.execute(found):
        mine = links.get(row.id, [])
        practice = [text for one in practices.get(row.id, ()) for text in one[1:]]
        entry = Entry(
            authority_id=row.authority_id,
            kind=Found.EVIDENCE,
            root_id=row.id,
            thing_id=row.id,
            number=row.number,
            title=row.title,
            text=text_of(row.words, row.shows, *practice, *(link.shows_there for link in mine), *_said(row)),
            dated=row.dated,
            owner_id=row.owner_id,
            evidence_kind=row.kind.value,
            strength=row.strength.value,
            sensitive=row.marking is Marking.OFFICIAL_SENSITIVE,
            withdrawn=row.withdrawn_on is not None,
            **_together(mine, placed).columns,
        )
        yield entry
        for passage in passages.get(row.id, ()):
            words = {"part": passage.position + 1, "place": passage.place, "text": text_of(passage.text)}
            yield replace(entry, anchor="file", **words)


def _said(row: Any) -> tuple[str, ...]:
    return row.setting, row.origin, row.file_name, row.withdrawn_because


def _links_of(ids: Ids) -> Any:
    """What each piece speaks for; of an action, the item that the action is for."""
    return grouped(
        db.session.execute(
            select(
                EvidenceLink.evidence_id,
                EvidenceLink.area_code,
                EvidenceLink.theme_code,
                EvidenceLink.shows_there,
                _ITEM.label("item_id"),
            )
            .outerjoin(Action, Action.id == EvidenceLink.action_id)
            .where(EvidenceLink.evidence_id.in_(ids))
            .order_by(EvidenceLink.added_at, EvidenceLink.id)
        )
    )


_ITEM = db.func.coalesce(EvidenceLink.item_id, Action.item_id)


def _practices_of(ids: Ids) -> Any:
    return grouped(
        db.session.execute(
            select(
                PracticeExample.evidence_id,
                PracticeExample.aims,
                PracticeExample.done,
                PracticeExample.in_the_way,
                PracticeExample.team,
                PracticeExample.partners,
                PracticeExample.contact,
            ).where(PracticeExample.evidence_id.in_(ids))
        )
    )


def _together(links: Sequence[Any], placed: Any) -> Placed:
    together = Placed()
    for link in links:
        together.add(area=link.area_code, theme=link.theme_code)
        together.join(placed[link.item_id])
    return together


def linked_to_items(items: Ids) -> set[UUID]:
    """Evidence that speaks for these items, itself or through their actions."""
    found = (
        select(EvidenceLink.evidence_id).outerjoin(Action, Action.id == EvidenceLink.action_id).where(_ITEM.in_(items))
    )
    return set(db.session.scalars(found))


PARTS = {EvidenceLink: "evidence_id", PracticeExample: "evidence_id", ChildDataWarning: "evidence_id"}

SOURCES: Sequence[Source] = (Source(Evidence, frozenset({Found.EVIDENCE}), _evidence, PARTS),)
