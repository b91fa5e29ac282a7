"""The one place that knows what time it is. Rules and queries take the day as an argument instead."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in England: an action due today is due until midnight there."""
    return datetime.now(LONDON).date()
