"""What a worker does every night, whichever worker it is."""

from collections.abc import Mapping
from typing import Any

from tracker.checks import commands
from tracker.platform import clock
from tracker.platform.db import db


def run(payload: Mapping[str, Any]) -> Mapping[str, int]:
    """Run the checks of every authority that had none today; one's fault leaves the others theirs."""
    today = clock.today()
    waiting = commands.due(today)
    for authority in waiting:
        commands.keep_night(authority, today)
        db.session.commit()
    return {"checked": len(waiting)}
