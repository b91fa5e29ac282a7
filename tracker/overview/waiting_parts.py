"""What every question of what waits for somebody is put together from, and what is said only as it is asked."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import Date, Select, Uuid, bindparam, cast, literal, null

Part: TypeAlias = tuple[Select[*tuple[Any, ...]], Sequence[Any]]
"""A select of the columns of ``Found`` but the total, and its order."""

AUTHORITY, PERSON = bindparam("authority", type_=Uuid()), bindparam("person", type_=Uuid())
TODAY, SOON = bindparam("today", type_=Date()), bindparam("soon", type_=Date())
"""What is said as the statement is executed."""

# Named, since two empty columns of one SELECT would else share a name and be taken for each other.
NO_DAY, NO_ITEM = cast(null(), Date).label("no_day"), cast(null(), Uuid).label("no_item")
NOTHING = literal("")
REHEARSAL = "Rehearsal"
