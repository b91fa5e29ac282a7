"""What a worker does for boards from time to time, whichever worker it is."""

from collections.abc import Mapping
from typing import Any

from tracker.boards import commands
from tracker.platform import clock


def take_snapshots(payload: Mapping[str, Any]) -> Mapping[str, int]:
    """Keep the plan for every board date that has come; how many were kept."""
    return {"taken": len(commands.take_due(clock.now()))}
