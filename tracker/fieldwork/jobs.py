"""Telling everybody who owes something that the telephone rang: each person once, however often this runs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tracker.fieldwork import moving, telling
from tracker.fieldwork.models import Fieldwork
from tracker.platform import clock
from tracker.platform.db import db


def tell(payload: Mapping[str, Any]) -> Mapping[str, int]:
    """How many people had something to be told of."""
    return {"people": telling.tell(db.session.get_one(Fieldwork, UUID(payload["fieldwork"])))}


def tell_moved(payload: Mapping[str, Any]) -> Mapping[str, int]:
    """Tell one person what finally moved; how many people that is."""
    return {"people": moving.tell(payload, at=clock.now())}
