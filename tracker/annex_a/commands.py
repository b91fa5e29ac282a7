"""Every way what is known of a list changes. ``version`` is the one the person saw: 0 where nothing was said before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.annex_a import rules, summaries
from tracker.annex_a.models import AnnexList, AnnexResult
from tracker.annex_a.queries import Line, asked
from tracker.annex_a.rules import Band, Said
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.platform.db import add_first, db
from tracker.platform.errors import Conflict, Refused

CHANGED = "Somebody else changed this list while you had it open. Look at it again, then make your change."


@dataclass(frozen=True, kw_only=True)
class Told:
    """What whoever answers for a list says of it."""

    owner: Person | None
    said: Said
    tested_on: date | None
    band: Band | None
    known_faults: str


def say(line: Line, *, authority: Authority, told: Told, version: int, today: date) -> AnnexList:
    """Say how a list stands. Raises Refused for what contradicts itself, Conflict where somebody was quicker."""
    if why_not := rules.why_not(
        told.said, tested_on=told.tested_on, band=told.band, faults=told.known_faults, today=today
    ):
        raise Refused(why_not)
    if told.owner is not None and people.membership(told.owner, authority) is None:
        raise Refused("Choose somebody who works in this authority.")
    if line.version != version:
        raise Conflict(CHANGED)
    kept = line.kept or _begun(authority, line.asked.code)
    kept.owner, kept.said, kept.tested_on = told.owner, told.said, told.tested_on
    kept.band, kept.known_faults = told.band, told.known_faults
    db.session.flush()
    return kept


def _begun(authority: Authority, code: str) -> AnnexList:
    kept = AnnexList(authority=authority, code=code, said=Said.NOT_TRIED, known_faults="")
    add_first(kept, otherwise=Conflict(CHANGED))
    return kept


def bring_in(
    authority: Authority,
    content: bytes,
    *,
    validator: str,
    validated_on: date,
    of_list: str | None,
    by: Person | None,
    at: datetime,
    today: date,
) -> Sequence[AnnexResult]:
    """Keep what a validator found, list by list; the file is not kept. Raises Refused as ``summaries.read``."""
    lists = asked(today)
    if lists is None:
        raise Refused("The framework in force names no such lists.")
    if validated_on > today:
        raise Refused("The day on which the validator ran has not come yet.")
    found = summaries.read(content, [one.code for one in lists.lists], of_list=of_list)
    results = [
        AnnexResult(
            authority=authority,
            code=code,
            validator=validator,
            validated_on=validated_on,
            faults=[one.as_json() for one in faults],
            total=sum(one.count for one in faults),
            brought_at=at,
            brought_by=by,
        )
        for code, faults in found.items()
    ]
    db.session.add_all(results)
    db.session.flush()
    return results
