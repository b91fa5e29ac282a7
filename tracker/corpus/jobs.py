"""Letting a recorded inspection be searched, which nobody need wait for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tracker.corpus import commands, queries


def add_inspection(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Add one inspection, by its id; again is the same as once."""
    report = commands.add_inspection(queries.inspection(UUID(payload["inspection"])))
    return {"passages": queries.passages_in(report)}
