"""What the API asks that no page does."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.actions.models import Action
from tracker.people.models import Authority
from tracker.platform.db import db


def actions(authority: Authority) -> Sequence[Action]:
    """Every action by number, with its lead."""
    return db.session.scalars(
        select(Action)
        .where(Action.authority_id == authority.id)
        .options(joinedload(Action.lead))
        .order_by(Action.number)
    ).all()
