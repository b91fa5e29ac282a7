"""Which packs are made ahead, and when it is looked whether they still say what is known. Pure."""

from datetime import date, datetime, timedelta

from tracker.packs.rules import PackKind

AHEAD = (
    PackKind.SELF_EVALUATION,
    PackKind.SUMMARY,
    PackKind.IMPROVEMENT_PLAN,
    PackKind.EVIDENCE_REGISTER,
    PackKind.QA_QUARTERLY,
    PackKind.SCORECARD,
)
"""What is asked for on the day of the call. Our choice; "Everything as at now" makes the others."""

NOT_BEFORE = timedelta(minutes=30)
"""From one look to the next by day, however often something changes. Our choice: gathering takes some seconds."""

KEPT_SETS = 2
"""Of those that nobody took away: the one that is offered, and the one before it while a newer one is being made."""

CHANGES_NOTHING = frozenset({"pack", "pack_set", "pack_profile", "search_entry", "reminder_choice", "saved_view"})
"""Kinds of things in the trail that no pack tells of."""


def is_due(looked_at: datetime | None, looked_on: date | None, *, changed: bool, now: datetime, today: date) -> bool:
    """Whether it is time to look: the first time, on each new day, and half an hour after the last look if need be.

    ``looked_on`` is the day of the last look in London: what is late follows from the day.

    >>> from datetime import UTC
    >>> night, morning = datetime(2026, 11, 30, 0, 5, tzinfo=UTC), datetime(2026, 11, 30, 9, tzinfo=UTC)
    >>> is_due(night, date(2026, 11, 30), changed=False, now=morning, today=date(2026, 11, 30))
    False
    >>> is_due(night, date(2026, 11, 30), changed=True, now=morning, today=date(2026, 11, 30))
    True
    """
    if looked_at is None or looked_on != today:
        return True
    return changed and now - looked_at >= NOT_BEFORE
