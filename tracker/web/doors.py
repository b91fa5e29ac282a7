"""Which doors are open to the person of this request: what a tab or a link asks before it is shown.

The guard of a view says in ``access`` what it asks for; ``g.person`` says what she may. A page that a template shows
to everybody who reads everything is not asked about again for each of its links.
"""

from urllib.parse import urlsplit

from flask import current_app, g, has_request_context
from werkzeug.exceptions import HTTPException

READS_EVERYTHING = "READ"
"""The permission of those to whom every page is open that only shows things."""


def opens(endpoint: str) -> bool:
    """Whether the person of this request may open an endpoint; a page that is no authority's asks nobody."""
    asked = getattr(getattr(current_app.view_functions.get(endpoint), "access", None), "name", None)
    person = g.get("person")
    return asked is None or person is None or bool(person.may(asked))


def may_open(url: str) -> bool:
    """Whether a link to ``url`` leads the person of this request anywhere. Another site is always open."""
    person = g.get("person") if has_request_context() else None
    if person is None or person.may(READS_EVERYTHING):
        return True
    parts = urlsplit(str(url))
    if parts.netloc or not parts.path:
        return True
    try:
        endpoint, _ = current_app.url_map.bind("").match(parts.path)
    except HTTPException:
        return True  # what leads nowhere is the fault of whoever wrote it, and found by following every link
    return opens(endpoint)
