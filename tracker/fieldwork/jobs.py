"""Telling everybody who owes something that the telephone rang: each person once, however often this runs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tracker.fieldwork import moving, telling
from tracker.fieldwork.models import Fieldwork, Told
from tracker.platform.db import db


def tell(payload: Mapping[str, Any]) -> Mapping[str, int]:
    """How many people had something to be told of."""
    return {"people": telling.tell(db.session.get_one(Fieldwork, UUID(payload["fieldwork"])))}


def tell_moved(payload: Mapping[str, Any]) -> Mapping[str, int]:
    """Mail what moved to one person; how many mails that is."""
    moving.mail(db.session.get_one(Told, UUID(payload["told"])))
    return {"people": 1}
