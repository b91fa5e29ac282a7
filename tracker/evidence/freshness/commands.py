"""Deciding how long each kind can be relied on, and looking at a piece of evidence again."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select, update

from tracker.evidence import commands as evidence_commands
from tracker.evidence import rules
from tracker.evidence.freshness.models import StaleAfter
from tracker.evidence.models import Evidence
from tracker.evidence.placing import commands as placing
from tracker.evidence.rules import Kind
from tracker.people.models import Authority
from tracker.platform import child_data, history
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused

FEWEST_DAYS, MOST_DAYS = 7, 1_826
"""Our choice: under a week owners would be asked at every meeting; after five years it describes another service."""


def decide_days(authority: Authority, *, version: int, days: Mapping[Kind, int], because: str) -> None:
    """Say after how many days each kind goes stale. ``version`` is 0 where nobody had said it yet.

    What is stale, and whose owner is asked, follows at once for all evidence there is.
    """
    said = db.session.scalars(select(StaleAfter).where(StaleAfter.authority_id == authority.id)).one_or_none()
    if (said.version if said else 0) != version:
        raise Conflict("Somebody else changed these days after you opened them. Look at them, then make your change.")
    for kind in Kind:
        if not FEWEST_DAYS <= days[kind] <= MOST_DAYS:
            raise Refused(f"{kind}: enter a number of days from {FEWEST_DAYS} to {MOST_DAYS:,}.")
    if not because.strip():
        raise Refused("Say why: what goes stale earlier or later changes what every page calls a gap.")
    child_data.check({"Why": because}, reason="")
    if said is None:
        said = StaleAfter(authority=authority)
        db.session.add(said)
    with history.because(because):
        said.days = {kind.value: days[kind] for kind in Kind}
        db.session.flush()
    for kind in Kind:
        _recount(authority, kind, days[kind])
    placing.follow_days(authority)
    db.session.expire_all()


def look_again(evidence: Evidence, *, version: int, because: str, on: date) -> None:
    """Record that it was looked at and is still true. The day it speaks of stays what it was; see ``rules.renews``."""
    evidence_commands.require_version(evidence, version)
    evidence_commands.require_standing(evidence)
    if not because.strip():
        raise Refused("Say how you know that it is still true.")
    if on <= evidence.dated:
        raise Refused(f"{evidence.reference} speaks of that very day, so there is nothing to look at again yet.")
    child_data.check({"How do you know?": because}, reason=evidence.not_child_data_because)
    with history.because(because):
        evidence.looked_again_on, evidence.looked_again_because = on, because.strip()
        db.session.flush()


def _recount(authority: Authority, kind: Kind, days: int) -> None:
    """Set both days anew, a statement for each pair of days that evidence of the kind speaks of.

    Straight into the table: nobody edited the evidence, so nobody who has its form open is sent back.
    """
    mine = (Evidence.authority_id == authority.id) & (Evidence.kind == kind)
    pairs = db.session.execute(select(Evidence.dated, Evidence.looked_again_on).where(mine).distinct()).all()
    for dated, looked in pairs:
        same = mine & (Evidence.dated == dated) & Evidence.looked_again_on.is_not_distinct_from(looked)
        db.session.execute(
            update(Evidence)
            .where(same)
            .values(
                stale_on=rules.stale_on(kind, dated, looked, days=days),
                ask_again_on=rules.ask_again_on(dated, looked, days=days),
                version=Evidence.version,
            )
            .execution_options(synchronize_session=False)
        )
