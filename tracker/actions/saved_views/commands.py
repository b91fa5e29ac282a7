from urllib.parse import parse_qsl, urlencode

from tracker.actions.saved_views import queries
from tracker.actions.saved_views.models import SavedView
from tracker.people.models import Authority, Person
from tracker.platform.db import db
from tracker.platform.errors import NotAllowed, Refused

LONGEST_NAME = 60
LONGEST_QUERY = 1_000
MOST = 50
"""Views of one person. Our choice."""

NOT_KEPT = frozenset({"page"})


def save(authority: Authority, *, name: str, query: str, shared: bool, by: Person) -> SavedView:
    """Keep filters under a name; the same name again replaces what it stood for."""
    name, kept = name.strip(), _kept(query)
    if not name:
        raise Refused("Give the view a name.")
    if len(name) > LONGEST_NAME:
        raise Refused(f"Use {LONGEST_NAME} characters or fewer for the name.")
    if not kept:
        raise Refused("Choose a filter first: the whole plan needs no view.")
    view = queries.named(authority, by, name)
    if view is None:
        if queries.count_of(authority, by) >= MOST:
            raise Refused(f"You have {MOST} views. Remove one you no longer need.")
        view = SavedView(authority=authority, owner=by, name=name)
        db.session.add(view)
    view.query, view.shared = kept, shared
    db.session.flush()
    return view


def remove(view: SavedView, *, by: Person) -> None:
    if view.owner_id != by.id:
        raise NotAllowed(f"This view is {view.owner.name}’s. Save one of your own.")
    db.session.delete(view)
    db.session.flush()


def _kept(query: str) -> str:
    pairs = [(name, value) for name, value in parse_qsl(query[:LONGEST_QUERY]) if name not in NOT_KEPT]
    return urlencode(sorted(pairs))
