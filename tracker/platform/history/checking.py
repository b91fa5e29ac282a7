"""Whether the trail holds: every entry as it was written, none gone, none moved, and the newest sealed by us."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from tracker.platform.db import ONLY_READS, Model, db
from tracker.platform.errors import Refused
from tracker.platform.history.entries import (
    DISPOSED,
    FIELDS,
    FORGOTTEN,
    FORM,
    PLATFORM,
    HistoryEntry,
    HistoryHead,
    hash_of,
    seal_of,
    sealed_by_us,
)

MOST_TOLD = 100
"""Faults of one chain that are told one by one. Our choice."""
AT_A_TIME = 2000
"""Entries that are held in memory."""
READ = (*FIELDS[FORM], "form", "hash")
SEAL_DOES_NOT_HOLD = (
    "The seal of entry {sequence}, the newest, does not hold: entries were written or taken away without the service, "
    "or the secret key was changed without keeping the one before"
)


def chains() -> Sequence[UUID]:
    """Every chain that has an entry or a head: whoever removed one of them left the other."""
    of_entries, of_heads = select(HistoryEntry.chain).distinct(), select(HistoryHead.id)
    return sorted({*db.session.scalars(of_entries), *db.session.scalars(of_heads)}, key=str)


def lost_chains() -> list[UUID]:
    """Chains of which nothing is left, though rows are there that were added in them."""
    there, lost = set(chains()), set()
    for mapper in Model.registry.mappers:
        if not mapper.class_.__history__:
            continue
        table = mapper.local_table
        if "authority_id" in table.c:
            lost |= {each or PLATFORM for each in db.session.scalars(select(table.c.authority_id).distinct())} - there
    return sorted(lost, key=str)


def seen_at_once() -> None:
    """From here to the end of the transaction nothing moves: who writes meanwhile must not look like a fault.

    Called before anything else is asked.
    """
    on_postgresql = db.engine.dialect.name == "postgresql"
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ"} if on_postgresql else {ONLY_READS: True}
    db.session.connection(execution_options=options)


def faults(chain: UUID) -> list[str]:
    """Places where a chain does not hold, in sentences, at most MOST_TOLD; empty when it does."""
    return list(islice(_faults(chain), MOST_TOLD))


def _faults(chain: UUID) -> Iterator[str]:
    head = db.session.execute(
        select(HistoryHead.sequence, HistoryHead.hash, HistoryHead.seal).where(HistoryHead.id == chain)
    ).one_or_none()
    forgotten = _forgotten(chain)
    previous, last = "", 0
    for entry in _entries(chain):
        yield from _faults_of(entry, previous, last, forgotten)
        previous, last = entry["hash"], entry["sequence"]
    if head is None:
        yield "What says how many entries there are is gone"
    elif head.sequence > last:
        yield f"Entries after {last} are missing: {head.sequence} were written"
    elif (head.sequence, head.hash) != (last, previous):
        yield f"Entry {last} was altered, or entries after {head.sequence} were not written by the service"
    elif not sealed_by_us(head.seal, chain, head.sequence, head.hash):
        yield SEAL_DOES_NOT_HOLD.format(sequence=head.sequence)


def _entries(chain: UUID) -> Iterator[dict[str, Any]]:
    """As plain values: a million objects of the session would not fit."""
    asked = (
        select(*(getattr(HistoryEntry, name) for name in READ))
        .where(HistoryEntry.chain == chain)
        .order_by(HistoryEntry.sequence)
    )
    for row in db.session.execute(asked, execution_options={"yield_per": AT_A_TIME}):
        yield dict(zip(READ, row, strict=True))


def _faults_of(entry: dict[str, Any], previous: str, last: int, forgotten: Mapping[str, int]) -> Iterator[str]:
    sequence = entry["sequence"]
    if sequence == last + 2:
        yield f"Entry {last + 1} is missing, before {_told(entry)}"
    elif sequence != last + 1:
        yield f"Entries {last + 1} to {sequence - 1} are missing, before {_told(entry)}"
    if not _as_written(entry) and not _was_forgotten(entry, forgotten):
        yield f"Entry {sequence} was altered: {_told(entry)}"
    elif entry["previous_hash"] != previous:
        yield f"Entry {sequence} does not follow the one before it, which was altered, moved or removed: {_told(entry)}"


def _as_written(entry: dict[str, Any]) -> bool:
    known = entry["form"] in FIELDS
    uncovered = entry["form"] == 1 and entry["came_from"]  # which nobody wrote when entries had that form
    return known and not uncovered and entry["hash"] == hash_of(entry)


def _was_forgotten(entry: dict[str, Any], forgotten: Mapping[str, int]) -> bool:
    return not entry["changes"] and entry["sequence"] < forgotten.get(str(entry["thing_id"]), 0)


def _told(entry: dict[str, Any]) -> str:
    """Whose page shows it, and when it happened: "A-104, 3 October 2026 at 14:05"."""
    thing = entry["reference"] or f"a {entry['thing_kind'].replace('_', ' ')}"
    return f"{thing}, {entry['at']:%-d %B %Y at %H:%M} UTC"


def _forgotten(chain: UUID) -> Mapping[str, int]:
    """Of each thing that was forgotten, the number of the entry that says so; that entry must be whole itself."""
    asked = select(*(getattr(HistoryEntry, name) for name in READ)).where(
        HistoryEntry.chain == chain, HistoryEntry.what == DISPOSED
    )
    entries = (dict(zip(READ, row, strict=True)) for row in db.session.execute(asked))
    return {
        each: entry["sequence"]
        for entry in entries
        if _as_written(entry)
        for each in entry["changes"].get(FORGOTTEN, ())
    }


def seal_again(chain: UUID) -> None:
    """Seal with the secret key of today, after it was changed or the database was restored beside another one.

    Raises Refused where more is wrong than the seal.
    """
    head = db.session.get_one(HistoryHead, chain, with_for_update=True, populate_existing=True)
    wrong = [fault for fault in faults(chain) if fault != SEAL_DOES_NOT_HOLD.format(sequence=head.sequence)]
    if wrong:
        raise Refused(f"More is wrong than the seal: {wrong[0]}. It stays as it is.")
    sealed = seal_of(chain, head.sequence, head.hash)
    db.session.execute(update(HistoryHead).where(HistoryHead.id == chain).values(seal=sealed))
