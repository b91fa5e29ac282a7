"""Makes the platform's clock say another moment, so that history tells of the days on which things were done."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tracker.platform import clock


@contextmanager
def to(moment: datetime) -> Iterator[None]:
    """Inside, it is ``moment``. Only for filling an empty database: nothing else may tell the clock what to say."""
    now, today = clock.now, clock.today
    vars(clock).update(now=lambda: moment, today=lambda: moment.astimezone(clock.LONDON).date())
    try:
        yield
    finally:
        vars(clock).update(now=now, today=today)
